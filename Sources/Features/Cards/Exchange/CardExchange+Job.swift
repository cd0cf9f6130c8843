import Ambient
import BlobStorage
import Concurrency
import Database
import Jobs

extension CardExchange {
    /// Texts that are written in one transaction, so that others get their turn.
    static let batch = 200
    /// More faults than this are only counted.
    static let mostFaults = 100

    /// Reads a file that was kept. Done again after a crash, what it had written is found by where it stood in the file.
    func read(_ id: CardImportID, on pool: BlockingPool, _ context: JobContext) async throws -> JobResult? {
        guard let user = context.userID,
            let kept = try await database.read(as: context.actor, { try await imports.find(id, user: user, in: $0) })
        else { return nil }
        guard let form = CardFile.Form(rawValue: kept.content.form.rawValue) else { return try await readPackage(kept, context) }
        let file = await pool.run { form.read(String(decoding: kept.content.bytes, as: UTF8.self)) }
        for fault in file.faults.prefix(Self.mostFaults) { context.log("Line \(fault.line): \(fault.reason).") }
        for start in stride(from: 0, to: file.entries.count, by: Self.batch) {
            let end = min(start + Self.batch, file.entries.count)
            try await context.keep(in: database) { transaction in
                guard try await DeckStore().hold(kept.deckID, user: user, in: transaction) else { throw CardsFailure.noDeck }
                guard try await CardTextStore().count(of: user, in: transaction) < CardService.most else { throw CardsFailure.full }
                for index in start..<end {
                    let entry = file.entries[index]
                    _ = try await cards.make(
                        entry.draft, position: index, arriving: .init(guid: "\(id)/\(entry.line)/\(index)"), deck: kept.deckID,
                        user: user,
                        in: transaction)
                }
            }
            context.progress(stage: "importing", done: end, total: file.entries.count)
        }
        return try await finish(
            kept,
            ImportedDeck(
                id: kept.deckID, imported: file.entries.count, skipped: file.faults.count,
                firstFault: file.faults.first.map { "Line \($0.line): \($0.reason)." }), context)
    }

    func finish(_ kept: CardImport, _ outcome: ImportedDeck, _ context: JobContext) async throws -> JobResult {
        try await context.keep(in: database) { transaction in
            try await imports.delete(kept.id, user: kept.userID, in: transaction)
            try await decks.tell(outcome.id, user: kept.userID, in: transaction)
            try await events.append(outcome, user: kept.userID, in: transaction)
        }
        if let sha256 = kept.content.sha256 { try await media.removeUnused(sha256) }
        return [
            "deck_id": outcome.id.description, "imported": "\(outcome.imported)", "skipped": "\(outcome.skipped)",
            "known": "\(outcome.known ?? 0)", "media": "\(outcome.media ?? 0)", "first_fault": outcome.firstFault ?? "",
        ]
    }

    /// Nothing could be read of a file: what was made for it goes, and its owner is told why.
    func noteUnread(_ id: CardImportID, message: String?, user: UserID, in transaction: any Transaction) async throws {
        guard let kept = try await imports.find(id, user: user, in: transaction) else { return }
        try await imports.delete(id, user: user, in: transaction)
        try await dropIfEmpty(kept, in: transaction)
        try await events.append(
            ImportedDeck(id: kept.deckID, imported: 0, skipped: 1, firstFault: message ?? "The file could not be read."),
            user: user,
            in: transaction)
    }

    /// The deck that was made for a package goes where nothing went into it.
    func dropIfEmpty(_ kept: CardImport, in transaction: any Transaction) async throws {
        guard kept.content.form == .ankiDecks else { return }
        let user = kept.userID
        guard try await CardTextStore().exchanged(of: kept.deckID, after: nil, limit: 1, user: user, in: transaction).isEmpty,
            try await DeckStore().delete(kept.deckID, user: user, in: transaction)
        else { return }
        try await events.appendDeleted(kept.deckID, user: user, in: transaction)
    }
}
