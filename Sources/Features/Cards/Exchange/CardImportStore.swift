import Ambient
import Database
import FoundationEssentials

enum CardImportKind {}
typealias CardImportID = Identifier<CardImportKind>

/// A file that is on its way into a deck.
struct CardImport: Sendable {
    let id: CardImportID
    let userID: UserID
    let deckID: DeckID
    let form: CardFile.Form
    let content: [UInt8]
}

/// Files on their way, until the job has read them. Every statement names the user, since SQLite has no row-level security.
struct CardImportStore: Sendable {
    func insert(_ made: CardImport, at now: Date, in transaction: any Transaction) async throws {
        try await transaction.execute(
            """
            INSERT INTO card_imports (id, user_id, deck_id, form, content, created_at) VALUES (
                \(made.id), \(made.userID), \(made.deckID), \(made.form.rawValue), \(made.content), \(now))
            """)
    }

    func find(_ id: CardImportID, user: UserID, in transaction: any Transaction) async throws -> CardImport? {
        guard
            let row = try await transaction.first(
                "SELECT deck_id, form, content FROM card_imports WHERE id = \(id) AND user_id = \(user)")
        else { return nil }
        guard let form = CardFile.Form(rawValue: try row.get("form")) else { throw DatabaseFailure(.decoding, "card_imports.form") }
        return CardImport(id: id, userID: user, deckID: try row.get("deck_id"), form: form, content: try row.get("content"))
    }

    func delete(_ id: CardImportID, user: UserID, in transaction: any Transaction) async throws {
        try await transaction.execute("DELETE FROM card_imports WHERE id = \(id) AND user_id = \(user)")
    }
}
