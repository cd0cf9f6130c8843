import CSQLite
import Database

/// A handle apart from those of the pools, for work on the file as a whole.
enum SQLiteHandle {
    static func open(_ path: String, flags: Int32) throws(DatabaseFailure) -> OpaquePointer {
        var opened: OpaquePointer?
        let code = sqlite3_open_v2(path, &opened, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nil)
        guard code == SQLITE_OK, let opened else {
            defer { sqlite3_close_v2(opened) }
            throw SQLiteFailure.make(code, opened)
        }
        do throws(DatabaseFailure) {
            try SQLiteFunctions.add(to: opened)
        } catch {
            sqlite3_close_v2(opened)
            throw error
        }
        sqlite3_busy_timeout(opened, 5000)
        return opened
    }

    static func execute(_ text: String, on handle: OpaquePointer?) throws(DatabaseFailure) {
        let code = sqlite3_exec(handle, text, nil, nil, nil)
        if code != SQLITE_OK { throw SQLiteFailure.make(code, handle) }
    }

    static func rows(_ text: String, on handle: OpaquePointer?) throws(DatabaseFailure) -> [Row] {
        guard let handle else { throw DatabaseFailure(.connection, "not connected") }
        let statement = try SQLiteStatement(text, on: handle)
        defer { statement.finalize() }
        return try statement.run([]).rows
    }

    /// How many rows each table has; of full-text indexes those of the tables that they are kept in.
    static func rowCounts(on handle: OpaquePointer?) throws(DatabaseFailure) -> [String: Int] {
        let tables = try rows(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'",
            on: handle)
        var counts: [String: Int] = [:]
        for row in tables {
            let name = try row.get("name", as: String.self)
            let quoted = name.replacing("\"", with: "\"\"")
            counts[name] = try rows("SELECT count(*) AS n FROM \"\(quoted)\"", on: handle).first?.get("n") ?? 0
        }
        return counts
    }
}
