import FoundationEssentials

/// The keys that somebody signs with, as they publish them (RFC 7517): those that we can check by, the rest left out.
package struct WebKeySet: Sendable {
    package struct Key: Sendable, Hashable {
        package let id: String?
        package let key: SignatureKey
    }

    package let keys: [Key]

    /// nil where it is no set of keys.
    package init?(json: [UInt8]) {
        guard let set = try? JSONDecoder().decode(Published.self, from: Data(json)) else { return nil }
        keys = set.keys.prefix(50).compactMap { published in
            guard let key = published.signatureKey, key.isSound else { return nil }
            return Key(id: published.kid, key: key)
        }
    }

    /// Those that may have signed a token: of its name, if it has one, and for its algorithm.
    package func candidates(for token: ForeignToken) -> [SignatureKey] {
        keys.filter { $0.key.algorithm == token.algorithm && (token.keyID == nil || $0.id == token.keyID) }.map(\.key)
    }

    private struct Published: Decodable {
        let keys: [PublishedKey]
    }

    private struct PublishedKey: Decodable {
        let kty: String
        let kid: String?
        let use: String?
        let alg: String?
        let crv: String?
        let n: String?
        let e: String?
        let x: String?
        let y: String?

        var signatureKey: SignatureKey? {
            guard use == nil || use == "sig" else { return nil }
            switch kty {
            case "RSA":
                guard alg == nil || alg == "RS256", let n = n.flatMap({ Base64URL.decode($0) }),
                    let e = e.flatMap({ Base64URL.decode($0) })
                else { return nil }
                return .rsa(modulus: n, exponent: e)
            case "EC":
                guard crv == "P-256", alg == nil || alg == "ES256", let x = x.flatMap({ Base64URL.decode($0) }),
                    let y = y.flatMap({ Base64URL.decode($0) }), x.count == 32, y.count == 32
                else { return nil }
                return .p256(point: [4] + x + y)
            default: return nil
            }
        }
    }
}
