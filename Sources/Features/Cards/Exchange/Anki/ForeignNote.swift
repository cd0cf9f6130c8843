import Ambient
import Database
import FoundationEssentials
import Manuscript

enum NoteTypeKind {}
typealias NoteTypeID = Identifier<NoteTypeKind>

/// A note as another program wrote it, of which a text of ours was made: it goes back as it came until the text is rewritten here.
struct ForeignNote: Codable, Sendable, Equatable {
    var type: NoteTypeID
    var guid: String
    var fields: [String]
    /// The number of its card that the text is, where each card is a text of its own.
    var ordinal: Int?
}

/// A text that has left for another program or came from one.
struct ExchangedText: Sendable {
    var text: CardText
    var guid: String
    var note: ForeignNote?
}

/// How other programs' notes make cards, in the database. Every statement names the user, since SQLite has no row-level security.
struct NoteTypeStore: Sendable {
    /// The id of a note type, which is kept where it is not yet.
    func keep(_ type: AnkiCollection.NoteType, id: NoteTypeID, user: UserID, in transaction: any Transaction) async throws
        -> NoteTypeID
    {
        for row in try await transaction.query(
            "SELECT id, definition FROM card_note_types WHERE user_id = \(user) AND foreign_id = \(type.id) ORDER BY id")
        {
            let known: AnkiCollection.NoteType = try JSONColumn.value(try row.get("definition"))
            if known == type { return try row.get("id") }
        }
        try await transaction.execute(
            """
            INSERT INTO card_note_types (id, user_id, foreign_id, definition)
            VALUES (\(id), \(user), \(type.id), \(try JSONColumn.text(type)))
            """)
        return id
    }

    func all(of user: UserID, in transaction: any Transaction) async throws -> [NoteTypeID: AnkiCollection.NoteType] {
        var types: [NoteTypeID: AnkiCollection.NoteType] = [:]
        for row in try await transaction.query("SELECT id, definition FROM card_note_types WHERE user_id = \(user)") {
            types[try row.get("id")] = try JSONColumn.value(try row.get("definition"))
        }
        return types
    }
}
