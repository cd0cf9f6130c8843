import Concurrency
import Cryptography
import Failures
import FoundationEssentials
import Glibc
import Lifecycle
import Telemetry

/// The sealing keys as a key service wrapped them, in a file of the data folder: who has the disk alone has none of them. They are unwrapped
/// at the start and kept in memory.
struct WrappedKeys: Sendable {
    let path: String
    let service: any KeyService

    /// nil if nothing was wrapped yet.
    func read() async throws -> SigningKeyRing? {
        guard access(path, F_OK) == 0 else { return nil }
        let text = try await BlockingPool.shared.run { [path] in try String(contentsOf: URL(filePath: path), encoding: .utf8) }
        guard let wrapped = Base64URL.decode(String(text.filter { !$0.isWhitespace })),
            let ring = SigningKeyRing(text: String(decoding: try await service.unwrap(wrapped), as: UTF8.self))
        else { throw CryptographyFailure(.unavailable, "The key file \(path) is damaged.") }
        return ring
    }

    /// Wraps a ring in place of the file, whole or not at all.
    func write(_ ring: SigningKeyRing) async throws {
        let text = Base64URL.encode(try await service.wrap(Array(ring.text.utf8))) + "\n"
        try await BlockingPool.shared.run { [path] in
            try Data(text.utf8).write(to: URL(filePath: path), options: .atomic)
            guard chmod(path, 0o600) == 0 else {
                throw CryptographyFailure(
                    .unavailable, "The key file \(path) cannot be written: \(String(cString: strerror(errno))).")
            }
        }
    }

    /// What tells one content from another without reading it.
    var stamp: [Int] {
        var status = stat()
        guard stat(path, &status) == 0 else { return [] }
        return [Int(status.st_ino), status.st_mtim.tv_sec, status.st_mtim.tv_nsec, Int(status.st_size)]
    }
}

/// Takes up the keys that another process has wrapped, within a second.
struct WrappedKeyWatch: Service {
    let name = "keys"
    let wrapped: WrappedKeys
    let held: HeldKeys
    let logger: Logger

    func run(until shutdown: ShutdownSignal) async throws {
        // One that was changed between the start and here is read once more.
        var known: [Int] = []
        while !shutdown.isTriggered {
            let stamp = wrapped.stamp
            if stamp != known, !stamp.isEmpty {
                do {
                    if let ring = try await wrapped.read() { held.replace(with: ring) }
                    known = stamp
                } catch {
                    // Those that are known go on opening what they sealed.
                    logger.failure("the sealing keys cannot be read anew", error)
                    await shutdown.wait(atMost: .seconds(10))
                }
            }
            await shutdown.wait(atMost: .seconds(1))
        }
    }
}
