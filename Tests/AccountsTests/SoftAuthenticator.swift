import Cryptography

@testable import Accounts

/// A device with one passkey on P-256, as WebAuthn describes it. What others' devices write is read in WebAuthnTests.
final class SoftAuthenticator {
    let id = SecureRandom.bytes(32)
    var count: UInt32 = 0
    private let key: P256Key
    private let (party, origin): (String, String)

    init(party: String = "study.example.org", origin: String = "https://study.example.org") throws {
        key = try P256Key()
        (self.party, self.origin) = (party, origin)
    }

    func create(_ challenge: String) -> (clientData: [UInt8], attestationObject: [UInt8]) {
        let cose: [UInt8] =
            [0xA5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20] + key.publicKey[1..<33] + [0x22, 0x58, 0x20]
            + key.publicKey[33...]
        let made = data(flags: 0x45) + [UInt8](repeating: 0, count: 16) + [0, UInt8(id.count)] + id + cose
        let object: [UInt8] =
            [0xA3, 0x63] + Array("fmt".utf8) + [0x64] + Array("none".utf8) + [0x67] + Array("attStmt".utf8) + [0xA0, 0x68]
            + Array("authData".utf8) + [0x58, UInt8(made.count)] + made
        return (client("webauthn.create", challenge), object)
    }

    /// - Parameter flags: present and verified, unless a test wants it otherwise.
    func get(_ challenge: String, handle: [UInt8]?, flags: UInt8 = 0x05, counts: Bool = true) throws -> AccountsService.Assertion {
        if counts { count += 1 }
        let (client, made) = (client("webauthn.get", challenge), data(flags: flags))
        let signature = try key.signature(of: made + SHA256.hash(client))
        return AccountsService.Assertion(
            credentialID: Base64URL.encode(id), clientData: client, authenticatorData: made, signature: Self.der(signature),
            userHandle: handle)
    }

    private func data(flags: UInt8) -> [UInt8] {
        SHA256.hash(party) + [flags] + withUnsafeBytes(of: count.bigEndian) { Array($0) }
    }

    private func client(_ type: String, _ challenge: String) -> [UInt8] {
        Array(#"{"type":"\#(type)","challenge":"\#(challenge)","origin":"\#(origin)","crossOrigin":false}"#.utf8)
    }

    private static func der(_ raw: [UInt8]) -> [UInt8] {
        func number(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
            var digits = Array(bytes.drop { $0 == 0 })
            if digits.first.map({ $0 >= 0x80 }) ?? true { digits.insert(0, at: 0) }
            return [0x02, UInt8(digits.count)] + digits
        }
        let both = number(raw[..<32]) + number(raw[32...])
        return [0x30, UInt8(both.count)] + both
    }
}
