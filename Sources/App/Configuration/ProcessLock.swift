import Glibc

/// An exclusive lock on a file, held until the value goes away or the process dies however it dies.
///
/// Whoever runs jobs on an embedded database holds it: so leases that an earlier process left behind are known to be void.
package final class ProcessLock: Sendable {
    private let descriptor: Int32

    /// nil if another process holds it.
    package init?(path: String) throws(DataDirectoryFailure) {
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw DataDirectoryFailure(path: path, reason: String(cString: strerror(errno))) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            return nil
        }
        self.descriptor = descriptor
    }

    deinit { close(descriptor) }
}
