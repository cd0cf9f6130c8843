import Ambient
import Database
import FoundationEssentials

/// How long an answer belongs to the process that writes it. The database's clock says so on PostgreSQL, since processes on several
/// machines need not agree on theirs; those that share an SQLite file share its machine's.
struct AnswerLease: Sendable {
    let length: Duration
    let ambient: Ambient

    func now(in dialect: Dialect) -> SQL { dialect == .postgres ? "now()" : "\(ambient.now())" }

    func end(in dialect: Dialect) -> SQL {
        let seconds = length / .seconds(1)
        return dialect == .postgres
            ? "now() + make_interval(secs => CAST(\(seconds) AS double precision))"
            : "\(ambient.now().addingTimeInterval(seconds))"
    }
}
