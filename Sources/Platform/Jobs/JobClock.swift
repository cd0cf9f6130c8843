import Ambient
import Database
import FoundationEssentials

/// The time by which jobs fall due and leases run out: the database's own, since the processes that share one need not agree on theirs.
package enum JobClock: Sendable {
    /// PostgreSQL's, at the transaction's start. On SQLite all processes are on the machine of the file, and its clock is theirs.
    case database
    /// The process's, which a test may move.
    case process

    /// A moment some seconds from now, as an expression.
    func time(after seconds: TimeInterval = 0, _ ambient: Ambient, in dialect: Dialect) -> SQL {
        guard self == .database, dialect == .postgres else { return "\(ambient.now().addingTimeInterval(seconds))" }
        if seconds == 0 { return "now()" }
        return "now() + make_interval(secs => CAST(\(seconds) AS double precision))"
    }
}
