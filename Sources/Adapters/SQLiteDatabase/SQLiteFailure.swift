import CSQLite
import Database
import Glibc

/// Result codes (https://www.sqlite.org/rescode.html) in the terms of the port.
enum SQLiteFailure {
    static func make(_ code: Int32, _ handle: OpaquePointer?) -> DatabaseFailure {
        let said = handle.flatMap { sqlite3_errmsg($0) } ?? sqlite3_errstr(code)
        let text = said.map { String(cString: $0) } ?? "no message"
        let isWritable = handle.map { sqlite3_db_readonly($0, "main") } != 1
        let kind = kind(code, systemError: handle.map { sqlite3_system_errno($0) } ?? 0, isWritable: isWritable)
        return DatabaseFailure(kind, "\(text) (SQLite \(code))")
    }

    /// - Parameters:
    ///   - code: its low byte is the primary code, the rest says more.
    ///   - systemError: `errno` of the system call that failed last; meant where the code speaks of files.
    ///   - isWritable: whether the file was opened to be written. If it was, what is refused is writing in a transaction that reads.
    static func kind(_ code: Int32, systemError: Int32, isWritable: Bool) -> DatabaseFailure.Kind {
        let unique: [Int32] = [2067, 1555, 2579]  // SQLITE_CONSTRAINT_UNIQUE, _PRIMARYKEY, _ROWID: macros that Swift cannot see
        if unique.contains(code) { return .unique }
        if code == 787 { return .reference }  // SQLITE_CONSTRAINT_FOREIGNKEY
        switch code & 0xFF {
        case SQLITE_CONSTRAINT: return .constraint
        case SQLITE_BUSY, SQLITE_LOCKED: return .contention
        case SQLITE_FULL: return .full
        case SQLITE_READONLY: return code == SQLITE_READONLY && isWritable ? .statement : .readOnly
        case SQLITE_INTERRUPT: return .cancelled
        case SQLITE_AUTH, SQLITE_PERM: return .denied
        case SQLITE_NOTADB, SQLITE_CORRUPT: return .damaged
        case SQLITE_CANTOPEN, SQLITE_IOERR: return kind(ofSystemError: systemError)
        default: return .statement
        }
    }

    /// Of a system call on the database's file.
    static func kind(ofSystemError number: Int32) -> DatabaseFailure.Kind {
        switch number {
        case ENOSPC, EDQUOT: .full
        case EROFS, EACCES, EPERM: .readOnly
        default: .connection
        }
    }
}
