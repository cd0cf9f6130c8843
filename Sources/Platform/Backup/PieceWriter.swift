import Concurrency
import Cryptography
import Synchronization

/// Brings bytes to a place with back-ups, but for what is there already.
final class PieceWriter: Sendable {
    private struct State {
        /// Names that are there, or on their way by somebody of ours.
        var names: Set<String>
        var added = 0
    }

    private let repository: BackupRepository
    private let state: Mutex<State>

    /// - Parameter names: pieces that are known to be there, and will be.
    init(_ repository: BackupRepository, names: Set<String>) {
        self.repository = repository
        state = Mutex(State(names: names))
    }

    /// Bytes that were written.
    var added: Int { state.withLock { $0.added } }

    /// nil if there is no such file any more.
    func write(file path: String, onProgress: (Int) throws -> Void = { _ in }) async throws -> BackupContents.Item? {
        guard let file = try await BlockingPool.shared.run({ try FilePieces(path: path) }) else { return nil }
        var pieces: [String] = []
        while let piece = try await BlockingPool.shared.run({ try file.next() }) {
            try Task.checkCancellation()
            try await write(piece.bytes, digest: piece.digest)
            pieces.append(piece.digest)
            try onProgress(file.size)
        }
        return BackupContents.Item(sha256: file.finish(), size: file.size, pieces: pieces.count > 1 ? pieces : nil)
    }

    func write(_ bytes: [UInt8]) async throws -> [String] {
        var pieces: [String] = []
        for start in stride(from: 0, to: bytes.count, by: BackupRepository.pieceSize) {
            let part = Array(bytes[start..<min(bytes.count, start + BackupRepository.pieceSize)])
            pieces.append(Hexadecimal.encode(SHA256.hash(part)))
            try await write(part, digest: pieces[pieces.count - 1])
        }
        return pieces
    }

    private func write(_ bytes: [UInt8], digest: String) async throws {
        let name = repository.pieceName(digest)
        guard state.withLock({ $0.names.insert(name).inserted }) else { return }
        do {
            let count = try await repository.write(piece: bytes, digest: digest)
            state.withLock { $0.added += count }
        } catch {
            state.withLock { _ = $0.names.remove(name) }
            throw error
        }
    }
}
