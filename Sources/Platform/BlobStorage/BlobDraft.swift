import CLinux
import Cryptography
import Glibc

/// A blob that is being written: a locked file under `incoming` and the digest so far. It stays open when it has been moved to its place,
/// so that it can be put back there.
///
/// It blocks, so its methods run on a thread for that.
// Sendable by hand: one call of the store's `receive` owns it, and calls one method after the other, never two at once.
final class BlobDraft: @unchecked Sendable {
    let path: String
    private let limit: Int
    private let reserve: Int
    private var descriptor: Int32
    private var hash = SHA256()
    private var size = 0
    private var checkedAt = 0
    private var isMoved = false

    init(path: String, limit: Int, reserve: Int) throws(BlobFailure) {
        self.path = path
        self.limit = limit
        self.reserve = reserve
        descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
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

    /// Syncs what was written, which is all.
    func finish() throws(BlobFailure) -> StoredBlob {
        var done = SHA256()
        swap(&done, &hash)
        guard fchmod(descriptor, 0o400) == 0 else { throw .system("fchmod", path) }
        guard fsync(descriptor) == 0 else { throw .system("fsync", path) }
        return StoredBlob(sha256: Hexadecimal.encode(done.finalize()), size: size)
    }

    /// Moves the file to its place, in a folder that exists.
    func move(to place: String) throws(BlobFailure) {
        // Over a blob that exists: the bytes are the same.
        guard rename(path, place) == 0 else { throw .system("rename", path) }
        isMoved = true
        try Folder.sync(Folder.parent(of: place))
    }

    /// Makes the file anew, from the bytes that the descriptor still holds, if it is no longer in its place.
    func putBack(at place: String) throws(BlobFailure) {
        if access(place, F_OK) == 0 { return }
        let copy = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o400)
        guard copy >= 0 else { throw .system("open", path) }
        defer { close(copy) }
        do throws(BlobFailure) {
            var offset: off_t = 0
            while offset < size {
                let sent = sendfile(copy, descriptor, &offset, size - Int(offset))
                if sent < 0, errno == EINTR { continue }
                guard sent > 0 else { throw BlobFailure.system("sendfile", path) }
            }
            guard fsync(copy) == 0 else { throw BlobFailure.system("fsync", path) }
            try move(to: place)
        } catch {
            unlink(path)
            throw error
        }
    }

    /// Closes the file, and removes it if it was not moved.
    func discard() {
        guard descriptor >= 0 else { return }
        if !isMoved { unlink(path) }
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
