import COpenSSL
import Failures

/// A pair of keys on the curve P-256: agrees on secrets (ECDH) and signs (ECDSA with SHA-256, `ES256` of RFC 7518).
package struct P256Key: Sendable, Hashable {
    /// The scalar, 32 bytes.
    package let privateKey: [UInt8]
    /// The point without compression, 65 bytes that begin with 4.
    package let publicKey: [UInt8]

    /// A fresh pair.
    package init() throws(CryptographyFailure) {
        guard let context = EVP_PKEY_CTX_new_from_name(nil, "EC", nil) else { throw Self.failed("made") }
        defer { EVP_PKEY_CTX_free(context) }
        var made: OpaquePointer?
        guard EVP_PKEY_keygen_init(context) == 1, EVP_PKEY_CTX_set_group_name(context, Self.group) == 1,
            EVP_PKEY_generate(context, &made) == 1, let key = made
        else { throw Self.failed("made") }
        defer { EVP_PKEY_free(key) }
        var number: OpaquePointer?
        defer { BN_clear_free(number) }
        var point = [UInt8](repeating: 0, count: 65)
        var scalar = [UInt8](repeating: 0, count: 32)
        var length = 0
        guard EVP_PKEY_get_bn_param(key, "priv", &number) == 1, BN_bn2binpad(number, &scalar, 32) == 32,
            EVP_PKEY_get_octet_string_param(key, "pub", &point, point.count, &length) == 1, length == 65, point[0] == 4
        else { throw Self.failed("made") }
        (privateKey, publicKey) = (scalar, point)
    }

    /// One that was kept.
    package init(privateKey: [UInt8], publicKey: [UInt8]) throws(CryptographyFailure) {
        guard privateKey.count == 32, Self.isPoint(publicKey) else { throw Self.failed("read") }
        (self.privateKey, self.publicKey) = (privateKey, publicKey)
        EVP_PKEY_free(try Self.handle(publicKey, privateKey))
    }

    /// Whether these bytes are a point of the curve, in the form without compression.
    package static func isPoint(_ bytes: [UInt8]) -> Bool {
        guard bytes.count == 65, bytes[0] == 4, let key = try? handle(bytes, nil) else { return false }
        EVP_PKEY_free(key)
        return true
    }

    /// The 32 bytes that only the holders of the two private keys can know. Throws where `other` is no point of the curve.
    package func sharedSecret(with other: [UInt8]) throws(CryptographyFailure) -> [UInt8] {
        guard other.count == 65, other[0] == 4 else { throw Self.failed("read") }
        let own = try Self.handle(publicKey, privateKey)
        defer { EVP_PKEY_free(own) }
        let peer = try Self.handle(other, nil)
        defer { EVP_PKEY_free(peer) }
        guard let context = EVP_PKEY_CTX_new(own, nil) else { throw Self.failed("used") }
        defer { EVP_PKEY_CTX_free(context) }
        var secret = [UInt8](repeating: 0, count: 32)
        var length = secret.count
        guard EVP_PKEY_derive_init(context) == 1, EVP_PKEY_derive_set_peer(context, peer) == 1,
            EVP_PKEY_derive(context, &secret, &length) == 1, length == 32
        else { throw Self.failed("used") }
        return secret
    }

    /// The signature of `message`: r and s, 32 bytes each.
    package func signature(of message: [UInt8]) throws(CryptographyFailure) -> [UInt8] {
        let key = try Self.handle(publicKey, privateKey)
        defer { EVP_PKEY_free(key) }
        guard let context = EVP_MD_CTX_new() else { throw Self.failed("used") }
        defer { EVP_MD_CTX_free(context) }
        var der = [UInt8](repeating: 0, count: 128)
        var length = der.count
        guard EVP_DigestSignInit(context, nil, EVP_sha256(), nil, key) == 1,
            EVP_DigestSign(context, &der, &length, message, message.count) == 1
        else { throw Self.failed("used") }
        let parsed = der.withUnsafeBufferPointer { bytes -> OpaquePointer? in
            var start = bytes.baseAddress
            return d2i_ECDSA_SIG(nil, &start, length)
        }
        guard let parsed else { throw Self.failed("used") }
        defer { ECDSA_SIG_free(parsed) }
        var (r, s) = ([UInt8](repeating: 0, count: 32), [UInt8](repeating: 0, count: 32))
        guard BN_bn2binpad(ECDSA_SIG_get0_r(parsed), &r, 32) == 32, BN_bn2binpad(ECDSA_SIG_get0_s(parsed), &s, 32) == 32 else {
            throw Self.failed("used")
        }
        return r + s
    }

    private static let group = "prime256v1"

    /// libcrypto's key; it refuses a point that is not on the curve.
    static func handle(_ point: [UInt8], _ scalar: [UInt8]?) throws(CryptographyFailure) -> OpaquePointer {
        guard let builder = OSSL_PARAM_BLD_new(), let context = EVP_PKEY_CTX_new_from_name(nil, "EC", nil) else {
            throw failed("read")
        }
        defer {
            OSSL_PARAM_BLD_free(builder)
            EVP_PKEY_CTX_free(context)
        }
        let number = scalar.flatMap { BN_bin2bn($0, Int32($0.count), nil) }
        defer { BN_clear_free(number) }
        // The builder keeps addresses: of values until the parameters are made, of names until they are used.
        let made = group.withCString { curve in
            point.withUnsafeBufferPointer { bytes -> OpaquePointer? in
                guard OSSL_PARAM_BLD_push_utf8_string(builder, name("group"), curve, 0) == 1,
                    OSSL_PARAM_BLD_push_octet_string(builder, name("pub"), bytes.baseAddress, bytes.count) == 1,
                    number == nil || OSSL_PARAM_BLD_push_BN(builder, name("priv"), number) == 1,
                    let parameters = OSSL_PARAM_BLD_to_param(builder)
                else { return nil }
                defer { OSSL_PARAM_free(parameters) }
                var key: OpaquePointer?
                guard EVP_PKEY_fromdata_init(context) == 1,
                    EVP_PKEY_fromdata(context, &key, scalar == nil ? publicSelection : pairSelection, parameters) == 1
                else { return nil }
                return key
            }
        }
        guard let made else { throw failed("read") }
        return made
    }

    /// A parameter's name at an address that stays.
    static func name(_ text: StaticString) -> UnsafePointer<CChar> {
        UnsafeRawPointer(text.utf8Start).assumingMemoryBound(to: CChar.self)
    }

    // OSSL_KEYMGMT_SELECT_…: macros with casts, which the importer leaves out.
    static let publicSelection: Int32 = 0x86
    private static let pairSelection: Int32 = 0x87

    private static func failed(_ what: String) -> CryptographyFailure {
        CryptographyFailure(.internal, "A key on P-256 cannot be \(what).")
    }
}
