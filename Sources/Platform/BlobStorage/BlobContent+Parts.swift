import Concurrency
import Glibc

extension BlobContent {
    /// Bytes in all; nil where a file cannot be looked at.
    package var size: Int? {
        switch self {
        case .remote(let size, _, _): return size
        case .file(let path):
            var status = stat()
            return stat(path, &status) == 0 ? Int(status.st_size) : nil
        }
    }

    /// Its bytes, a part at a time.
    package var parts: AsyncThrowingStream<[UInt8], any Error> {
        switch self {
        case .remote(let size, _, let read): return read(0, size)
        case .file(let path):
            let file = OpenFile(path: path)
            return AsyncThrowingStream { await BlockingPool.shared.run { file.next() } }
        }
    }
}

/// A file that is read from its beginning, a part at a time.
// Sendable by hand: one stream reads it, one part after the other.
private final class OpenFile: @unchecked Sendable {
    private let descriptor: Int32

    init(path: String) { descriptor = open(path, O_RDONLY | O_CLOEXEC) }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// nil at its end, or where it cannot be read. Blocks.
    func next() -> [UInt8]? {
        guard descriptor >= 0 else { return nil }
        let part = [UInt8](unsafeUninitializedCapacity: 256 << 10) { room, count in
            count = max(0, read(descriptor, room.baseAddress, 256 << 10))
        }
        return part.isEmpty ? nil : part
    }
}
