import COpenSSL

/// A public key by which signatures of others are checked: RSA (`RS256`) or P-256 (`ES256`), and no other.
package enum SignatureKey: Sendable, Hashable {
    /// Both numbers big-endian, as JSON Web Keys have them.
    case rsa(modulus: [UInt8], exponent: [UInt8])
    /// The point without compression, 65 bytes that begin with 4.
    case p256(point: [UInt8])

    /// The one algorithm that it is for, by its name of RFC 7518: which one is checked follows from the key, never from the message.
    package var algorithm: String {
        switch self {
        case .rsa: "RS256"
        case .p256: "ES256"
        }
    }

    /// Whether it is a key that may be trusted: RSA of 2,048 to 8,192 bits with an odd exponent, or a point of the curve.
    package var isSound: Bool {
        switch self {
        case .rsa(let modulus, let exponent):
            let bits = modulus.drop { $0 == 0 }.count * 8
            return (2048...8192).contains(bits) && (1...8).contains(exponent.count) && (exponent.last ?? 0) & 1 == 1
                && exponent != [1]
        case .p256(let point): return P256Key.isPoint(point)
        }
    }

    /// Whether `signature` is this key's, of `message`.
    package func verifies(_ signature: [UInt8], of message: [UInt8]) -> Bool {
        switch self {
        case .rsa(let modulus, let exponent):
            guard let key = Self.handle(modulus: modulus, exponent: exponent) else { return false }
            defer { EVP_PKEY_free(key) }
            return Self.verifies(signature, of: message, by: key)
        case .p256(let point):
            guard let der = Self.der(of: signature), let key = try? P256Key.handle(point, nil) else { return false }
            defer { EVP_PKEY_free(key) }
            return Self.verifies(der, of: message, by: key)
        }
    }

    private static func verifies(_ signature: [UInt8], of message: [UInt8], by key: OpaquePointer) -> Bool {
        guard let context = EVP_MD_CTX_new() else { return false }
        defer { EVP_MD_CTX_free(context) }
        return EVP_DigestVerifyInit(context, nil, EVP_sha256(), nil, key) == 1
            && EVP_DigestVerify(context, signature, signature.count, message, message.count) == 1
    }

    /// r and s, 32 bytes each, as libcrypto wants them.
    private static func der(of signature: [UInt8]) -> [UInt8]? {
        guard signature.count == 64, let numbers = ECDSA_SIG_new() else { return nil }
        defer { ECDSA_SIG_free(numbers) }
        let (r, s) = (Array(signature[..<32]), Array(signature[32...]))
        // They belong to the pair from here on.
        guard ECDSA_SIG_set0(numbers, BN_bin2bn(r, 32, nil), BN_bin2bn(s, 32, nil)) == 1 else { return nil }
        var der = [UInt8](repeating: 0, count: 80)
        let length = der.withUnsafeMutableBufferPointer { buffer -> Int32 in
            var start = buffer.baseAddress
            return i2d_ECDSA_SIG(numbers, &start)
        }
        return length > 0 ? Array(der[..<Int(length)]) : nil
    }

    private static func handle(modulus: [UInt8], exponent: [UInt8]) -> OpaquePointer? {
        guard let builder = OSSL_PARAM_BLD_new(), let context = EVP_PKEY_CTX_new_from_name(nil, "RSA", nil) else { return nil }
        let (n, e) = (BN_bin2bn(modulus, Int32(modulus.count), nil), BN_bin2bn(exponent, Int32(exponent.count), nil))
        defer {
            BN_free(n)
            BN_free(e)
            OSSL_PARAM_BLD_free(builder)
            EVP_PKEY_CTX_free(context)
        }
        guard OSSL_PARAM_BLD_push_BN(builder, P256Key.name("n"), n) == 1,
            OSSL_PARAM_BLD_push_BN(builder, P256Key.name("e"), e) == 1,
            let parameters = OSSL_PARAM_BLD_to_param(builder)
        else { return nil }
        defer { OSSL_PARAM_free(parameters) }
        var key: OpaquePointer?
        guard EVP_PKEY_fromdata_init(context) == 1,
            EVP_PKEY_fromdata(context, &key, P256Key.publicSelection, parameters) == 1
        else { return nil }
        return key
    }
}
