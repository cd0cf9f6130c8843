import CSQLite
import Manuscript

/// A database file of SQLite's in memory, read and never written.
final class TableFile {
    private let database: OpaquePointer
    /// How many were read.
    private var rows = 0

    /// Rows of all questions together: more than any collection has.
    private static let mostRows = 20_000_000

    /// One that is empty, to ask of what is bound.
    init() throws(ReadingFault) {
        var opened: OpaquePointer?
        guard sqlite3_open_v2(":memory:", &opened, SQLITE_OPEN_READWRITE, nil) == SQLITE_OK, let opened else {
            sqlite3_close_v2(opened)
            throw .tooLarge
        }
        database = opened
    }

    convenience init(_ bytes: [UInt8]) throws(ReadingFault) {
        guard bytes.starts(with: "SQLite format 3\0".utf8) else { throw .damaged }
        try self.init()
        // What is in the file is data: nothing of its schema may do more than be read.
        sqlite3_limit(database, SQLITE_LIMIT_LENGTH, 256 << 20)
        sqlite3_exec(database, "PRAGMA trusted_schema = OFF", nil, nil, nil)
        guard let copy = sqlite3_malloc64(sqlite3_uint64(bytes.count)) else { throw .tooLarge }
        bytes.withUnsafeBytes { copy.copyMemory(from: $0.baseAddress ?? UnsafeRawPointer(copy), byteCount: bytes.count) }
        // A log beside it, which it may say it has (WAL), memory has none of.
        if bytes.count > 19 { copy.storeBytes(of: 0x0101, toByteOffset: 18, as: UInt16.self) }
        let flags = UInt32(SQLITE_DESERIALIZE_FREEONCLOSE | SQLITE_DESERIALIZE_READONLY)
        let status = sqlite3_deserialize(
            database, "main", copy.assumingMemoryBound(to: UInt8.self), sqlite3_int64(bytes.count), sqlite3_int64(bytes.count),
            flags)
        guard status == SQLITE_OK else { throw .damaged }
        // Anki orders names by one of its own; nothing here is ordered by it.
        sqlite3_create_collation_v2(
            database, "unicase", SQLITE_UTF8, nil,
            { _, leftCount, left, rightCount, right in
                let a = UnsafeRawBufferPointer(start: left, count: Int(leftCount))
                let b = UnsafeRawBufferPointer(start: right, count: Int(rightCount))
                return a.lexicographicallyPrecedes(b) ? -1 : b.lexicographicallyPrecedes(a) ? 1 : 0
            }, nil)
    }

    deinit { sqlite3_close_v2(database) }

    func has(_ table: StaticString) throws(ReadingFault) -> Bool {
        var found = false
        try each("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = '\(table)'") { _ in found = true }
        return found
    }

    /// Calls back with each row of a question.
    ///
    /// - Parameter bound: a text that the question has a mark for.
    func each(_ sql: String, _ bound: [UInt8]? = nil, _ body: (TableRow) -> Void) throws(ReadingFault) {
        var statement: OpaquePointer?
        guard sqlite3_prepare_v2(database, sql, -1, &statement, nil) == SQLITE_OK, let statement else { throw .damaged }
        defer { sqlite3_finalize(statement) }
        if let bound {
            let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
            let status = bound.withUnsafeBytes {
                sqlite3_bind_text64(
                    statement, 1, $0.baseAddress?.assumingMemoryBound(to: CChar.self), sqlite3_uint64($0.count), copied,
                    UInt8(SQLITE_UTF8))
            }
            guard status == SQLITE_OK else { throw .damaged }
        }
        while true {
            switch sqlite3_step(statement) {
            case SQLITE_ROW:
                rows += 1
                guard rows <= Self.mostRows else { throw .tooLarge }
                body(TableRow(statement: statement))
            case SQLITE_DONE: return
            default: throw .damaged
            }
        }
    }
}

/// One row, valid until the next.
struct TableRow {
    fileprivate let statement: OpaquePointer

    func int(_ column: Int32) -> Int { Int(sqlite3_column_int64(statement, column)) }
    func text(_ column: Int32) -> String { String(decoding: bytes(column), as: UTF8.self) }

    func bytes(_ column: Int32) -> [UInt8] {
        guard let start = sqlite3_column_blob(statement, column) else { return [] }
        return Array(UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, column))))
    }
}
