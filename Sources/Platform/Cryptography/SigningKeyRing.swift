import Failures
import Glibc

/// One secret for signing, and the name under which tokens refer to it.
package struct SigningKey: Sendable, Hashable {
    /// The `kid` of tokens signed with it.
    package let id: String
    /// At least 32 bytes.
    package let secret: [UInt8]

    package init(id: String, secret: [UInt8]) {
        precondition(secret.count >= 32, "a signing key has 256 bits or more")
        self.id = id
        self.secret = secret
    }

    /// A fresh 256-bit key.
    package static func random() -> SigningKey {
        SigningKey(id: Base64URL.encode(SecureRandom.bytes(6)), secret: SecureRandom.bytes(32))
    }
}

/// The keys of an installation: the first signs, all of them verify. To rotate, put a new key first and drop the old one after the
/// lifetime of a token.
package struct SigningKeyRing: Sendable {
    package let current: SigningKey
    private let byID: [String: SigningKey]

    package init(current: SigningKey, former: [SigningKey] = []) {
        self.current = current
        byID = Dictionary([current].map { ($0.id, $0) } + former.map { ($0.id, $0) }) { first, _ in first }
    }

    package func key(_ id: String) -> SigningKey? { byID[id] }

    package func rotated() -> SigningKeyRing {
        SigningKeyRing(current: .random(), former: [current] + byID.values.filter { $0.id != current.id })
    }

    /// Reads the key file, and makes it with one new key if there is none. Several processes may do so at once: one file wins.
    ///
    /// A line is `id secret`, the secret in base64url; the first line signs. Blocking, but short: for the start of the program.
    package static func load(path: String) throws -> SigningKeyRing {
        if access(path, F_OK) != 0 { try write([.random()], to: path, replace: false) }
        var status = stat()
        guard stat(path, &status) == 0 else { throw unusable(path, "cannot be read") }
        guard status.st_mode & 0o077 == 0 else { throw unusable(path, "can be read by others; run: chmod 600 \(path)") }
        let keys = try read(path).split(separator: UInt8(ascii: "\n")).map { line -> SigningKey in
            let parts = line.split(separator: UInt8(ascii: " "))
            guard parts.count == 2, let secret = Base64URL.decode(parts[1]), secret.count >= 32 else {
                throw unusable(path, "is damaged")
            }
            return SigningKey(id: String(decoding: parts[0], as: UTF8.self), secret: secret)
        }
        guard let first = keys.first else { throw unusable(path, "holds no key") }
        return SigningKeyRing(current: first, former: Array(keys.dropFirst()))
    }

    /// Writes the ring in place of the file, whole or not at all.
    package func save(path: String) throws {
        try Self.write([current] + byID.values.filter { $0.id != current.id }, to: path, replace: true)
    }

    private static func write(_ keys: [SigningKey], to path: String, replace: Bool) throws {
        let temporary = "\(path).\(getpid()).\(Base64URL.encode(SecureRandom.bytes(6)))"
        let text = keys.map { "\($0.id) \(Base64URL.encode($0.secret))\n" }.joined()
        let file = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw unusable(path, "cannot be made: \(reason())") }
        defer { unlink(temporary) }
        let bytes = Array(text.utf8)
        let written = Glibc.write(file, bytes, bytes.count)
        let synced = fsync(file)
        close(file)
        guard written == bytes.count, synced == 0 else { throw unusable(path, "cannot be written: \(reason())") }
        if replace {
            guard rename(temporary, path) == 0 else { throw unusable(path, "cannot be replaced: \(reason())") }
        } else if link(temporary, path) != 0, errno != EEXIST {
            throw unusable(path, "cannot be made: \(reason())")
        }
    }

    private static func read(_ path: String) throws -> [UInt8] {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw unusable(path, "cannot be read: \(reason())") }
        defer { close(file) }
        var bytes = [UInt8](repeating: 0, count: 65_536)
        let count = Glibc.read(file, &bytes, bytes.count)
        guard count >= 0 else { throw unusable(path, "cannot be read: \(reason())") }
        return Array(bytes.prefix(count))
    }

    private static func reason() -> String { String(cString: strerror(errno)) }

    /// For the operator at the start of the program, who must know the path.
    private static func unusable(_ path: String, _ reason: String) -> CryptographyFailure {
        CryptographyFailure(.unavailable, "The key file \(path) \(reason).")
    }
}
