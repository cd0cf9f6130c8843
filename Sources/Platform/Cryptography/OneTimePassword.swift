import COpenSSL
package import FoundationEssentials

/// Codes of six digits that change every half minute (TOTP, RFC 6238, with HMAC-SHA-1 as every authenticator app has it).
package struct OneTimePassword: Sendable {
    private static let period = 30.0
    private static let digits = 6
    /// Shared with the app: 160 bits, as RFC 4226 advises.
    package let secret: [UInt8]

    package init(secret: [UInt8]) { self.secret = secret }

    package static func random() -> OneTimePassword { OneTimePassword(secret: SecureRandom.bytes(20)) }

    /// Which half minute since 1970 it is.
    package static func step(at date: Date) -> Int { Int((date.timeIntervalSince1970 / period).rounded(.down)) }

    /// The code of a half minute, with its leading zeros.
    package func code(step: Int) -> String {
        let counter = (0..<8).map { UInt8(truncatingIfNeeded: step >> (8 * (7 - $0))) }
        var digest = [UInt8](repeating: 0, count: 20)
        var length: UInt32 = 0
        _ = HMAC(EVP_sha1(), secret, Int32(secret.count), counter, counter.count, &digest, &length)
        let offset = Int(digest[19] & 0x0F)
        let number = digest[offset..<(offset + 4)].reduce(0) { $0 << 8 | Int($1) } & 0x7FFF_FFFF
        let text = String(number % 1_000_000)
        return String(repeating: "0", count: Self.digits - text.count) + text
    }

    /// The half minute whose code it is: now, or the one before or after, since clocks differ.
    ///
    /// - Parameter last: the one that was used last; it and those before are spent.
    package func step(of code: String, at date: Date, after last: Int?) -> Int? {
        let now = Self.step(at: date)
        let given = Array(code.utf8)
        return [now, now - 1, now + 1].first {
            $0 > last ?? .min && MessageAuthentication.equal(Array(self.code(step: $0).utf8), given)
        }
    }

    /// What an authenticator app reads, from a picture or a link.
    package func address(issuer: String, account: String) -> String {
        "otpauth://totp/\(Self.escaped(issuer)):\(Self.escaped(account))?secret=\(Base32.encode(secret))&issuer=\(Self.escaped(issuer))"
    }

    private static func escaped(_ text: String) -> String {
        text.utf8.map { byte in
            let scalar = Unicode.Scalar(byte)
            let isPlain =
                byte < 128
                && (scalar.properties.isAlphabetic || (48...57).contains(byte) || "-._~@".unicodeScalars.contains(scalar))
            return isPlain ? String(Character(scalar)) : "%" + Hexadecimal.encode([byte]).uppercased()
        }.joined()
    }
}
