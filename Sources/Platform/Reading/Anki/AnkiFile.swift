import Manuscript

/// A package of Anki's, of one deck (`.apkg`) or of all (`.colpkg`): the form of today (Zstandard, schema 18) and the two before.
struct AnkiFile {
    /// Bytes that a collection may unpack to.
    private static let most = 512 << 20

    private let archive: Archive
    /// Whether what is in it is packed once more.
    private let isPacked: Bool

    init(_ bytes: [UInt8]) throws(ReadingFault) {
        archive = try Archive(bytes)
        isPacked = archive.contains("collection.anki21b")
    }

    func collection() throws(ReadingFault) -> TableFile {
        if isPacked, let packed = try archive.content("collection.anki21b") {
            return try TableFile(try Zstandard.unpack(packed, most: Self.most))
        }
        for name in ["collection.anki21", "collection.anki2"] where archive.contains(name) {
            if let plain = try archive.content(name) { return try TableFile(plain) }
        }
        throw .damaged
    }

    /// A picture or sound: its name, and what its member is called.
    struct Medium {
        var name: String
        var member: String
    }

    /// In their order; none where the list is missing.
    func media() throws(ReadingFault) -> [Medium] {
        guard archive.contains("media"), let list = try archive.content("media") else { return [] }
        if !isPacked { return try Self.plainMedia(list) }
        guard let message = WireMessage(try Zstandard.unpack(list, most: Self.most)[...]) else { throw .damaged }
        return (message.parts[1] ?? []).enumerated().compactMap { index, bytes in
            guard let entry = WireMessage(bytes), let name = entry.text(1) else { return nil }
            return Medium(name: name, member: entry.numbers[255].map { "\($0)" } ?? "\(index)")
        }
    }

    /// nil if it is not there, or more than `most` bytes.
    func content(_ medium: Medium, most: Int) -> [UInt8]? {
        guard archive.contains(medium.member), let found = try? archive.content(medium.member) else { return nil }
        let content = isPacked ? try? Zstandard.unpack(found, most: most) : found
        return content.flatMap { $0.count <= most ? $0 : nil }
    }

    /// `{"0": "heart.png"}`.
    private static func plainMedia(_ list: [UInt8]) throws(ReadingFault) -> [Medium] {
        var media: [Medium] = []
        try TableFile().each("SELECT key, value FROM json_each(?)", list) { row in
            media.append(Medium(name: row.text(1), member: row.text(0)))
        }
        return media.sorted { (Int($0.member) ?? 0, $0.member) < (Int($1.member) ?? 0, $1.member) }
    }
}
