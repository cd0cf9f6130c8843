import COpenSSL
import Failures

/// A pair of RSA keys that signs with SHA-256 (`RS256` of RFC 7518), where a protocol asks for RSA.
package struct RSAKey: Sendable, Hashable {
    /// PKCS #8 in DER.
    package let privateKey: [UInt8]
    package let publicKey: SignatureKey

    /// A fresh pair of 2,048 bits, which is libcrypto's own choice. It takes some tenths of a second of a processor.
    package init() throws(CryptographyFailure) {
        guard let context = EVP_PKEY_CTX_new_from_name(nil, "RSA", nil) else { throw Self.failed("made") }
        defer { EVP_PKEY_CTX_free(context) }
        var made: OpaquePointer?
        guard EVP_PKEY_keygen_init(context) == 1,
            EVP_PKEY_generate(context, &made) == 1, let key = made
        else { throw Self.failed("made") }
        defer { EVP_PKEY_free(key) }
        let length = i2d_PrivateKey(key, nil)
        guard length > 0 else { throw Self.failed("made") }
        var bytes = [UInt8](repeating: 0, count: Int(length))
        let written = bytes.withUnsafeMutableBufferPointer { buffer -> Int32 in
            var start = buffer.baseAddress
            return i2d_PrivateKey(key, &start)
        }
        guard written == length else { throw Self.failed("made") }
        (privateKey, publicKey) = (bytes, try Self.publicPart(of: key))
    }

    /// One that was kept.
    package init(privateKey: [UInt8]) throws(CryptographyFailure) {
        let key = try Self.handle(privateKey)
        defer { EVP_PKEY_free(key) }
        (self.privateKey, publicKey) = (privateKey, try Self.publicPart(of: key))
    }

    /// The signature of `message`, as long as the modulus.
    package func signature(of message: [UInt8]) throws(CryptographyFailure) -> [UInt8] {
        let key = try Self.handle(privateKey)
        defer { EVP_PKEY_free(key) }
        guard let context = EVP_MD_CTX_new() else { throw Self.failed("used") }
        defer { EVP_MD_CTX_free(context) }
        var signature = [UInt8](repeating: 0, count: Int(EVP_PKEY_get_size(key)))
        var length = signature.count
        guard EVP_DigestSignInit(context, nil, EVP_sha256(), nil, key) == 1,
            EVP_DigestSign(context, &signature, &length, message, message.count) == 1
        else { throw Self.failed("used") }
        return Array(signature[..<length])
    }

    private static func handle(_ bytes: [UInt8]) throws(CryptographyFailure) -> OpaquePointer {
        let key = bytes.withUnsafeBufferPointer { buffer -> OpaquePointer? in
            var start = buffer.baseAddress
            return d2i_AutoPrivateKey(nil, &start, buffer.count)
        }
        guard let key else { throw failed("read") }
        return key
    }

    private static func publicPart(of key: OpaquePointer) throws(CryptographyFailure) -> SignatureKey {
        guard let modulus = number("n", of: key), let exponent = number("e", of: key) else { throw failed("read") }
        return .rsa(modulus: modulus, exponent: exponent)
    }

    private static func number(_ name: String, of key: OpaquePointer) -> [UInt8]? {
        var number: OpaquePointer?
        defer { BN_free(number) }
        guard EVP_PKEY_get_bn_param(key, name, &number) == 1, let number else { return nil }
        var bytes = [UInt8](repeating: 0, count: Int((BN_num_bits(number) + 7) / 8))
        return BN_bn2bin(number, &bytes) == bytes.count ? bytes : nil
    }

    private static func failed(_ what: String) -> CryptographyFailure {
        CryptographyFailure(.internal, "An RSA key cannot be \(what).")
    }
}
