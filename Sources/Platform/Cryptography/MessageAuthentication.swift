import COpenSSL

/// HMAC-SHA256 (RFC 2104) and comparison that takes the same time wherever the difference is.
package enum MessageAuthentication {
    /// The 32-byte code of `message` under `key`.
    package static func code(for message: [UInt8], key: [UInt8]) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: SHA256.byteCount) { buffer, count in
            var length: UInt32 = 0
            message.withUnsafeBufferPointer { message in
                // libcrypto takes a nil key to mean "the key of before"; an empty array may have no address.
                (key.isEmpty ? [0] : key).withUnsafeBytes { bytes in
                    _ = HMAC(
                        EVP_sha256(), bytes.baseAddress, Int32(key.count), message.baseAddress, message.count, buffer.baseAddress,
                        &length)
                }
            }
            count = Int(length)
        }
    }

    /// Whether two byte strings are equal. Only their lengths may be told from the time it takes.
    package static func equal(_ a: [UInt8], _ b: [UInt8]) -> Bool {
        guard a.count == b.count else { return false }
        return a.isEmpty || CRYPTO_memcmp(a, b, a.count) == 0
    }
}
