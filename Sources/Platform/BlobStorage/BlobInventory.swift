import CLinux
import Concurrency
import Glibc

/// What lies in a folder of blobs, for who copies all of it: a back-up.
package struct BlobInventory: Sendable {
    private let root: String

    /// - Parameter root: that of a `DiskBlobStore`. It need not be there.
    package init(root: String) { self.root = root }

    package func path(of sha256: String) -> String { DiskBlobStore.place(of: sha256, in: root) }

    /// Digests with their sizes.
    package func all() async -> [String: Int] {
        await BlockingPool.shared.run {
            var found: [String: Int] = [:]
            for first in Folder.names(in: root) where first.utf8.count == 2 {
                for second in Folder.names(in: "\(root)/\(first)") {
                    for name in Folder.names(in: "\(root)/\(first)/\(second)") where DiskBlobStore.isDigest(name) {
                        var status = stat()
                        if stat(path(of: name), &status) == 0 { found[name] = Int(status.st_size) }
                    }
                }
            }
            return found
        }
    }

    /// Waits for removals that are in hand, in whatever process; none begins until what it returns goes away.
    package func held() async throws -> any Sendable {
        try await BlockingPool.shared.run { () -> (any Sendable) in
            if access(root, F_OK) != 0 { return () }
            return try BlobFolderLock(file: root + "/lock")
        }
    }
}

/// Excludes every `BlobLock` of a folder while it lives.
final class BlobFolderLock: Sendable {
    private let descriptor: Int32

    init(file: String) throws(BlobFailure) {
        descriptor = open(file, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .system("open", file) }
        // Where the file system knows no locks, there is none to be had.
        while linux_lock_file(descriptor, LINUX_LOCK_EXCLUSIVE, 1) == -EINTR {}
    }

    deinit { close(descriptor) }
}
