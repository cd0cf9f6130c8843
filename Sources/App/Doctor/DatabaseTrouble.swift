import Database
import Failures

/// Why the database cannot be used and how to mend it, for whoever starts the program: that person may know paths and servers.
struct DatabaseTrouble: Failure {
    /// What the database said, in one line.
    let reason: String
    let remedy: String
    let underlying: (any Error)?
    var code: FailureCode { .unavailable }
    var message: String { "The database cannot be used: \(reason). \(remedy)" }

    /// nil for what no operator can mend: faults of ours, and what says itself how it is mended.
    init?(_ error: any Error, at location: DatabaseLocation) {
        let found = error as? DatabaseFailure ?? (error as? MigrationFailure)?.underlying as? DatabaseFailure
        guard let found, let remedy = Self.remedy(found, location) else { return nil }
        // libpq says a line for each address that it tried, and adds questions, which are indented.
        let lines = found.detail.split(whereSeparator: \.isNewline)
        let said = lines.filter { $0.first?.isWhitespace == false }.joined(separator: "; ")
        reason = found.kind == .damaged ? "its file is damaged: \(said)" : said
        self.remedy = remedy
        underlying = error
    }

    private static func remedy(_ failure: DatabaseFailure, _ location: DatabaseLocation) -> String? {
        switch (failure.kind, location) {
        case (.damaged, _): "Stop the program and put back a copy of the data folder."
        case (.full, .sqlite): "Make room on the disk of the data folder."
        case (.full, .postgres): "Make room on the disk of the database's server."
        case (.unsupported, .sqlite): "Install a newer SQLite."
        case (.unsupported, .postgres): "Name a newer server in LM_DATABASE_URL."
        case (.contention, .sqlite(let path)), (.timeout, .sqlite(let path)):
            "Another program holds \(path): wait for it, or end it."
        case (.contention, .postgres), (.timeout, .postgres): "The server is busy: try again."
        case (.connection, .sqlite(let path)), (.denied, .sqlite(let path)), (.readOnly, .sqlite(let path)):
            "Check that \(path) is a file and that you may write it and its folder."
        case (.readOnly, .postgres): "Name a server in LM_DATABASE_URL that takes writes: this one is a standby, or locked."
        case (.connection, .postgres) where failure.detail.contains("SSL was required"):
            "Turn TLS on at the database's server (ssl = on). Where the way to it is yours alone, add sslmode=disable to LM_DATABASE_URL."
        case (.connection, .postgres):
            "Check that the server runs (pg_isready), and the role, the password and the database in LM_DATABASE_URL."
        case (.denied, .postgres): "Name a role that owns the database in LM_DATABASE_URL."
        case (.unique, _), (.reference, _), (.constraint, _), (.text, _), (.cancelled, _), (.decoding, _), (.statement, _): nil
        }
    }
}
