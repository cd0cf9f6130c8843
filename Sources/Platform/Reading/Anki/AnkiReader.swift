import Manuscript

/// Reads a package of Anki's a part at a time, so that who asks need not hold all of it.
///
/// What is wanted: nothing, and it prints an ``AnkiCollection``; `notes ID`, and it prints the ``AnkiNote``s after the one of that id, each
/// on a line; `media INDEX`, and it prints pictures and sounds from there on as ``AnkiMedia`` reads them. What comes after nothing is the end.
enum AnkiReader {
    private static let mostNotes = 2_000
    /// Bytes after which a part ends.
    private static let part = 24 << 20
    /// Bytes of one picture or sound.
    private static let mostOfOne = 64 << 20

    static func read(_ bytes: [UInt8], wanted: String) throws(ReadingFault) -> [UInt8] {
        let file = try AnkiFile(bytes)
        let words = wanted.split(separator: " ")
        let start = words.last.flatMap { Int($0) }
        switch words.first {
        case "notes": return try notes(of: try file.collection(), after: start ?? .min)
        case "media": return try media(of: file, from: max(0, start ?? 0))
        default: return AnkiWriter.json(try head(of: file))
        }
    }

    // MARK: - Head

    private static func head(of file: AnkiFile) throws(ReadingFault) -> AnkiCollection {
        let tables = try file.collection()
        var collection = AnkiCollection()
        if try tables.has("notetypes") {
            try readTables(tables, &collection)
        } else {
            try readColumns(tables, &collection)
        }
        try tables.each("SELECT crt FROM col LIMIT 1") { collection.began = $0.int(0) }
        try tables.each("SELECT count(*) FROM notes") { collection.notes = $0.int(0) }
        collection.media = try file.media().count
        return collection
    }

    /// Schema 18: tables with messages in them.
    private static func readTables(_ tables: TableFile, _ collection: inout AnkiCollection) throws(ReadingFault) {
        try tables.each("SELECT id, name FROM decks") {
            collection.decks.append(.init(id: $0.int(0), name: $0.text(1).replacing("\u{1F}", with: "::")))
        }
        var types: [Int: AnkiCollection.NoteType] = [:]
        try tables.each("SELECT id, name, config FROM notetypes") { row in
            let message = WireMessage(row.bytes(2)[...])
            types[row.int(0)] = .init(
                id: row.int(0), name: row.text(1), isCloze: message?.numbers[1] == 1, styles: message?.text(3) ?? "", fields: [],
                templates: [])
        }
        try tables.each("SELECT ntid, name FROM fields ORDER BY ntid, ord") { types[$0.int(0)]?.fields.append($0.text(1)) }
        try tables.each("SELECT ntid, name, config FROM templates ORDER BY ntid, ord") { row in
            let message = WireMessage(row.bytes(2)[...])
            types[row.int(0)]?.templates.append(
                .init(name: row.text(1), question: message?.text(1) ?? "", answer: message?.text(2) ?? ""))
        }
        collection.types = types.values.sorted { $0.id < $1.id }
    }

    /// Schema 11: JSON in the columns of one row.
    private static func readColumns(_ tables: TableFile, _ collection: inout AnkiCollection) throws(ReadingFault) {
        try tables.each("SELECT d.key, json_extract(d.value, '$.name') FROM col, json_each(col.decks) d") {
            collection.decks.append(.init(id: $0.int(0), name: $0.text(1)))
        }
        var types: [Int: AnkiCollection.NoteType] = [:]
        try tables.each(
            """
            SELECT m.key, json_extract(m.value, '$.name'), json_extract(m.value, '$.type'), json_extract(m.value, '$.css')
            FROM col, json_each(col.models) m
            """
        ) { row in
            types[row.int(0)] = .init(
                id: row.int(0), name: row.text(1), isCloze: row.int(2) == 1, styles: row.text(3), fields: [], templates: [])
        }
        try tables.each(
            """
            SELECT m.key, json_extract(f.value, '$.name') FROM col, json_each(col.models) m, json_each(m.value, '$.flds') f
            ORDER BY m.key, json_extract(f.value, '$.ord')
            """
        ) { types[$0.int(0)]?.fields.append($0.text(1)) }
        try tables.each(
            """
            SELECT m.key, json_extract(t.value, '$.name'), json_extract(t.value, '$.qfmt'), json_extract(t.value, '$.afmt')
            FROM col, json_each(col.models) m, json_each(m.value, '$.tmpls') t ORDER BY m.key, json_extract(t.value, '$.ord')
            """
        ) { types[$0.int(0)]?.templates.append(.init(name: $0.text(1), question: $0.text(2), answer: $0.text(3))) }
        collection.types = types.values.sorted { $0.id < $1.id }
    }

    // MARK: - Notes

    private static func notes(of tables: TableFile, after start: Int) throws(ReadingFault) -> [UInt8] {
        var (notes, places, bytes) = ([AnkiNote](), [Int: Int](), 0)
        try tables.each(
            "SELECT id, guid, mid, tags, flds FROM notes WHERE id > \(start) ORDER BY id LIMIT \(mostNotes)"
        ) { row in
            guard bytes < part else { return }
            let fields = row.text(4)
            bytes += fields.utf8.count
            places[row.int(0)] = notes.count
            notes.append(
                AnkiNote(
                    id: row.int(0), guid: row.text(1), type: row.int(2),
                    fields: fields.split(separator: "\u{1F}", omittingEmptySubsequences: false).map(String.init),
                    tags: row.text(3).split(separator: " ").map(String.init)))
        }
        guard let last = notes.last?.id else { return [] }
        let reviews = try reviews(of: tables, after: start, upTo: last)
        try tables.each(
            """
            SELECT id, nid, ord, CASE WHEN odid <> 0 THEN odid ELSE did END, type, queue, CASE WHEN odue <> 0 THEN odue ELSE due END,
                ivl, factor, reps, lapses, data FROM cards WHERE nid > \(start) AND nid <= \(last) ORDER BY nid, ord
            """
        ) { row in
            guard let place = places[row.int(1)] else { return }
            notes[place].cards.append(
                AnkiCard(
                    id: row.int(0), ordinal: row.int(2), deck: row.int(3), kind: row.int(4), queue: row.int(5), due: row.int(6),
                    interval: row.int(7), ease: row.int(8), reps: row.int(9), lapses: row.int(10), data: row.text(11),
                    reviews: reviews[row.int(0)] ?? []))
        }
        var out: [UInt8] = []
        for note in notes { out += AnkiWriter.json(note) + [10] }
        return out
    }

    private static func reviews(
        of tables: TableFile, after start: Int, upTo last: Int
    ) throws(ReadingFault) -> [Int: [AnkiReview]] {
        var reviews: [Int: [AnkiReview]] = [:]
        // What was rescheduled by hand was not answered.
        try tables.each(
            """
            SELECT cid, id, ease, type, time FROM revlog WHERE ease BETWEEN 1 AND 4 AND type BETWEEN 0 AND 3
              AND cid IN (SELECT id FROM cards WHERE nid > \(start) AND nid <= \(last)) ORDER BY cid, id
            """
        ) { row in
            reviews[row.int(0), default: []].append(
                AnkiReview(time: row.int(1), grade: row.int(2), kind: row.int(3), durationMs: row.int(4)))
        }
        return reviews
    }

    // MARK: - Pictures and sounds

    /// Line by line: the number, how many bytes the name has, how many the content, both after it. The content of what cannot be read has
    /// -1 bytes.
    private static func media(of file: AnkiFile, from start: Int) throws(ReadingFault) -> [UInt8] {
        var out: [UInt8] = []
        for (index, medium) in try file.media().enumerated().dropFirst(start) where out.count < part {
            let name = Array(medium.name.utf8.prefix(1000))
            let content = file.content(medium, most: mostOfOne)
            out += "\(index) \(name.count) \(content?.count ?? -1)\n".utf8
            out += name
            out += content ?? []
        }
        return out
    }
}
