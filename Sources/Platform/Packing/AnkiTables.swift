import CSQLite
import FoundationEssentials
package import Manuscript

/// A collection of Anki's of the form that all its versions read (schema 11), written in memory.
///
/// It blocks, and belongs to one thread at a time.
// Sendable by hand: whoever makes one hands it on whole, and it is never used by two at once.
package final class AnkiTables: @unchecked Sendable {
    private let database: OpaquePointer
    private var statements: [StaticString.ID: OpaquePointer] = [:]
    /// Seconds since 1970.
    private let now: Int
    private let began: Int
    private let minutesWest: Int
    /// By times that are taken, one after them that may be free.
    private var later: [Int: Int] = [:]

    /// - Parameters:
    ///   - began: the day from which days are counted, in seconds since 1970.
    ///   - minutesWest: of the student's clock from UTC.
    ///   - now: seconds since 1970.
    package init(began: Int, minutesWest: Int, now: Int) throws(PackingFailure) {
        var opened: OpaquePointer?
        let status = sqlite3_open_v2(":memory:", &opened, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nil)
        guard status == SQLITE_OK, let opened else {
            sqlite3_close_v2(opened)
            throw PackingFailure(reason: "open: \(status)")
        }
        database = opened
        (self.began, self.minutesWest, self.now) = (began, minutesWest, now)
        try execute(Self.schema)
        try execute("BEGIN")
    }

    deinit {
        for statement in statements.values { sqlite3_finalize(statement) }
        sqlite3_close_v2(database)
    }

    /// A note without its cards.
    package func add(_ note: AnkiNote) throws(PackingFailure) {
        let tags = note.tags.isEmpty ? "" : " " + note.tags.joined(separator: " ") + " "
        try insert(
            "INSERT INTO notes VALUES (?, ?, ?, ?, -1, ?, ?, ?, 0, 0, '')",
            [
                .int(note.id), .text(note.guid), .int(note.type), .int(now), .text(tags),
                .text(note.fields.joined(separator: "\u{1F}")), .text(note.fields.first ?? ""),
            ])
    }

    /// A card of a note that is there, with the answers that were given to it.
    package func add(_ card: AnkiCard, of note: Int) throws(PackingFailure) {
        // Steps of learning that are left; what it does not say is one.
        let left = card.kind == 1 || card.kind == 3 ? 1001 : 0
        try insert(
            "INSERT INTO cards VALUES (?, ?, ?, ?, ?, -1, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, 0, ?)",
            [
                .int(card.id), .int(note), .int(card.deck), .int(card.ordinal), .int(now), .int(card.kind), .int(card.queue),
                .int(card.due), .int(card.interval), .int(card.ease), .int(card.reps), .int(card.lapses), .int(left),
                .text(card.data),
            ])
        for review in card.reviews {
            // The time of an answer is its key: of two at one moment the second is put a thousandth later.
            let time = freeTime(from: review.time)
            try insert(
                "INSERT INTO revlog VALUES (?, ?, -1, ?, ?, 0, ?, ?, ?)",
                [
                    .int(time), .int(card.id), .int(review.grade), .int(card.interval), .int(card.ease), .int(review.durationMs),
                    .int(review.kind),
                ])
        }
    }

    /// The first time that no answer has yet. What was passed leads on from now on, so that many of one time cost no more than others.
    private func freeTime(from start: Int) -> Int {
        var (time, passed) = (start, [Int]())
        while let next = later[time] {
            passed.append(time)
            time = next
        }
        later[time] = time + 1
        for each in passed { later[each] = time + 1 }
        return time
    }

    /// The database's bytes.
    package func finish(decks: [AnkiCollection.Deck], types: [AnkiCollection.NoteType]) throws -> [UInt8] {
        let decks = Dictionary(
            ([.init(id: 1, name: "Default")] + decks).map { ("\($0.id)", AnkiDeckEntry($0, at: now)) }, uniquingKeysWith: { $1 })
        let types = Dictionary(types.map { ("\($0.id)", AnkiTypeEntry($0, at: now)) }, uniquingKeysWith: { $1 })
        try insert(
            "INSERT INTO col VALUES (1, ?, ?, ?, 11, 0, 0, 0, ?, ?, ?, ?, '{}')",
            [
                .int(began), .int(now * 1000), .int(now * 1000), .text(Self.settings(minutesWest: minutesWest)),
                .text(try Self.json(types)), .text(try Self.json(decks)), .text(Self.deckSettings),
            ])
        try execute("COMMIT")
        var size: sqlite3_int64 = 0
        guard let copy = sqlite3_serialize(database, "main", &size, 0) else { throw PackingFailure(reason: "serialize") }
        defer { sqlite3_free(copy) }
        return Array(UnsafeBufferPointer(start: copy, count: Int(size)))
    }

    // MARK: - SQLite

    private enum Value {
        case int(Int)
        case text(String)
    }

    private func execute(_ sql: String) throws(PackingFailure) {
        guard sqlite3_exec(database, sql, nil, nil, nil) == SQLITE_OK else { throw failure() }
    }

    private func insert(_ sql: StaticString, _ values: [Value]) throws(PackingFailure) {
        let statement = try prepared(sql)
        defer { sqlite3_reset(statement) }
        let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
        for (index, value) in values.enumerated() {
            let status =
                switch value {
                case .int(let number): sqlite3_bind_int64(statement, Int32(index + 1), sqlite3_int64(number))
                case .text(let text): sqlite3_bind_text(statement, Int32(index + 1), text, Int32(clamping: text.utf8.count), copied)
                }
            guard status == SQLITE_OK else { throw failure() }
        }
        guard sqlite3_step(statement) == SQLITE_DONE else { throw failure() }
    }

    private func prepared(_ sql: StaticString) throws(PackingFailure) -> OpaquePointer {
        if let known = statements[sql.id] { return known }
        var statement: OpaquePointer?
        guard sqlite3_prepare_v2(database, "\(sql)", -1, &statement, nil) == SQLITE_OK, let statement else { throw failure() }
        statements[sql.id] = statement
        return statement
    }

    private func failure() -> PackingFailure { PackingFailure(reason: String(cString: sqlite3_errmsg(database))) }
}

extension StaticString {
    fileprivate typealias ID = UnsafePointer<UInt8>
    /// Where it lies in the program.
    fileprivate var id: ID { utf8Start }
}
