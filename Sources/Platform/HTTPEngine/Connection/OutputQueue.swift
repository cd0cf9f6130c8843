import CLinux
import Glibc

/// What is still to be sent, in order: bytes from memory, and ranges of files that do not pass through it.
struct OutputQueue {
    enum Outcome {
        case empty
        /// The socket, or this turn, takes no more for now.
        case blocked
        /// The peer is gone, or a file is shorter than was announced.
        case failed
    }

    private enum Segment {
        case bytes([UInt8], sent: Int)
        case file(OpenFile, offset: Int, left: Int)
    }

    /// The most of a file that one turn sends: other connections wait meanwhile.
    private static let fileBytesPerTurn = 1 << 20

    private var segments: [Segment] = []
    private var head = 0
    /// Bytes in memory that wait.
    private(set) var buffered = 0

    var isEmpty: Bool { head == segments.count }

    mutating func append(_ bytes: [UInt8]) {
        guard !bytes.isEmpty else { return }
        segments.append(.bytes(bytes, sent: 0))
        buffered += bytes.count
    }

    mutating func append(_ file: OpenFile, offset: Int, length: Int) {
        if length > 0 { segments.append(.file(file, offset: offset, left: length)) }
    }

    mutating func removeAll() { self = OutputQueue() }

    /// - Returns: what stopped it, and whether any byte was taken.
    mutating func flush(to descriptor: Int32) -> (outcome: Outcome, progress: Bool) {
        var progress = false
        var turn = OutputQueue.fileBytesPerTurn
        while head < segments.count {
            let sent: Int
            switch segments[head] {
            case .bytes(let bytes, let done):
                let more: Int32 = head + 1 < segments.count ? 1 : 0
                sent = bytes.withUnsafeBytes { raw in
                    raw.baseAddress.map { linux_send(descriptor, $0 + done, raw.count - done, more) } ?? 0
                }
                if sent > 0 {
                    buffered -= sent
                    if done + sent == bytes.count { pop() } else { segments[head] = .bytes(bytes, sent: done + sent) }
                }
            case .file(let file, let offset, let left):
                guard turn > 0 else { return (.blocked, progress) }
                var position = off_t(offset)
                let result = sendfile(descriptor, file.descriptor, &position, min(left, turn))
                sent = result < 0 ? -Int(errno) : result
                if sent == 0 { return (.failed, progress) }
                if sent > 0 {
                    turn -= sent
                    if sent == left { pop() } else { segments[head] = .file(file, offset: offset + sent, left: left - sent) }
                }
            }
            if sent > 0 {
                progress = true
            } else if -sent == Int(EAGAIN) {
                return (.blocked, progress)
            } else if -sent != Int(EINTR) {
                return (.failed, progress)
            }
        }
        segments.removeAll(keepingCapacity: segments.capacity <= 8)
        head = 0
        return (.empty, progress)
    }

    private mutating func pop() {
        segments[head] = .bytes([], sent: 0)
        head += 1
    }
}

/// A file open for reading, closed with its last reference.
final class OpenFile: Sendable {
    let descriptor: Int32

    /// Blocks. nil if the file cannot be read or is shorter than `end`.
    init?(path: String, start: Int, end: Int) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG, start >= 0, Int(status.st_size) >= end else {
            close(descriptor)
            return nil
        }
        // The first stretch comes into memory here, on a thread that may wait for the disk.
        posix_fadvise(descriptor, off_t(start), off_t(min(end - start, 8 << 20)), POSIX_FADV_WILLNEED)
        self.descriptor = descriptor
    }

    deinit { close(descriptor) }
}
