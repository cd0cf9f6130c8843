import COpenSSL
import Failures

/// AES-128-GCM: bytes that nobody reads or changes without the key.
package enum SealedBytes {
    private static let tagLength = 16

    /// The sealed bytes, followed by their tag of 16.
    ///
    /// - Parameters:
    ///   - key: 16 bytes.
    ///   - nonce: 12 bytes, never used twice with a key.
    package static func seal(_ bytes: [UInt8], key: [UInt8], nonce: [UInt8]) throws(CryptographyFailure) -> [UInt8] {
        guard key.count == 16, nonce.count == 12, let context = EVP_CIPHER_CTX_new() else { throw failed }
        defer { EVP_CIPHER_CTX_free(context) }
        var out = [UInt8](repeating: 0, count: bytes.count + tagLength)
        var tag = [UInt8](repeating: 0, count: tagLength)
        var (written, last): (Int32, Int32) = (0, 0)
        guard EVP_EncryptInit_ex(context, EVP_aes_128_gcm(), nil, key, nonce) == 1,
            EVP_EncryptUpdate(context, &out, &written, bytes, Int32(bytes.count)) == 1, Int(written) == bytes.count,
            EVP_EncryptFinal_ex(context, &tag, &last) == 1, last == 0,
            EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, Int32(tagLength), &tag) == 1
        else { throw failed }
        out.replaceSubrange(bytes.count..., with: tag)
        return out
    }

    private static var failed: CryptographyFailure { CryptographyFailure(.internal, "The bytes cannot be sealed.") }
}
