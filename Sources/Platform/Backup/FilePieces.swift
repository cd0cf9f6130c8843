import Concurrency
import Cryptography
import Failures
import Glibc

/// A file read in pieces, each with its digest, beside the digest of all.
///
/// It blocks, so its methods run on a thread for that.
// Sendable by hand: one task owns it, and calls one method after the other.
final class FilePieces: @unchecked Sendable {
    struct Piece: Sendable {
        let bytes: [UInt8]
        let digest: String
    }

    private let descriptor: Int32
    private var hash = SHA256()
    private(set) var size = 0

    /// nil if there is no such file any more.
    init?(path: String) throws {
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        if descriptor < 0 {
            if errno == ENOENT { return nil }
            throw BackupFailure(.unavailable, "\(path) cannot be read: \(String(cString: strerror(errno))).")
        }
    }

    deinit { close(descriptor) }

    /// nil at the end.
    func next() throws -> Piece? {
        var bytes = [UInt8](repeating: 0, count: BackupRepository.pieceSize)
        var count = 0
        while count < bytes.count {
            let more = bytes.withUnsafeMutableBytes { read(descriptor, $0.baseAddress.map { $0 + count }, $0.count - count) }
            if more < 0, errno == EINTR { continue }
            guard more >= 0 else {
                throw BackupFailure(.unavailable, "A file cannot be read: \(String(cString: strerror(errno))).")
            }
            if more == 0 { break }
            count += more
        }
        if count == 0 { return nil }
        bytes.removeLast(bytes.count - count)
        size += count
        hash.update(bytes)
        return Piece(bytes: bytes, digest: Hexadecimal.encode(SHA256.hash(bytes)))
    }

    /// The digest of all, at the end.
    func finish() -> String {
        var done = SHA256()
        swap(&done, &hash)
        return Hexadecimal.encode(done.finalize())
    }
}
