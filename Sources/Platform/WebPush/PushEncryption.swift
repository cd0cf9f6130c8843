package import Cryptography

/// Seals a message so that the browser alone reads it, and no push service on the way (RFC 8291, in the coding of RFC 8188).
package enum PushEncryption {
    /// What a message may have at most: one record, which every service takes.
    package static let limit = 3993

    /// The body of a push.
    ///
    /// - Parameters:
    ///   - key: made for this message alone.
    ///   - salt: 16 bytes, random.
    package static func sealed(_ message: [UInt8], for subscriber: PushSubscriber, key: P256Key, salt: [UInt8]) throws -> [UInt8] {
        guard message.count <= limit else { throw PushFailure(.refused, "The message has more than \(limit) bytes.") }
        let agreed = try key.sharedSecret(with: subscriber.key)
        let secret = KeyDerivation.key(
            from: agreed, salt: subscriber.secret, info: Array("WebPush: info\0".utf8) + subscriber.key + key.publicKey, count: 32)
        let cipher = KeyDerivation.key(from: secret, salt: salt, info: Array("Content-Encoding: aes128gcm\0".utf8), count: 16)
        let nonce = KeyDerivation.key(from: secret, salt: salt, info: Array("Content-Encoding: nonce\0".utf8), count: 12)
        // Salt, the size of a record (4096), and our key under its length; 2 ends the last record.
        let head = salt + [0, 0, 16, 0, UInt8(key.publicKey.count)] + key.publicKey
        return head + (try SealedBytes.seal(message + [2], key: cipher, nonce: nonce))
    }

    package static func sealed(_ message: [UInt8], for subscriber: PushSubscriber) throws -> [UInt8] {
        try sealed(message, for: subscriber, key: P256Key(), salt: SecureRandom.bytes(16))
    }
}
