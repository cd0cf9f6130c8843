import Cryptography
import Glibc

/// A blob that is being written: a locked file under `incoming` and the digest so far.
///
/// It blocks, so its methods run on a thread for that.
// Sendable by hand: the store's `write` owns it and calls one method after the other, never two at once.
final class BlobDraft: @unchecked Sendable {
    private let path: String
    private let limit: Int
    private let reserve: Int
    private var descriptor: Int32
    private var hash = SHA256()
    private var size = 0
    private var checkedAt = 0

    init(path: String, limit: Int, reserve: Int) throws(BlobFailure) {
        self.path = path
        self.limit = limit
        self.reserve = reserve
        descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .system("open", path) }
        // Held until the file is closed, so another process that cleans up sees that somebody is at work.
        _ = flock(descriptor, LOCK_EX | LOCK_NB)
        try checkSpace()
    }

    deinit { discard() }

    func append(_ bytes: [UInt8]) throws(BlobFailure) {
        guard bytes.count <= limit - size else { throw .tooLarge(limit) }
        if size - checkedAt > 16 << 20 { try checkSpace() }
        var start = 0
        while start < bytes.count {
            let written = bytes.withUnsafeBytes { buffer in
                Glibc.write(descriptor, buffer.baseAddress.map { $0 + start }, buffer.count - start)
            }
            if written < 0 {
                if errno == EINTR { continue }
                throw .system("write", path)
            }
            start += written
        }
        hash.update(bytes)
        size += bytes.count
    }

    /// Syncs the file and moves it to its place. `place` makes the folders for a digest and returns the path.
    func finish(_ place: (String) throws(BlobFailure) -> String) throws(BlobFailure) -> StoredBlob {
        var done = SHA256()
        swap(&done, &hash)
        let digest = Hexadecimal.encode(done.finalize())
        let target = try place(digest)
        guard fchmod(descriptor, 0o400) == 0, fsync(descriptor) == 0 else { throw .system("fsync", path) }
        // Renaming over a blob that exists gives it a new date, which keeps it from a sweep under way.
        guard rename(path, target) == 0 else { throw .system("rename", path) }
        try Folder.sync(Folder.parent(of: target))
        close(descriptor)
        descriptor = -1
        return StoredBlob(sha256: digest, size: size)
    }

    /// Removes the file; nothing to do after `finish`.
    func discard() {
        guard descriptor >= 0 else { return }
        unlink(path)
        close(descriptor)
        descriptor = -1
    }

    private func checkSpace() throws(BlobFailure) {
        checkedAt = size
        var status = statvfs()
        guard fstatvfs(descriptor, &status) == 0 else { return }
        let (free, overflow) = Int(clamping: status.f_bavail).multipliedReportingOverflow(by: Int(clamping: status.f_frsize))
        if !overflow, free < reserve { throw .diskFull }
    }
}
