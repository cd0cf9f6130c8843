import CSQLite
import Database

/// A prepared statement; lives within its connection's actor.
final class SQLiteStatement {
    private let statement: OpaquePointer
    private let handle: OpaquePointer
    private var columns: [String: Int] = [:]
    private var columnCount: Int32 = -1

    init(_ text: String, on handle: OpaquePointer) throws(DatabaseFailure) {
        var statement: OpaquePointer?
        let code = sqlite3_prepare_v3(handle, text, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &statement, nil)
        guard code == SQLITE_OK, let statement else { throw SQLiteFailure.make(code, handle) }
        self.statement = statement
        self.handle = handle
    }

    func finalize() { sqlite3_finalize(statement) }

    func run(_ values: [SQLValue]) throws(DatabaseFailure) -> StatementResult {
        defer {
            sqlite3_reset(statement)
            sqlite3_clear_bindings(statement)
        }
        for (index, value) in values.enumerated() {
            let code = bind(value, at: Int32(index + 1))
            if code != SQLITE_OK { throw SQLiteFailure.make(code, handle) }
        }
        var rows: [Row] = []
        while true {
            switch sqlite3_step(statement) {
            case SQLITE_ROW:
                let count = sqlite3_data_count(statement)
                if count != columnCount { describe(count) }
                rows.append(Row(columns: columns, values: (0..<count).map { value(at: $0) }))
            case SQLITE_DONE:
                let changed = sqlite3_stmt_readonly(statement) != 0 ? 0 : Int(sqlite3_changes64(handle))
                return StatementResult(rows: rows, changed: changed)
            case let code: throw SQLiteFailure.make(code, handle)
            }
        }
    }

    private func describe(_ count: Int32) {
        columnCount = count
        columns = [:]
        for index in 0..<count {
            guard let name = sqlite3_column_name(statement, index) else { continue }
            let text = String(cString: name)
            if columns[text] == nil { columns[text] = Int(index) }
        }
    }

    private func bind(_ value: SQLValue, at index: Int32) -> Int32 {
        // SQLite copies the bytes before the call returns.
        let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
        switch value {
        case .null: return sqlite3_bind_null(statement, index)
        case .integer(let number): return sqlite3_bind_int64(statement, index, number)
        case .real(let number): return sqlite3_bind_double(statement, index, number)
        case .boolean(let flag): return sqlite3_bind_int64(statement, index, flag ? 1 : 0)
        case .text(var text):
            return text.withUTF8 { bytes in
                guard let base = bytes.baseAddress else { return sqlite3_bind_text(statement, index, "", 0, transient) }
                return base.withMemoryRebound(to: CChar.self, capacity: bytes.count) {
                    sqlite3_bind_text64(statement, index, $0, UInt64(bytes.count), transient, UInt8(SQLITE_UTF8))
                }
            }
        case .blob(let bytes):
            return bytes.withUnsafeBytes { buffer in
                guard let base = buffer.baseAddress, !buffer.isEmpty else { return sqlite3_bind_zeroblob(statement, index, 0) }
                return sqlite3_bind_blob64(statement, index, base, UInt64(buffer.count), transient)
            }
        }
    }

    private func value(at index: Int32) -> SQLValue {
        switch sqlite3_column_type(statement, index) {
        case SQLITE_INTEGER: return .integer(sqlite3_column_int64(statement, index))
        case SQLITE_FLOAT: return .real(sqlite3_column_double(statement, index))
        case SQLITE_TEXT:
            let start = UnsafeRawPointer(sqlite3_column_text(statement, index))
            let count = Int(sqlite3_column_bytes(statement, index))
            return .text(String(decoding: UnsafeRawBufferPointer(start: start, count: count), as: UTF8.self))
        case SQLITE_BLOB:
            let start = sqlite3_column_blob(statement, index)
            let count = Int(sqlite3_column_bytes(statement, index))
            return .blob([UInt8](UnsafeRawBufferPointer(start: start, count: count)))
        default: return .null
        }
    }
}
