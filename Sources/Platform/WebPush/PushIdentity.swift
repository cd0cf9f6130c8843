package import Cryptography
package import FoundationEssentials

/// Who we are to push services (VAPID, RFC 8292): a key that stays, by which a browser's subscription is ours alone.
package struct PushIdentity: Sendable {
    package let key: P256Key
    /// How we are reached, `mailto:…` or `https://…`; some services want to know.
    package let contact: String?

    package init(key: P256Key, contact: String?) {
        (self.key, self.contact) = (key, contact)
    }

    /// As browsers want it: base64url of the point.
    package var publicKey: String { Base64URL.encode(key.publicKey) }

    private struct Claims: Encodable {
        let aud: String
        let exp: Int
        let sub: String?
    }

    /// The value of `Authorization` for a push to a service.
    ///
    /// - Parameter origin: the service's, `https://push.example.net`.
    package func authorization(for origin: String, at now: Date) throws -> String {
        // Services take a day at most; clocks may differ.
        let claims = Claims(aud: origin, exp: Int(now.timeIntervalSince1970) + 12 * 3600, sub: contact)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let signed =
            Base64URL.encode(Array(#"{"alg":"ES256","typ":"JWT"}"#.utf8)) + "." + Base64URL.encode(try encoder.encode(claims))
        let signature = try key.signature(of: Array(signed.utf8))
        return "vapid t=\(signed).\(Base64URL.encode(signature)), k=\(publicKey)"
    }
}
