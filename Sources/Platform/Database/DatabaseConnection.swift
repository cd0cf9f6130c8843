package import Concurrency
package import Signals

/// Whether a transaction may write.
package enum TransactionAccess: Sendable { case read, write }

/// What a statement gave: its rows, and how many rows it changed.
package struct StatementResult: Sendable {
    package var rows: [Row]
    package var changed: Int

    package init(rows: [Row], changed: Int) {
        self.rows = rows
        self.changed = changed
    }
}

/// An adapter's half of a transaction: one connection, owned by one actor on a thread of its own, which alone calls the C library.
///
/// `ConnectionPool` does the rest for all adapters alike: leasing, retrying, cancelling, what happens after the commit.
package protocol DatabaseConnection: _Concurrency.Actor {
    nonisolated var dialect: Dialect { get }
    nonisolated var executor: ThreadExecutor { get }

    /// Connects if need be and begins. After a failure nothing is open.
    func begin(_ access: TransactionAccess, as actor: Actor) throws(DatabaseFailure)
    func run(_ sql: SQL) -> Result<StatementResult, DatabaseFailure>
    /// After a failure other than `connection` nothing was committed, and nothing is open.
    func commit() throws(DatabaseFailure)
    /// Never fails: a connection that cannot roll back is dropped.
    func rollback()
    func close()
    /// For the channel that the database itself is: the statements that write signals with the transaction in hand; none where `tell`
    /// does all.
    nonisolated func announcement(of signals: [Signal]) -> [SQL]
    /// For the channel that the database itself is: tells other processes of signals, as far as they were not written with their
    /// transaction. See `SignalChannel.send`.
    func tell(_ signals: [Signal])
    /// Stops the statement in hand, from any thread and without blocking. Called only between the start and the end of `run`.
    nonisolated func interrupt()
}
