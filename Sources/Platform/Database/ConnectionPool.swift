import Concurrency
package import Signals
import Synchronization

/// Leases connections, at most `size` at once and first come first served, and runs transactions on them.
package final class ConnectionPool<Connection: DatabaseConnection>: Sendable {
    private struct State {
        var idle: [Connection] = []
        var all: [Connection] = []
        var isClosed = false
    }

    private enum Attempt<Value: Sendable>: Sendable {
        case done(Value)
        case again(DatabaseFailure)
    }

    private let size: Int
    private let attempts: Int
    private let waitLimit: Duration
    private let identity: DatabaseIdentity
    private let channel: (any SignalChannel)?
    private let make: @Sendable (Int) -> Connection
    private let permits: AsyncSemaphore
    private let state = Mutex(State())

    /// - Parameters:
    ///   - attempts: how often a transaction is tried while the failure is contention or a lost connection.
    ///   - waitLimit: how long to wait for a free connection before `connection` is thrown.
    ///   - channel: what signals travel through; the database itself if nil.
    ///   - make: makes the n-th connection, not yet connected.
    package init(
        size: Int, attempts: Int, waitLimit: Duration, identity: DatabaseIdentity, channel: (any SignalChannel)?,
        make: @escaping @Sendable (Int) -> Connection
    ) {
        precondition(size > 0 && attempts > 0, "a pool has a connection and a try")
        self.size = size
        self.attempts = attempts
        self.waitLimit = waitLimit
        self.identity = identity
        self.channel = channel
        self.make = make
        permits = AsyncSemaphore(size)
    }

    deinit {
        for connection in state.withLock({ $0.all }) { connection.executor.retire() }
    }

    /// How many connections are lent, and how many there are.
    package func usage(named name: String) -> PoolUsage {
        state.withLock { PoolUsage(name: name, used: $0.all.count - $0.idle.count, open: $0.all.count, size: size) }
    }

    package func transaction<Value: Sendable>(
        _ access: TransactionAccess, as actor: Actor, _ body: @Sendable (any Transaction) async throws -> Value
    ) async throws -> Value {
        if let scope = TransactionScope.current, scope.identity === identity, scope.isOpen.withLock({ $0 }) {
            throw DatabaseFailure(.statement, "a transaction was opened within a transaction")
        }
        var attempt = 1
        while true {
            let outcome = try await withConnection { connection in
                try await self.attempt(on: connection, access, as: actor, body)
            }
            switch outcome {
            case .done(let value): return value
            case .again(let failure):
                guard attempt < attempts else { throw failure }
                try await Task.sleep(for: .milliseconds(Int.random(in: 1...(5 << min(attempt, 6)))))
                attempt += 1
            }
        }
    }

    /// Leases a connection for work outside transactions.
    package func withConnection<Value: Sendable>(_ body: (Connection) async throws -> Value) async throws -> Value {
        if state.withLock({ $0.isClosed }) { throw DatabaseFailure(.connection, "the database is closed") }
        if !permits.tryAcquire() { try await waitForPermit() }
        defer { permits.release() }
        let connection = try state.withLock { state throws(DatabaseFailure) -> Connection in
            if state.isClosed { throw DatabaseFailure(.connection, "the database is closed") }
            if let connection = state.idle.popLast() { return connection }
            let connection = make(state.all.count)
            state.all.append(connection)
            return connection
        }
        // Returned before the permit is, so that whoever gets the permit finds it.
        defer { state.withLock { $0.idle.append(connection) } }
        return try await body(connection)
    }

    /// Waits for the leases in hand, then closes every connection. Those still in line get `connection`.
    package func close() async {
        let first = state.withLock { state in
            defer { state.isClosed = true }
            return !state.isClosed
        }
        guard first else { return }
        // Cancelled or not, nothing is closed under somebody's hands.
        for _ in 0..<size { await acquireUncancelled() }
        let connections = state.withLock { state in
            defer { (state.all, state.idle) = ([], []) }
            return state.all
        }
        for connection in connections {
            await connection.close()
            connection.executor.retire()
        }
        for _ in 0..<size { permits.release() }
    }

    private func attempt<Value: Sendable>(
        on connection: Connection, _ access: TransactionAccess, as actor: Actor,
        _ body: @Sendable (any Transaction) async throws -> Value
    ) async throws -> Attempt<Value> {
        // The body runs on the connection's thread, so a statement costs no change of threads.
        try await withTaskExecutorPreference(connection.executor) {
            do throws(DatabaseFailure) {
                try await connection.begin(access, as: actor)
            } catch {
                if error.isTransient { return .again(error) }
                throw error
            }
            let transaction = OpenTransaction(connection)
            let scope = TransactionScope(identity)
            defer { scope.isOpen.withLock { $0 = false } }
            let value: Value
            do {
                value = try await TransactionScope.$current.withValue(scope) { try await body(transaction) }
                await transaction.announce(access, isOwnChannel: channel == nil)
                try Task.checkCancellation()
            } catch {
                let failure = transaction.end().failure
                await connection.rollback()
                if Task.isCancelled { throw CancellationError() }
                if let failure, failure.isTransient { return .again(failure) }
                throw error
            }
            let (failure, signals, actions) = transaction.end()
            if let failure {
                await connection.rollback()
                if failure.isTransient { return .again(failure) }
                throw failure
            }
            do throws(DatabaseFailure) {
                try await connection.commit()
            } catch {
                // Whether a commit took effect when its connection broke is not known, so it is not tried again.
                if error.kind == .contention { return .again(error) }
                throw error
            }
            // Before the actions, so that nothing that follows from the commit is told before it.
            if !signals.isEmpty {
                if let channel { await channel.send(signals) } else { await connection.tell(signals) }
            }
            for action in actions { action() }
            return .done(value)
        }
    }

    private func waitForPermit() async throws {
        let acquired = await withThrowingTaskGroup(of: Bool.self) { group in
            group.addTask { [permits] in
                try await permits.acquire()
                return true
            }
            group.addTask { [waitLimit] in
                try await Task.sleep(for: waitLimit)
                return false
            }
            var acquired = false
            // The loser is cancelled; a permit that came at the same moment is taken all the same.
            while let result = await group.nextResult() {
                if case .success(true) = result { acquired = true }
                group.cancelAll()
            }
            return acquired
        }
        if acquired { return }
        try Task.checkCancellation()
        throw DatabaseFailure(.connection, "no connection came free within \(waitLimit)")
    }

    private func acquireUncancelled() async {
        // Awaited at once; it only shields the wait from cancellation.
        await Task { [permits] in try? await permits.acquire() }.value
    }
}

/// Tells the pools of one database from those of another.
package final class DatabaseIdentity: Sendable {
    package init() {}
}

/// Lets a pool notice a transaction opened within another, which would wait for itself.
final class TransactionScope: Sendable {
    @TaskLocal static var current: TransactionScope?

    let identity: DatabaseIdentity
    let isOpen = Mutex(true)

    init(_ identity: DatabaseIdentity) { self.identity = identity }
}

extension DatabaseFailure {
    /// The same transaction may succeed when run again from its start.
    var isTransient: Bool { kind == .contention || kind == .connection }
}
