import Ambient
import Assembly
import Database
import FoundationEssentials
import Synchronization

/// A person's rows of the tables that travel, as lines of JSON: read in one snapshot, a piece at a time, so that never more than a piece of
/// them is in memory.
struct ArchivedRows: AsyncSequence, Sendable {
    /// A member of the archive: `rows/cards/000001.jsonl`.
    struct Piece: Sendable {
        let path: String
        let size: Int
    }

    /// A file that a row names.
    struct NamedFile: Sendable, Hashable {
        let store: String
        let sha256: String
    }

    /// What was read so far.
    final class Account: Sendable {
        private let state = Mutex<([Piece], Set<NamedFile>)>(([], []))

        var pieces: [Piece] { state.withLock(\.0) }
        var files: Set<NamedFile> { state.withLock(\.1) }

        func note(_ piece: Piece, _ files: Set<NamedFile>) {
            state.withLock {
                $0.0.append(piece)
                $0.1.formUnion(files)
            }
        }
    }

    /// Bytes after which a piece ends.
    private static let most = 2 << 20
    private static let page = 100

    let tables: [PortableTable]
    let user: UserID
    let transaction: any Transaction
    let account = Account()

    func makeAsyncIterator() -> AsyncIterator { AsyncIterator(rows: self) }

    struct AsyncIterator: AsyncIteratorProtocol {
        let rows: ArchivedRows
        private var table = 0
        private var number = 0
        /// Where the last page ended.
        private var last: [SQLValue]?
        private var isAtEnd = false

        init(rows: ArchivedRows) { self.rows = rows }

        mutating func next() async throws -> [UInt8]? {
            while table < rows.tables.count {
                let current = rows.tables[table]
                var (piece, files): ([UInt8], Set<NamedFile>) = ([], [])
                while !isAtEnd, piece.count < most {
                    for row in try await nextPage(of: current) { piece += try line(of: row, current, &files) }
                }
                if !piece.isEmpty {
                    number += 1
                    let digits = String(1_000_000 + number).dropFirst()
                    let path = "rows/\(current.name)/\(digits).jsonl"
                    rows.account.note(Piece(path: path, size: piece.count), files)
                    return piece
                }
                table += 1
                (number, last, isAtEnd) = (0, nil, false)
            }
            return nil
        }

        private mutating func nextPage(of table: PortableTable) async throws -> [Row] {
            var sql: SQL = "SELECT \(unsafe: table.travelling.map(\.name).joined(separator: ", ")) FROM \(unsafe: table.name)"
            sql += " WHERE user_id = \(rows.user)" as SQL
            let key = table.key.joined(separator: ", ")
            if let last {
                sql += " AND (\(unsafe: key)) \(unsafe: table.isNewestFirst ? "<" : ">") (" as SQL
                sql += last.map { "\($0)" as SQL }.joined(separator: ", ") + ")"
            }
            if !key.isEmpty {
                let order = table.key.map { table.isNewestFirst ? $0 + " DESC" : $0 }.joined(separator: ", ")
                sql += " ORDER BY \(unsafe: order) LIMIT \(page)" as SQL
            }
            let found = try await rows.transaction.query(sql)
            isAtEnd = key.isEmpty || found.count < page
            if let row = found.last { last = try table.key.map { try row.get($0) } }
            return found
        }

        private func line(of row: Row, _ table: PortableTable, _ files: inout Set<NamedFile>) throws -> [UInt8] {
            var fields: [String: ArchivedValue] = [:]
            for column in table.travelling {
                let value: SQLValue = try row.get(column.name)
                fields[column.name] = try ArchivedValue(value, as: column.form)
                if case .file(let store) = column.form, case .text(let digest) = value, digest.utf8.count == 64 {
                    files.insert(NamedFile(store: store, sha256: digest))
                }
            }
            return Array(try JSONColumn.text(fields).utf8) + [10]
        }
    }
}

extension PortableTable {
    /// The columns that stand in an archive.
    var travelling: [Column] {
        columns.filter { if case .fixed = $0.form { false } else { true } }
    }
}
