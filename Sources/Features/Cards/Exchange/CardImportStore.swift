import Ambient
import Database
import FoundationEssentials

enum CardImportKind {}
typealias CardImportID = Identifier<CardImportKind>

/// A file that is on its way into a deck.
struct CardImport: Sendable {
    /// What the file is.
    enum Form: String, Sendable {
        case csv, md, txt
        /// A package of Anki's, all of it into one deck.
        case anki
        /// The same, into decks of its own.
        case ankiDecks = "anki_decks"
    }

    /// What was brought: a text as it is, a package by its digest among the files.
    struct Content: Sendable {
        var form: Form
        var bytes: [UInt8] = []
        var sha256: String?
    }

    let id: CardImportID
    let userID: UserID
    let deckID: DeckID
    let content: Content
}

/// Files on their way, until the job has read them. Every statement names the user, since SQLite has no row-level security.
struct CardImportStore: Sendable {
    func insert(_ made: CardImport, at now: Date, in transaction: any Transaction) async throws {
        try await transaction.execute(
            """
            INSERT INTO card_imports (id, user_id, deck_id, form, content, sha256, created_at) VALUES (
                \(made.id), \(made.userID), \(made.deckID), \(made.content.form.rawValue), \(made.content.bytes),
                \(made.content.sha256), \(now))
            """)
    }

    func find(_ id: CardImportID, user: UserID, in transaction: any Transaction) async throws -> CardImport? {
        guard
            let row = try await transaction.first(
                "SELECT deck_id, form, content, sha256 FROM card_imports WHERE id = \(id) AND user_id = \(user)")
        else { return nil }
        guard let form = CardImport.Form(rawValue: try row.get("form")) else {
            throw DatabaseFailure(.decoding, "card_imports.form")
        }
        let content = CardImport.Content(form: form, bytes: try row.get("content"), sha256: try row.optional("sha256"))
        return CardImport(id: id, userID: user, deckID: try row.get("deck_id"), content: content)
    }

    func delete(_ id: CardImportID, user: UserID, in transaction: any Transaction) async throws {
        try await transaction.execute("DELETE FROM card_imports WHERE id = \(id) AND user_id = \(user)")
    }
}
