package import Signals
import Synchronization

/// The transaction that a body of code holds: it counts failures, refuses use after its end, and keeps what is to run after the commit.
package final class OpenTransaction<Connection: DatabaseConnection>: Transaction {
    private struct State {
        var isOpen = true
        var failure: DatabaseFailure?
        var actions: [@Sendable () -> Void] = []
        var signals: [Signal] = []
    }

    package let dialect: Dialect
    private let connection: Connection
    private let state = Mutex(State())

    init(_ connection: Connection) {
        self.connection = connection
        dialect = connection.dialect
    }

    package func query(_ sql: SQL) async throws(DatabaseFailure) -> [Row] { try await run(sql).rows }

    @discardableResult
    package func execute(_ sql: SQL) async throws(DatabaseFailure) -> Int { try await run(sql).changed }

    package func afterCommit(_ action: @escaping @Sendable () -> Void) { state.withLock { $0.actions.append(action) } }

    package func signal(_ signal: Signal) {
        state.withLock { state in
            if signal.text.utf8.count > Signal.maximumSize, state.failure == nil {
                state.failure = DatabaseFailure(.statement, "a signal of \(signal.text.utf8.count) bytes")
            }
            if state.isOpen, !state.signals.contains(signal) { state.signals.append(signal) }
        }
    }

    /// Adds the signals to the transaction, as its last statements, where they are written with it.
    ///
    /// - Parameter isOwnChannel: whether they travel through the database itself.
    func announce(_ access: TransactionAccess, isOwnChannel: Bool) async {
        let signals = state.withLock { state in state.failure == nil ? state.signals : [] }
        if signals.isEmpty { return }
        guard access == .write else {
            return state.withLock { $0.failure = DatabaseFailure(.statement, "a signal in a transaction that only reads") }
        }
        guard isOwnChannel else { return }
        for statement in connection.announcement(of: signals) {
            // A failure is kept with the transaction, whose end looks at it.
            do throws(DatabaseFailure) { _ = try await run(statement) } catch { return }
        }
    }

    /// Ends the transaction for its holder; returns the failure that doomed it, and what is to be told and to run after the commit.
    func end() -> (failure: DatabaseFailure?, signals: [Signal], actions: [@Sendable () -> Void]) {
        state.withLock { state in
            state.isOpen = false
            defer { state.actions = [] }
            return (state.failure, state.signals, state.actions)
        }
    }

    private func run(_ sql: SQL) async throws(DatabaseFailure) -> StatementResult {
        if let refusal = state.withLock({ $0.isOpen ? $0.failure : DatabaseFailure(.statement, "the transaction has ended") }) {
            throw refusal
        }
        let result: Result<StatementResult, DatabaseFailure>
        if Task.isCancelled {
            result = .failure(DatabaseFailure(.cancelled, "the task was cancelled"))
        } else {
            result = await withTaskCancellationHandler {
                await connection.run(sql)
            } onCancel: {
                connection.interrupt()
            }
        }
        switch result {
        case .success(let result): return result
        case .failure(var failure):
            // A server says the same for its own time limit and for our interrupt.
            if failure.kind == .timeout, Task.isCancelled { failure = DatabaseFailure(.cancelled, failure.detail) }
            state.withLock { if $0.failure == nil { $0.failure = failure } }
            throw failure
        }
    }
}
