import Ambient
import Database
import Recollection

/// A memory with why it is kept, and what it took the place of.
struct ExplainedMemory: Sendable {
    var memory: Memory
    /// Where the message stands that said it; nil where that is gone, or the student wrote it down.
    var place: MemorySources.Place?
    /// What it took the place of, the latest first.
    var history: [Memory]

    static func of(
        _ memories: [Memory], sources: MemorySources, user: UserID, in transaction: any Transaction
    ) async throws -> [ExplainedMemory] {
        guard !memories.isEmpty else { return [] }
        let places = try await sources.places(memories.compactMap(\.source), user, transaction)
        let before = Dictionary(grouping: try await MemoryStore().superseded(of: user, in: transaction)) { $0.supersededBy }
        return memories.map { memory in
            var (history, open): ([Memory], [MemoryID]) = ([], [memory.id])
            while let id = open.popLast() {
                let older = before[id] ?? []
                history += older
                open += older.map(\.id)
            }
            return ExplainedMemory(
                memory: memory, place: memory.source.flatMap { places[$0] }, history: history.sorted { $0.toldAt > $1.toldAt })
        }
    }
}
