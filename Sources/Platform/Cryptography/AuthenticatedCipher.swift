import COpenSSL

/// AES-256-GCM (NIST SP 800-38D) with a random nonce of 96 bits: nonce, ciphertext and a tag of 16 bytes behind each other.
package enum AuthenticatedCipher {
    package static let keyBytes = 32
    private static let nonceBytes = 12
    private static let tagBytes = 16

    /// - Parameter context: what `open` must be given too; it is bound to the text and does not stand in it.
    package static func seal(_ plain: [UInt8], key: [UInt8], context: [UInt8]) -> [UInt8] {
        precondition(key.count == keyBytes, "AES-256 has a key of 32 bytes")
        let nonce = SecureRandom.bytes(nonceBytes)
        var sealed = [UInt8](repeating: 0, count: plain.count)
        var tag = [UInt8](repeating: 0, count: tagBytes)
        let cipher = EVP_CIPHER_CTX_new()
        defer { EVP_CIPHER_CTX_free(cipher) }
        var length: Int32 = 0
        var end: UInt8 = 0
        guard EVP_EncryptInit_ex(cipher, EVP_aes_256_gcm(), nil, key, nonce) == 1,
            EVP_EncryptUpdate(cipher, nil, &length, context, Int32(context.count)) == 1,
            EVP_EncryptUpdate(cipher, &sealed, &length, plain, Int32(plain.count)) == 1,
            EVP_EncryptFinal_ex(cipher, &end, &length) == 1,
            EVP_CIPHER_CTX_ctrl(cipher, EVP_CTRL_AEAD_GET_TAG, Int32(tagBytes), &tag) == 1
        else { preconditionFailure("libcrypto has no AES-256-GCM or no memory") }
        return nonce + sealed + tag
    }

    /// nil if it was sealed with another key or for another context, or was changed.
    package static func open(_ sealed: [UInt8], key: [UInt8], context: [UInt8]) -> [UInt8]? {
        guard key.count == keyBytes, sealed.count >= nonceBytes + tagBytes else { return nil }
        let nonce = Array(sealed.prefix(nonceBytes))
        let body = Array(sealed.dropFirst(nonceBytes).dropLast(tagBytes))
        var tag = Array(sealed.suffix(tagBytes))
        var plain = [UInt8](repeating: 0, count: body.count)
        let cipher = EVP_CIPHER_CTX_new()
        defer { EVP_CIPHER_CTX_free(cipher) }
        var length: Int32 = 0
        var end: UInt8 = 0
        guard EVP_DecryptInit_ex(cipher, EVP_aes_256_gcm(), nil, key, nonce) == 1,
            EVP_DecryptUpdate(cipher, nil, &length, context, Int32(context.count)) == 1,
            EVP_DecryptUpdate(cipher, &plain, &length, body, Int32(body.count)) == 1,
            EVP_CIPHER_CTX_ctrl(cipher, EVP_CTRL_AEAD_SET_TAG, Int32(tagBytes), &tag) == 1,
            EVP_DecryptFinal_ex(cipher, &end, &length) == 1
        else { return nil }
        return plain
    }
}
