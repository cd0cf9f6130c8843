/// What a database changed, as the database itself writes it down: of SQLite its write-ahead log.
package protocol ChangeLog: Sendable {
    /// Begins at what is committed now.
    func begin() async throws

    /// What was committed since the last call; nil if nothing was. Throws `ChangeLogBroken` where something was missed.
    func take() async throws -> LoggedChanges?

    func close() async
}

/// Something was committed that the log does not show: a copy of the whole database has to be made.
package struct ChangeLogBroken: Error {
    package init() {}
}
