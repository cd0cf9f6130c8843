import FoundationEssentials

/// A JSON Web Token in the compact form under HMAC-SHA256, whatever it says: the form and the signature, and nothing else.
///
/// The algorithm and the type are fixed by whoever reads it, never taken from the token: a header that names others is refused before its
/// signature is looked at. So a token of one kind is never taken for one of another, though one ring of keys signs both.
enum CompactToken {
    static func sign(_ claims: some Encodable, type: String, key: SigningKey) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // Key ids are base64url or checked when the ring is read, so they need no escaping.
        let header = "{\"alg\":\"HS256\",\"typ\":\"\(type)\",\"kid\":\"\(key.id)\"}"
        let signed = Base64URL.encode(Array(header.utf8)) + "." + Base64URL.encode(try encoder.encode(claims))
        return signed + "." + Base64URL.encode(MessageAuthentication.code(for: Array(signed.utf8), key: key.secret))
    }

    /// What a token of a type says, if one of the keys signed it.
    static func open<Claims: Decodable>(
        _ token: String, as claims: Claims.Type, type: String, keys: SigningKeyRing
    ) throws(TokenFailure) -> Claims {
        let bytes = Array(token.utf8)
        guard bytes.count <= 4096 else { throw .malformed }
        let parts = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 3, let head = Base64URL.decode(parts[0]), let payload = Base64URL.decode(parts[1]),
            let signature = Base64URL.decode(parts[2])
        else { throw .malformed }
        guard let header = try? JSONDecoder().decode(Header.self, from: Data(head)) else { throw .malformed }
        guard header.algorithm == "HS256", header.type == type, header.critical == nil else { throw .algorithm }
        guard let key = keys.key(header.keyID) else { throw .unknownKey }
        let expected = MessageAuthentication.code(for: Array(bytes[..<parts[1].endIndex]), key: key.secret)
        guard MessageAuthentication.equal(signature, expected) else { throw .signature }
        guard let claims = try? JSONDecoder().decode(Claims.self, from: Data(payload)) else { throw .malformed }
        return claims
    }

    /// Whether it is its time, where clocks of several machines differ by `leeway` seconds at most.
    static func check(notBefore: Int64, expires: Int64, at now: Date, leeway: TimeInterval) throws(TokenFailure) {
        let time = now.timeIntervalSince1970
        guard time < Double(expires) + leeway else { throw .expired }
        guard time >= Double(notBefore) - leeway else { throw .notYetValid }
    }

    private struct Header: Decodable {
        let algorithm: String
        let type: String
        let keyID: String
        let critical: [String]?

        enum CodingKeys: String, CodingKey {
            case algorithm = "alg"
            case type = "typ"
            case keyID = "kid"
            case critical = "crit"
        }
    }
}
