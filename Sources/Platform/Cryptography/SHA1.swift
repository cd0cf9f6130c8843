import COpenSSL

/// SHA-1, for protocols that name it (RFC 6455's handshake) and for nothing that must be secret or unforgeable.
package enum SHA1 {
    /// The 20 bytes of the digest.
    package static func hash(_ text: String) -> [UInt8] {
        var text = text
        return text.withUTF8 { bytes in
            [UInt8](unsafeUninitializedCapacity: 20) { buffer, count in
                var length: UInt32 = 0
                guard EVP_Digest(bytes.baseAddress, bytes.count, buffer.baseAddress, &length, EVP_sha1(), nil) == 1 else {
                    preconditionFailure("libcrypto has no SHA-1 or no memory")
                }
                count = Int(length)
            }
        }
    }
}
