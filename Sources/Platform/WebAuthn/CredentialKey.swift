import COpenSSL

/// The public key of a passkey (COSE, RFC 9052): ECDSA on P-256, RSA with PKCS #1 v1.5, both with SHA-256, and Ed25519.
package struct CredentialKey: Sendable, Hashable {
    /// Of COSE's registry.
    package enum Algorithm: Int, Sendable, CaseIterable {
        case es256 = -7
        case edDSA = -8
        case rs256 = -257
    }

    private enum Material: Sendable, Hashable {
        case point([UInt8])
        case edwards([UInt8])
        case modulus([UInt8], exponent: [UInt8])
    }

    package let algorithm: Algorithm
    private let material: Material

    /// Throws where it is a key of another kind, one that is too weak, or no key at all.
    package init(_ cose: CBORValue) throws(WebAuthnFailure) {
        guard let number = cose[.integer(3)]?.asInteger, let algorithm = Algorithm(rawValue: number) else {
            throw .untrusted("the key is of a kind that was not asked for")
        }
        let kind = cose[.integer(1)]?.asInteger
        switch algorithm {
        case .es256:
            guard kind == 2, cose[.integer(-1)]?.asInteger == 1, let x = cose[.integer(-2)]?.asBytes, x.count == 32,
                let y = cose[.integer(-3)]?.asBytes, y.count == 32
            else { throw .malformed("the key is no point of P-256") }
            material = .point([4] + x + y)
        case .edDSA:
            guard kind == 1, cose[.integer(-1)]?.asInteger == 6, let x = cose[.integer(-2)]?.asBytes, x.count == 32 else {
                throw .malformed("the key is no point of Ed25519")
            }
            material = .edwards(x)
        case .rs256:
            guard kind == 3, let modulus = cose[.integer(-1)]?.asBytes, let exponent = cose[.integer(-2)]?.asBytes,
                (256...1024).contains(modulus.count), modulus[0] >= 0x80, (1...8).contains(exponent.count)
            else { throw .malformed("the key is no RSA key of 2048 bits or more") }
            material = .modulus(modulus, exponent: exponent)
        }
        self.algorithm = algorithm
        EVP_PKEY_free(try handle())
    }

    /// Throws where the signature is not this key's of these bytes.
    package func verify(_ signature: [UInt8], of message: [UInt8]) throws(WebAuthnFailure) {
        let key = try handle()
        defer { EVP_PKEY_free(key) }
        guard let context = EVP_MD_CTX_new() else { throw .untrusted("the signature cannot be checked") }
        defer { EVP_MD_CTX_free(context) }
        defer { ERR_clear_error() }
        let digest = algorithm == .edDSA ? nil : EVP_sha256()
        guard EVP_DigestVerifyInit(context, nil, digest, nil, key) == 1,
            EVP_DigestVerify(context, signature, signature.count, message, message.count) == 1
        else { throw .untrusted("the signature is not right") }
    }

    /// libcrypto's key; it refuses a point that is not on the curve.
    private func handle() throws(WebAuthnFailure) -> OpaquePointer {
        let made: OpaquePointer?
        switch material {
        case .edwards(let bytes): made = EVP_PKEY_new_raw_public_key_ex(nil, "ED25519", nil, bytes, bytes.count)
        // The builder keeps addresses: of values until the parameters are made, of names until they are used.
        case .point(let point):
            made = "prime256v1".withCString { curve in
                point.withUnsafeBufferPointer { bytes in
                    Self.make("EC") { builder in
                        OSSL_PARAM_BLD_push_utf8_string(builder, Self.name("group"), curve, 0) == 1
                            && OSSL_PARAM_BLD_push_octet_string(builder, Self.name("pub"), bytes.baseAddress, bytes.count) == 1
                    }
                }
            }
        case .modulus(let modulus, let exponent):
            let (n, e) = (BN_bin2bn(modulus, Int32(modulus.count), nil), BN_bin2bn(exponent, Int32(exponent.count), nil))
            defer {
                BN_free(n)
                BN_free(e)
            }
            made = Self.make("RSA") { builder in
                OSSL_PARAM_BLD_push_BN(builder, Self.name("n"), n) == 1 && OSSL_PARAM_BLD_push_BN(builder, Self.name("e"), e) == 1
            }
        }
        guard let made else {
            ERR_clear_error()
            throw .malformed("the key is none")
        }
        return made
    }

    private static func make(_ kind: String, _ fill: (OpaquePointer) -> Bool) -> OpaquePointer? {
        guard let builder = OSSL_PARAM_BLD_new() else { return nil }
        defer { OSSL_PARAM_BLD_free(builder) }
        guard fill(builder), let parameters = OSSL_PARAM_BLD_to_param(builder) else { return nil }
        defer { OSSL_PARAM_free(parameters) }
        guard let context = EVP_PKEY_CTX_new_from_name(nil, kind, nil) else { return nil }
        defer { EVP_PKEY_CTX_free(context) }
        var key: OpaquePointer?
        guard EVP_PKEY_fromdata_init(context) == 1, EVP_PKEY_fromdata(context, &key, publicSelection, parameters) == 1 else {
            return nil
        }
        return key
    }

    /// A parameter's name at an address that stays.
    private static func name(_ text: StaticString) -> UnsafePointer<CChar> {
        UnsafeRawPointer(text.utf8Start).assumingMemoryBound(to: CChar.self)
    }

    // OSSL_KEYMGMT_SELECT_…: a macro with casts, which the importer leaves out.
    private static let publicSelection: Int32 = 0x86
}
