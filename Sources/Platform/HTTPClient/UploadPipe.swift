import Synchronization

/// What one transfer's request body hands from the task that makes it to libcurl's thread: one piece at a time.
final class UploadPipe: Sendable {
    enum Read {
        case bytes([UInt8])
        case end
        case wait
    }

    private struct State {
        var piece: [UInt8]?
        var isEnd = false
        var isStarved = false
        var isClosed = false
        var waiter: CheckedContinuation<Void, Never>?
    }

    private let state = Mutex(State())

    // MARK: - libcurl's side

    /// At most `limit` bytes.
    func read(_ limit: Int) -> Read {
        let (read, waiter) = state.withLock { state -> (Read, CheckedContinuation<Void, Never>?) in
            if state.isClosed { return (.wait, nil) }
            guard let piece = state.piece else {
                if state.isEnd { return (.end, nil) }
                state.isStarved = true
                return (.wait, nil)
            }
            if piece.count > limit {
                state.piece = Array(piece[limit...])
                return (.bytes(Array(piece[..<limit])), nil)
            }
            state.piece = nil
            defer { state.waiter = nil }
            return (.bytes(piece), state.waiter)
        }
        waiter?.resume()
        return read
    }

    var isStarved: Bool { state.withLock { $0.isStarved } }

    /// The transfer is over: nobody will read on.
    func close() {
        let waiter = state.withLock { state in
            state.isClosed = true
            defer { state.waiter = nil }
            return state.waiter
        }
        waiter?.resume()
    }

    // MARK: - The writer's side

    /// Hands on all pieces of `next`; returns when the last is taken or the transfer is over.
    func pump(_ next: () async throws -> [UInt8]?, resume: () -> Void) async throws {
        while let piece = try await next() {
            guard !piece.isEmpty else { continue }
            guard put({ $0.piece = piece }, resume: resume) else { return }
            await taken()
        }
        _ = put({ $0.isEnd = true }, resume: resume)
    }

    private func put(_ change: (inout State) -> Void, resume: () -> Void) -> Bool {
        let (open, starved) = state.withLock { state in
            change(&state)
            defer { state.isStarved = false }
            return (!state.isClosed, state.isStarved)
        }
        if starved { resume() }
        return open
    }

    private func taken() async {
        await withCheckedContinuation { continuation in
            let now = state.withLock { state -> Bool in
                if state.piece == nil || state.isClosed { return true }
                state.waiter = continuation
                return false
            }
            if now { continuation.resume() }
        }
    }
}
