import Cryptography

/// A browser that takes pushed messages: where they are left for it, and how they are sealed (RFC 8030, RFC 8291).
package struct PushSubscriber: Sendable, Hashable {
    /// At the push service that the browser has chosen.
    package let endpoint: String
    /// Its public key, a point on P-256.
    package let key: [UInt8]
    /// 16 bytes that it shares with us alone.
    package let secret: [UInt8]

    /// nil unless key and secret have their forms, in base64url as browsers tell them.
    package init?(endpoint: String, p256dh: String, auth: String) {
        guard let key = Self.bytes(p256dh), P256Key.isPoint(key), let secret = Self.bytes(auth), secret.count == 16 else {
            return nil
        }
        (self.endpoint, self.key, self.secret) = (endpoint, key, secret)
    }

    /// Some libraries pad.
    private static func bytes(_ text: String) -> [UInt8]? {
        guard text.utf8.count <= 128 else { return nil }
        return Base64URL.decode(Array(text.utf8.prefix { $0 != UInt8(ascii: "=") }))
    }
}
