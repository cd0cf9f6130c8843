package import FoundationEssentials

/// One back-up, in short: what a list of them shows. What is in it stands in its contents.
package struct BackupSnapshot: Codable, Sendable {
    /// Sorts by time: `20261130T201530Z-1f9c2a`.
    package var id: String
    /// The moment that it shows.
    package var madeAt: Date
    package var finishedAt: Date
    /// The version of the program that made it.
    package var program: String
    package var database: BackupDatabaseForm
    /// Bytes of the database and of files.
    package var size: Int
    /// Bytes that this one added to what was there.
    package var added: Int
    package var files: Int
    package var rows: Int
    /// Whether the keys and the settings file of the data folder are in it.
    package var hasKeys: Bool
    /// Where the log of changes goes on from it, if one was kept.
    package var log: LogPosition?
    /// The pieces of its contents, as digests.
    package var contents: [String]

    /// A place in the log of changes: all parts up to `number` of that generation are older than the back-up.
    package struct LogPosition: Codable, Sendable, Hashable {
        package var generation: String
        package var number: Int

        package init(generation: String, number: Int) { (self.generation, self.number) = (generation, number) }
    }

    enum CodingKeys: String, CodingKey {
        case id, program, database, size, added, files, rows, log, contents
        case madeAt = "made_at"
        case finishedAt = "finished_at"
        case hasKeys = "has_keys"
    }
}

/// What a database's copy is.
package enum BackupDatabaseForm: String, Codable, Sendable {
    /// SQLite's file.
    case sqlite
    /// An archive of `pg_dump`, to be read by `pg_restore`.
    case postgres
}

/// All that is in a back-up.
struct BackupContents: Codable, Sendable {
    /// The database's copy, or a file: its digest, and its pieces where there are several.
    struct Item: Codable, Sendable, Hashable {
        var sha256: String
        var size: Int
        var pieces: [String]?

        var allPieces: [String] { pieces ?? (size == 0 ? [] : [sha256]) }
    }

    var database: Item
    /// How many rows each table had at that moment.
    var rows: [String: Int]
    /// By the folder of the data folder that they lie in: `blobs`.
    var files: [String: [Item]]
    /// By their names in the data folder: `sealing.key`.
    var keys: [String: Item]

    var items: [Item] { [database] + files.values.flatMap(\.self) + Array(keys.values) }
}
