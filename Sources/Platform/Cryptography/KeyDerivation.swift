/// HKDF with SHA-256 (RFC 5869), for keys of at most 32 bytes.
package enum KeyDerivation {
    /// - Parameter count: at most 32: the first block is enough.
    package static func key(from secret: [UInt8], salt: [UInt8], info: [UInt8], count: Int) -> [UInt8] {
        precondition(count <= SHA256.byteCount, "one block of HKDF has 32 bytes")
        let pseudorandom = MessageAuthentication.code(for: secret, key: salt)
        return Array(MessageAuthentication.code(for: info + [1], key: pseudorandom).prefix(count))
    }
}
