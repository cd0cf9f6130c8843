import Concurrency
import Glibc
import Synchronization

/// Threads that run encoders, one encoder each. Two lanes keep a query from waiting behind the indexing of a book.
final class EncoderLane: Sendable {
    /// Hands an encoder from thread to thread.
    // @unchecked: it is in `idle` or with the one thread that took it out.
    private struct Seat: @unchecked Sendable {
        let encoder: MiniLMEncoder
    }

    /// How the system shares the processor with these threads: 0 as all others, up to 19, which yields to all.
    private let niceness: Int32
    private let pool: BlockingPool
    private let idle = Mutex<[Seat]>([])
    private let make: @Sendable () throws -> MiniLMEncoder
    let threads: Int

    init(name: String, threads: Int, niceness: Int32, make: @escaping @Sendable () throws -> MiniLMEncoder) {
        pool = BlockingPool(name: name, threads: threads)
        self.threads = threads
        self.niceness = niceness
        self.make = make
    }

    /// Makes the first encoder and runs it once on the calling thread: its kernels are compiled then, not while somebody waits.
    func warmUp() throws {
        let encoder = try make()
        for count in [14, 30] { _ = try encoder.encode([[Int32](repeating: 0, count: count)[...]]) }
        let seat = Seat(encoder: encoder)
        idle.withLock { $0.append(seat) }
    }

    /// Runs `body` on one of the lane's threads.
    func run<Value: Sendable>(_ body: @escaping @Sendable (MiniLMEncoder) throws -> Value) async throws -> Value {
        try await pool.run { [self] in
            // 0 names the calling thread: on Linux each has a niceness of its own.
            if niceness != 0 { setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, niceness) }
            let seat = try idle.withLock { $0.popLast() } ?? Seat(encoder: make())
            defer { idle.withLock { $0.append(seat) } }
            return try body(seat.encoder)
        }
    }

    /// Runs `body`, which needs no encoder, on one of the lane's threads.
    func compute<Value: Sendable>(_ body: @escaping @Sendable () -> Value) async -> Value {
        await pool.run(body)
    }
}
