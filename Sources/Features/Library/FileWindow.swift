import Glibc

/// A file of which parts are read. Blocks; throws `LibraryFailure.unreadable` for what the file's content is not to blame for.
final class FileWindow {
    let size: Int
    private let descriptor: Int32

    init(path: String) throws(LibraryFailure) {
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .unreadable }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            close(descriptor)
            throw .unreadable
        }
        size = Int(status.st_size)
    }

    deinit { close(descriptor) }

    /// As many bytes as there are from `start` on, `count` at most.
    func read(at start: Int, count: Int) throws(LibraryFailure) -> [UInt8] {
        let wanted = max(0, min(count, size - start))
        var filled = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: wanted) { buffer, initialized in
            while filled < wanted {
                let got = pread(descriptor, buffer.baseAddress.map { $0 + filled }, wanted - filled, off_t(start + filled))
                if got < 0, errno == EINTR { continue }
                guard got > 0 else { break }
                filled += got
            }
            initialized = filled
        }
        guard filled == wanted else { throw .unreadable }
        return bytes
    }
}
