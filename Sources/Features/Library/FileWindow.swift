import Glibc

/// A file of which parts are read. Blocks.
final class FileWindow {
    let size: Int
    private let descriptor: Int32

    /// nil if it cannot be opened.
    init?(path: String) {
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            close(descriptor)
            return nil
        }
        size = Int(status.st_size)
    }

    deinit { close(descriptor) }

    /// As many bytes as there are from `start` on, `count` at most; nil if they cannot be read.
    func read(at start: Int, count: Int) -> [UInt8]? {
        let wanted = min(count, size - start)
        guard start >= 0, wanted >= 0 else { return nil }
        var failed = false
        let bytes = [UInt8](unsafeUninitializedCapacity: wanted) { buffer, filled in
            while filled < wanted {
                let got = pread(descriptor, buffer.baseAddress.map { $0 + filled }, wanted - filled, off_t(start + filled))
                if got < 0, errno == EINTR { continue }
                guard got > 0 else {
                    failed = true
                    break
                }
                filled += got
            }
        }
        return failed ? nil : bytes
    }
}
