import Ambient
import Concurrency
import Database
import Jobs

extension CardExchange {
    /// Texts that are written in one transaction, so that others get their turn.
    private static let batch = 200
    /// More faults than this are only counted.
    private static let mostFaults = 100

    /// Reads a file that was kept. Done again after a crash, what it had written is found by where it stood in the file.
    func read(_ id: CardImportID, on pool: BlockingPool, _ context: JobContext) async throws -> JobResult? {
        guard let user = context.userID,
            let kept = try await database.read(as: context.actor, { try await imports.find(id, user: user, in: $0) })
        else { return nil }
        let file = await pool.run { kept.form.read(String(decoding: kept.content, as: UTF8.self)) }
        for fault in file.faults.prefix(Self.mostFaults) { context.log("Line \(fault.line): \(fault.reason).") }
        for start in stride(from: 0, to: file.entries.count, by: Self.batch) {
            let end = min(start + Self.batch, file.entries.count)
            try await context.keep(in: database) { transaction in
                guard try await DeckStore().hold(kept.deckID, user: user, in: transaction) else { throw CardsFailure.noDeck }
                guard try await CardTextStore().count(of: user, in: transaction) < CardService.most else { throw CardsFailure.full }
                for index in start..<end {
                    let entry = file.entries[index]
                    _ = try await cards.make(
                        entry.draft, position: index, guid: "\(id)/\(entry.line)/\(index)", deck: kept.deckID, user: user,
                        in: transaction)
                }
            }
            context.progress(stage: "importing", done: end, total: file.entries.count)
        }
        let outcome = ImportedDeck(
            id: kept.deckID, imported: file.entries.count, skipped: file.faults.count,
            firstFault: file.faults.first.map { "Line \($0.line): \($0.reason)." })
        try await context.keep(in: database) { transaction in
            try await imports.delete(id, user: user, in: transaction)
            try await decks.tell(kept.deckID, user: user, in: transaction)
            try await events.append(outcome, user: user, in: transaction)
        }
        return [
            "deck_id": kept.deckID.description, "imported": "\(outcome.imported)", "skipped": "\(outcome.skipped)",
            "first_fault": outcome.firstFault ?? "",
        ]
    }
}
