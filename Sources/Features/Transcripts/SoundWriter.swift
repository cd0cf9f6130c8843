import Failures
import Glibc
import Synchronization

/// Writes what comes into a file, and says at the end whether all of it is there.
final class SoundWriter: Sendable {
    private let descriptor: Int32
    private let isBroken = Atomic(false)
    private let written = Atomic(0)

    /// Bytes that were written so far.
    var size: Int { written.load(ordering: .relaxed) }

    /// Blocks.
    init(_ path: String) throws(TranscriptsFailure) {
        descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Self.full }
    }

    deinit { close(descriptor) }

    private static let full = TranscriptsFailure(.insufficientStorage, "The server has no room for the sound of the recording.")

    /// Blocks.
    func write(_ bytes: [UInt8]) {
        var start = 0
        while start < bytes.count {
            let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress.map { $0 + start }, bytes.count - start) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return isBroken.store(true, ordering: .relaxed) }
            start += count
            written.add(count, ordering: .relaxed)
        }
    }

    func finish() throws(TranscriptsFailure) {
        if isBroken.load(ordering: .relaxed) { throw Self.full }
    }
}
