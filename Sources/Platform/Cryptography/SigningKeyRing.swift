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
///
/// It stands, or follows its file: whoever changes the file changes what signs in every process, within a second and without a restart.
package struct SigningKeyRing: Sendable {
    /// How many former keys are kept when another is put first.
    static let formerKeys = 3

    private enum Source: Sendable {
        case keys([SigningKey])
        case file(SigningKeyFile)
        case held(HeldKeys)
    }

    private let source: Source

    package init(current: SigningKey, former: [SigningKey] = []) { source = .keys([current] + former) }

    package var current: SigningKey { keys()[0] }

    package func key(_ id: String) -> SigningKey? { keys(knowing: id).first { $0.id == id } }

    /// With a new key before all others.
    package func rotated() -> SigningKeyRing {
        let former = keys().filter { $0.id != current.id }
        return SigningKeyRing(current: .random(), former: Array(([current] + former).prefix(Self.formerKeys)))
    }

    private func keys(knowing id: String? = nil) -> [SigningKey] {
        switch source {
        case .keys(let keys): keys
        case .file(let file): file.keys(knowing: id)
        case .held(let held): held.current
        }
    }

    /// The ring of a file as it is from now on. Made and checked as `load` does.
    package static func following(
        path: String, now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }
    ) throws -> SigningKeyRing {
        let file = SigningKeyFile(path: path, keys: try load(path: path).keys(), now: now) { try load(path: $0).keys() }
        return SigningKeyRing(source: .file(file))
    }

    private init(source: Source) { self.source = source }

    /// The ring of keys in memory as it is from now on.
    package init(_ held: HeldKeys) { source = .held(held) }

    var all: [SigningKey] { keys() }

    /// As the file has it, and `init(text:)` reads it.
    package var text: String { Self.text(keys()) }

    private static func text(_ keys: [SigningKey]) -> String {
        keys.map { "\($0.id) \(Base64URL.encode($0.secret))\n" }.joined()
    }

    package static func exists(path: String) -> Bool { access(path, F_OK) == 0 }

    /// Reads the key file, and makes it with one new key if there is none. Several processes may do so at once: one file wins.
    ///
    /// A line is `id secret`, the secret in base64url; the first line signs. Blocking, but short: for the start of the program.
    package static func load(path: String) throws -> SigningKeyRing {
        if access(path, F_OK) != 0 { try write([.random()], to: path, replace: false) }
        var status = stat()
        guard stat(path, &status) == 0 else { throw unusable(path, "cannot be read") }
        guard status.st_mode & 0o077 == 0 else { throw unusable(path, "can be read by others; run: chmod 600 \(path)") }
        guard let keys = keys(in: try read(path)) else { throw unusable(path, "is damaged") }
        guard let first = keys.first else { throw unusable(path, "holds no key") }
        return SigningKeyRing(current: first, former: Array(keys.dropFirst()))
    }

    /// A ring that is given as the file has it, with `,` or a new line between keys; nil where it has not the form, or holds none.
    package init?(text: String) {
        guard let keys = Self.keys(in: Array(text.replacing(",", with: "\n").utf8)), let first = keys.first else { return nil }
        self.init(current: first, former: Array(keys.dropFirst()))
    }

    private static func keys(in bytes: [UInt8]) -> [SigningKey]? {
        var keys: [SigningKey] = []
        for line in bytes.split(separator: UInt8(ascii: "\n")) {
            let parts = line.split(separator: UInt8(ascii: " "))
            guard parts.count == 2, let secret = Base64URL.decode(parts[1]), secret.count >= 32 else { return nil }
            keys.append(SigningKey(id: String(decoding: parts[0], as: UTF8.self), secret: secret))
        }
        return keys
    }

    /// Writes the ring in place of the file, whole or not at all.
    package func save(path: String) throws {
        try Self.write(keys(), to: path, replace: true)
    }

    private static func write(_ keys: [SigningKey], to path: String, replace: Bool) throws {
        let temporary = "\(path).\(getpid()).\(Base64URL.encode(SecureRandom.bytes(6)))"
        let text = Self.text(keys)
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
