package import Ambient
package import Signals

/// For whom a transaction acts. On PostgreSQL row-level security sees it, so a forgotten predicate leaks nothing.
package enum Actor: Sendable, Hashable {
    /// Sees the rows of this user, and those that a table's rules open to one of the roles.
    case user(UserID, roles: Set<String> = [])
    /// The program itself: jobs, sign-in, the relay. Sees all rows.
    case system
}

/// A database: SQLite in the data folder or PostgreSQL by URL. SQL is written once, in what the two share.
package protocol Database: Sendable {
    var dialect: Dialect { get }

    /// Runs `body` in one transaction: committed when it returns, rolled back when it throws.
    ///
    /// SQLite runs one at a time. PostgreSQL runs them side by side at READ COMMITTED: a decision that rests on rows read before needs
    /// `dialect.forUpdate` or a unique constraint. A statement that fails dooms the transaction on both, also if `body` catches the
    /// error. When the task is cancelled the statement in hand is stopped, all is rolled back and `CancellationError` is thrown.
    ///
    /// `body` may run again after a deadlock or a serialisation failure, so it has no effect outside the database; what is to happen
    /// once goes into `afterCommit`. Do not open a transaction within a transaction.
    @discardableResult
    func transaction<Value: Sendable>(
        as actor: Actor, _ body: @Sendable (any Transaction) async throws -> Value
    ) async throws -> Value

    /// The same for reading alone, on one snapshot: on SQLite it runs beside the writer.
    @discardableResult
    func read<Value: Sendable>(as actor: Actor, _ body: @Sendable (any Transaction) async throws -> Value) async throws -> Value

    /// What the signals of its transactions travel through: a channel that it brings itself, or the one that it was made with.
    var signals: any SignalChannel { get }

    /// How much of its connections is in use.
    var pools: [PoolUsage] { get }

    /// Throws if the database does not answer.
    func check() async throws

    /// Closes every connection after the transactions in hand.
    func close() async
}

extension Database {
    /// For those that lend no connections.
    package var pools: [PoolUsage] { [] }
}

/// An open transaction. It is valid only within the closure that got it.
package protocol Transaction: Sendable {
    var dialect: Dialect { get }

    /// All rows of a statement.
    func query(_ sql: SQL) async throws(DatabaseFailure) -> [Row]

    /// Runs a statement and returns how many rows it changed.
    @discardableResult
    func execute(_ sql: SQL) async throws(DatabaseFailure) -> Int

    /// Runs `action` once the transaction is committed, and never if it is not.
    func afterCommit(_ action: @escaping @Sendable () -> Void)

    /// Tells the other processes through the database's channel once the transaction is committed, and never if it is not; what is
    /// told of transactions that followed each other is heard in their order. A process that dies at that moment may leave it untold. Equal signals of one transaction are told once. A text of more than
    /// `Signal.maximumSize` dooms the transaction, as does a signal in one that only reads.
    func signal(_ signal: Signal)
}

extension Transaction {
    /// The first row, nil if there is none.
    package func first(_ sql: SQL) async throws(DatabaseFailure) -> Row? { try await query(sql).first }

    /// Lets the statements that follow take as long as they need: for what grows with all that somebody has, such as a migration or the
    /// end of an account. Where there is a limit of time it holds again from the next transaction on.
    package func withoutTimeLimit() async throws(DatabaseFailure) {
        // SQLite has none; its other writers wait for their turn, up to a limit of their own.
        if dialect == .postgres { try await execute("SET LOCAL statement_timeout = 0") }
    }
}
