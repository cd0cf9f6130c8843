import FoundationEssentials

/// A token that somebody else signed: a JSON Web Signature in the compact form (RFC 7515), taken apart and not believed yet.
package struct ForeignToken: Sendable {
    /// As its header says: to choose a key by, and to refuse it by.
    package let algorithm: String
    package let keyID: String?
    /// The claims, as JSON.
    package let payload: [UInt8]
    private let signed: [UInt8]
    private let signature: [UInt8]

    /// nil where it has not the form, or asks for an extension that we do not know.
    package init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count <= 64 << 10 else { return nil }
        let parts = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 3, let head = Base64URL.decode(parts[0]), let payload = Base64URL.decode(parts[1]),
            let signature = Base64URL.decode(parts[2]), let header = try? JSONDecoder().decode(Header.self, from: Data(head)),
            header.critical == nil
        else { return nil }
        (algorithm, keyID) = (header.algorithm, header.keyID)
        (self.payload, self.signature, signed) = (payload, signature, Array(bytes[..<parts[1].endIndex]))
    }

    /// Whether the key signed it, by the one algorithm that the key is for: `none`, and a secret in the place of a key, never do.
    package func isSigned(by key: SignatureKey) -> Bool {
        algorithm == key.algorithm && key.isSound && key.verifies(signature, of: signed)
    }

    /// Signs claims with RSA, under the name by which others find the key.
    package static func sign(_ claims: some Encodable, with key: RSAKey, id: String) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let header = try encoder.encode(["alg": "RS256", "kid": id, "typ": "JWT"])
        let signed = Base64URL.encode(header) + "." + Base64URL.encode(try encoder.encode(claims))
        return signed + "." + Base64URL.encode(try key.signature(of: Array(signed.utf8)))
    }

    private struct Header: Decodable {
        let algorithm: String
        let keyID: String?
        let critical: [String]?

        enum CodingKeys: String, CodingKey {
            case algorithm = "alg"
            case keyID = "kid"
            case critical = "crit"
        }
    }
}
