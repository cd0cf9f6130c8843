import Concurrency
import Synchronization

/// Threads that run encoders, one encoder each. Two lanes keep a query from waiting behind the indexing of a book.
final class EncoderLane: Sendable {
    /// An encoder, handed from thread to thread.
    // @unchecked: it is in `idle` or with the one thread that took it out.
    private struct Seat: @unchecked Sendable {
        let encoder: TextEncoder
        /// Where it runs; nil for the pool's own thread.
        let thread: YieldingThread?
    }

    private let name: String
    let threads: Int
    /// How far the lane gives way to all else that the machine does: 0 not at all, up to 19.
    private let niceness: Int32
    private let pool: BlockingPool
    private let idle = Mutex<[Seat]>([])
    private let make: @Sendable () throws -> TextEncoder

    init(name: String, threads: Int, niceness: Int32, make: @escaping @Sendable () throws -> TextEncoder) {
        pool = BlockingPool(name: name, threads: threads)
        self.name = name
        self.threads = threads
        self.niceness = niceness
        self.make = make
    }

    /// Makes the first encoder and runs it once on the calling thread: its kernels are compiled then, not while somebody waits.
    func warmUp() throws {
        let seat = try newSeat()
        for count in [14, 30] { _ = try seat.encoder.encode([[Int32](repeating: 0, count: count)[...]]) }
        idle.withLock { $0.append(seat) }
    }

    /// Runs `body` on one of the lane's threads.
    func run<Value: Sendable>(_ body: @escaping @Sendable (TextEncoder) throws -> Value) async throws -> Value {
        try await pool.run { [self] in
            let seat = try idle.withLock { $0.popLast() } ?? newSeat()
            defer { idle.withLock { $0.append(seat) } }
            guard let thread = seat.thread else { return try body(seat.encoder) }
            return try thread.perform { try body(seat.encoder) }
        }
    }

    /// Runs `body`, which needs no encoder, on one of the lane's threads.
    func compute<Value: Sendable>(_ body: @escaping @Sendable () -> Value) async -> Value {
        await pool.run(body)
    }

    private func newSeat() throws -> Seat {
        Seat(encoder: try make(), thread: niceness == 0 ? nil : try YieldingThread(name: name, niceness: niceness))
    }
}
