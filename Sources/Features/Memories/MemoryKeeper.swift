import Ambient
import Database
import FoundationEssentials
import Recollection

/// Puts what was told beside what is remembered: the same is merged, what contradicts it takes its place.
struct MemoryKeeper: Sendable {
    let events: MemoryEvents
    let ambient: Ambient
    let model: String
    let store = MemoryStore()

    struct Outcome: Sendable {
        var made = 0
        var merged = 0
    }

    /// Keeps what a message told. In a transaction that holds the student's settings row.
    func keep(
        _ told: [(Recollected, vector: [Float])], from source: UtteranceID?, user: UserID, in transaction: any Transaction
    ) async throws -> Outcome {
        var outcome = Outcome()
        var known = try await store.embedded(of: user, model: model, in: transaction)
        for (recollected, vector) in told {
            let likenesses = known.map { ($0, MemoryLikeness.of(recollected, $0.memory.recollected, cosine: $0.cosine(vector))) }
            if let same = likenesses.first(where: { $0.1 == .same })?.0.memory {
                try await merge(recollected, into: same, from: source, in: transaction)
                outcome.merged += 1
                continue
            }
            let old = likenesses.filter { $0.1 == .contradicts }.map(\.0.memory)
            // What takes another's place needs none.
            guard known.count - old.count < MemoryService.most else { break }
            let now = ambient.now()
            let memory = Memory(
                id: ambient.newID(), userID: user, kind: recollected.kind, text: recollected.text, slot: recollected.slot,
                confidence: recollected.confidence, isPinned: old.contains(where: \.isPinned), source: source, createdAt: now,
                toldAt: now,
                uses: 0)
            guard try await store.insert(memory, vector: vector, model: model, in: transaction) else { continue }
            for var old in old {
                old.supersededBy = memory.id
                old.isPinned = false
                try await store.update(old, in: transaction)
                try await events.append(MemoryEvents.changed, old, in: transaction)
            }
            try await events.append(MemoryEvents.created, memory, in: transaction)
            known.removeAll { each in old.contains { $0.id == each.memory.id } }
            known.append(EmbeddedMemory(memory: memory, vector: vector))
            outcome.made += 1
        }
        return outcome
    }

    /// Said again: surer, and newer. The words stay those that the student has seen.
    private func merge(
        _ recollected: Recollected, into old: Memory, from source: UtteranceID?, in transaction: any Transaction
    ) async throws {
        // A job that is done again says nothing anew.
        guard source == nil || old.source != source else { return }
        var memory = old
        memory.confidence = max(old.confidence, min(0.99, max(old.confidence, recollected.confidence) + 0.03))
        memory.toldAt = ambient.now()
        memory.source = source ?? old.source
        try await store.update(memory, in: transaction)
        try await events.append(MemoryEvents.changed, memory, in: transaction)
    }
}
