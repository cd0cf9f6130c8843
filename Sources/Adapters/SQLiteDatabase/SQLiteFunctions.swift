import CSQLite
import Database

/// The functions that SQLite lacks and the shared SQL uses.
enum SQLiteFunctions {
    /// `lm_folded(text)`: the text in lower case. SQLite's own `lower` knows ASCII alone.
    static func add(to handle: OpaquePointer) throws(DatabaseFailure) {
        let flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS
        let code = sqlite3_create_function_v2(
            handle, "lm_folded", 1, flags, nil,
            { context, _, arguments in
                guard let argument = arguments?[0], let text = sqlite3_value_text(argument) else {
                    return sqlite3_result_null(context)
                }
                let bytes = UnsafeBufferPointer(start: text, count: Int(sqlite3_value_bytes(argument)))
                let folded = Array(String(decoding: bytes, as: UTF8.self).lowercased().utf8)
                folded.withUnsafeBytes { raw in
                    sqlite3_result_text(
                        context, raw.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(clamping: raw.count), transient)
                }
            }, nil, nil, nil)
        if code != SQLITE_OK { throw SQLiteFailure.make(code, handle) }
    }
}

/// Tells SQLite to copy what it is given before the call returns.
private let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
