import CLinux
import Glibc

/// Excludes, while it lives, every other lock on the same digest, in this process and in others.
///
/// It spans the question whether a blob is used and its removal. The lock that the asker holds in a database is not enough for that: a
/// database may take it back from a process that stands still between the two, and this one it may not.
final class BlobLock: Sendable {
    private let descriptor: Int32

    /// Blocks until it is free.
    /// - Parameter file: one for all digests, made if need be. Its bytes are what is locked; it has none.
    init(file: String, sha256: String) throws(BlobFailure) {
        descriptor = open(file, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .system("open", file) }
        // 60 bits of the digest, for an offset has 63. Two digests that share them wait for each other, no more.
        let at = off_t(sha256.prefix(15), radix: 16) ?? 0
        // Where the file system knows no locks, the asker's own has to do.
        while linux_lock_byte(descriptor, at, LINUX_LOCK_EXCLUSIVE, 1) == -EINTR {}
    }

    deinit { close(descriptor) }
}
