import Ambient
import FoundationEssentials
import Manuscript
import Packing
import Spacing

/// Makes a collection of Anki's of a deck. What came from Anki goes back as it came, by its own note type, unless it was rewritten here.
///
/// It blocks.
// Sendable by hand: one export fills it, a part after the other.
final class AnkiPackageMaker: @unchecked Sendable {
    private let tables: AnkiTables
    private let schedule: AnkiSchedule
    private let deck: AnkiCollection.Deck
    private let types: [NoteTypeID: AnkiCollection.NoteType]
    private var used: [Int: AnkiCollection.NoteType] = [:]
    /// The notes of which several texts were made, by what tells them apart.
    private var notes: [String: Int] = [:]
    private var nextNote: Int
    private var nextCard: Int

    init(deck: Deck, day: StudyDay, types: [NoteTypeID: AnkiCollection.NoteType], now: Date) throws {
        let start = Int(day.start(at: deck.createdAt).timeIntervalSince1970)
        let moment = Int(now.timeIntervalSince1970)
        schedule = AnkiSchedule(began: start, day: day)
        tables = try AnkiTables(began: start, minutesWest: -day.utcOffset, now: moment)
        self.deck = AnkiCollection.Deck(id: Self.number(deck.id.uuid), name: deck.name)
        self.types = types
        nextNote = moment * 1000
        nextCard = moment * 1000
    }

    func add(_ texts: [ExchangedText], _ cards: [CardTextID: [Card]], _ reviews: [CardID: [AnkiReview]]) throws {
        for exchanged in texts {
            let (note, known) = try note(of: exchanged)
            for card in cards[exchanged.text.id] ?? [] {
                let ordinal = known?.ordinal ?? (exchanged.text.type.countsFromOne ? card.part - 1 : card.part)
                nextCard += 1
                try tables.add(
                    schedule.card(card, id: nextCard, ordinal: ordinal, deck: deck.id, reviews: reviews[card.id] ?? []), of: note)
            }
        }
    }

    func finish() throws -> [UInt8] {
        try tables.finish(decks: [deck], types: used.values.sorted { $0.id < $1.id })
    }

    /// The note of a text, which is written unless another of its texts was there before.
    private func note(of exchanged: ExchangedText) throws -> (id: Int, known: ForeignNote?) {
        let text = exchanged.text
        let known = exchanged.note.flatMap { note in types[note.type] == nil ? nil : note }
        let key = known.flatMap { note in note.ordinal.map { _ in "\(note.type)/\(note.guid)" } }
        if let key, let id = notes[key] { return (id, known) }
        nextNote += 1
        if let key { notes[key] = nextNote }
        let type = known.flatMap { types[$0.type] } ?? AnkiNoteTypes.type(of: text)
        try tables.add(
            AnkiNote(
                id: nextNote, guid: known?.guid ?? exchanged.guid, type: number(of: type),
                fields: known?.fields ?? AnkiNoteTypes.fields(of: text),
                tags: AnkiNoteTypes.tags(text.tags)))
        return (nextNote, known)
    }

    /// A type's number in this package: of two that have the same, the second gets another.
    private func number(of type: AnkiCollection.NoteType) -> Int {
        var type = type
        while let other = used[type.id] {
            if other.isSame(as: type) { return type.id }
            type.id += 1
        }
        used[type.id] = type
        return type.id
    }

    /// 48 bits of an id, as Anki's numbers are read by programs that have no more than 53.
    private static func number(_ id: UUID) -> Int {
        let u = id.uuid
        return [u.10, u.11, u.12, u.13, u.14, u.15].reduce(0) { $0 << 8 | Int($1) } | 1 << 41
    }
}

extension AnkiCollection.NoteType {
    fileprivate func isSame(as other: Self) -> Bool {
        var mine = self
        mine.id = other.id
        return mine == other
    }
}

extension CardType {
    /// Whether its parts are the numbers of gaps.
    fileprivate var countsFromOne: Bool { self == .cloze || self == .imageOcclusion }
}
