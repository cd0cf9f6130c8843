import Failures

/// Keeps secrets in the database unreadable without a file that is not in it (envelope encryption).
///
/// Each secret has a data key of its own, which a key of the installation wraps: `1.<key's name>.<wrapped data key>.<sealed secret>`, the
/// last two in base64url. To change the installation's key only the wrapped keys are made anew.
package struct SecretSeal: Sendable {
    private static let version = "1"
    private let keys: SigningKeyRing

    /// - Parameter keys: a ring of its own: what signs does not seal.
    package init(keys: SigningKeyRing) { self.keys = keys }

    /// - Parameter place: which secret of whom it is, such as `second_factors.secret/<user id>`: moved to another row it does not open.
    package func seal(_ secret: [UInt8], place: String) -> String {
        let dataKey = SecureRandom.bytes(AuthenticatedCipher.keyBytes)
        let key = keys.current
        let wrapped = AuthenticatedCipher.seal(dataKey, key: Self.wrapping(key), context: Array(key.id.utf8))
        let sealed = AuthenticatedCipher.seal(secret, key: dataKey, context: Array(place.utf8))
        return [Self.version, key.id, Base64URL.encode(wrapped), Base64URL.encode(sealed)].joined(separator: ".")
    }

    /// - Throws: `unavailable` if its key is not among those of the installation, or it was changed.
    package func open(_ text: String, place: String) throws(CryptographyFailure) -> [UInt8] {
        let (sealed, dataKey) = try parts(of: text)
        guard let secret = AuthenticatedCipher.open(sealed, key: dataKey, context: Array(place.utf8)) else { throw Self.unreadable }
        return secret
    }

    /// The same secret under the newest key; nil where it is already.
    package func rewrapped(_ text: String) throws(CryptographyFailure) -> String? {
        let (sealed, dataKey) = try parts(of: text)
        let key = keys.current
        guard text.split(separator: ".")[1] != key.id else { return nil }
        let wrapped = AuthenticatedCipher.seal(dataKey, key: Self.wrapping(key), context: Array(key.id.utf8))
        return [Self.version, key.id, Base64URL.encode(wrapped), Base64URL.encode(sealed)].joined(separator: ".")
    }

    private func parts(of text: String) throws(CryptographyFailure) -> (sealed: [UInt8], dataKey: [UInt8]) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 4, parts[0] == Self.version, let key = keys.key(parts[1]),
            let wrapped = Base64URL.decode(parts[2]), let sealed = Base64URL.decode(parts[3]),
            let dataKey = AuthenticatedCipher.open(wrapped, key: Self.wrapping(key), context: Array(key.id.utf8))
        else { throw Self.unreadable }
        return (sealed, dataKey)
    }

    /// 256 bits for the cipher, however long the key in the file is.
    private static func wrapping(_ key: SigningKey) -> [UInt8] {
        MessageAuthentication.code(for: Array("little-monster/seal".utf8), key: key.secret)
    }

    private static let unreadable = CryptographyFailure(
        .unavailable, "A stored secret cannot be read: the sealing keys are not those that it was sealed with.")
}
