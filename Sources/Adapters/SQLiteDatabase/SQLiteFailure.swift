import CSQLite
import Database

/// Result codes (https://www.sqlite.org/rescode.html) in the terms of the port.
enum SQLiteFailure {
    static func make(_ code: Int32, _ handle: OpaquePointer?) -> DatabaseFailure {
        let said = handle.flatMap { sqlite3_errmsg($0) } ?? sqlite3_errstr(code)
        let text = said.map { String(cString: $0) } ?? "no message"
        return DatabaseFailure(kind(code), "\(text) (SQLite \(code))")
    }

    /// The low byte is the primary code, the rest says more.
    private static func kind(_ code: Int32) -> DatabaseFailure.Kind {
        let unique: [Int32] = [2067, 1555, 2579]  // SQLITE_CONSTRAINT_UNIQUE, _PRIMARYKEY, _ROWID: macros that Swift cannot see
        if unique.contains(code) { return .unique }
        switch code & 0xFF {
        case SQLITE_CONSTRAINT: return .constraint
        case SQLITE_BUSY, SQLITE_LOCKED: return .contention
        case SQLITE_FULL: return .full
        case SQLITE_INTERRUPT: return .cancelled
        case SQLITE_AUTH, SQLITE_PERM: return .denied
        case SQLITE_NOTADB, SQLITE_CORRUPT: return .damaged
        case SQLITE_CANTOPEN, SQLITE_IOERR: return .connection
        default: return .statement
        }
    }
}
