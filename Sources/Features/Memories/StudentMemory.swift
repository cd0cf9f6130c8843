package import Ambient
package import Database
import Embedding
import FoundationEssentials
import Jobs
package import Recollection

/// What is remembered of a student, for chat and voice.
package struct StudentMemory: MemoryRecall {
    let service: MemoryService
    let jobs: JobQueue
    /// Whether a language model reads messages too; otherwise those in which the rules find nothing need no job.
    let hasModel: Bool

    private var store: MemoryStore { service.store }

    package func recall(for user: UserID, question: String, limit: Int) async throws -> Recollection {
        let (isOn, known): (Bool, [EmbeddedMemory]) = try await service.database.read(as: .user(user)) { transaction in
            guard try await store.isOn(for: user, in: transaction) else { return (false, []) }
            return (true, try await store.embedded(of: user, model: service.embedder.modelName, in: transaction))
        }
        guard isOn else { return Recollection() }
        let reading = RecollectionRules.reading(of: question)
        let told = reading.isWhole ? reading.found : []
        guard !known.isEmpty else { return Recollection(told: told) }
        let asked = try await service.embedder.embed([question])[0]
        let now = service.ambient.now()
        let wishes = known.filter { $0.memory.isWish }
        let near = known.filter { !$0.memory.isWish }.compactMap { each -> (Memory, Double)? in
            let memory = each.memory
            let days = now.timeIntervalSince(max(memory.toldAt, memory.usedAt ?? memory.toldAt)) / 86_400
            let score = MemoryRank.score(
                cosine: each.cosine(asked), kind: memory.kind, days: days, confidence: memory.confidence, isPinned: memory.isPinned)
            return score.map { (memory, $0) }
        }.sorted { $0.1 > $1.1 }.prefix(limit)
        return Recollection(
            memories: wishes.map(\.memory.recalled) + near.map(\.0.recalled),
            style: AnswerStyle(wishes: wishes.map { ($0.memory.text, $0.memory.slot) }), told: told,
            name: known.first { $0.memory.slot == Recollected.nameSlot }?.memory.recalled,
            goal: known.first { $0.memory.kind == .goal }?.memory.recalled)
    }

    package func note(_ utterance: UtteranceID, _ text: String, of user: UserID, in transaction: any Transaction) async throws {
        guard hasModel || !RecollectionRules.reading(of: text).found.isEmpty else { return }
        guard try await store.isOn(for: user, in: transaction) else { return }
        try await jobs.enqueue(
            MemoryJobs.remember, .init(utteranceID: utterance), user: user, uniqueKey: utterance.description, in: transaction)
    }

    package func used(_ ids: [MemoryID], by user: UserID, in transaction: any Transaction) async throws {
        try await store.noteUse(of: ids, at: service.ambient.now(), user: user, in: transaction)
    }
}

extension Memory {
    /// A wish about how to answer matters to every question.
    fileprivate var isWish: Bool { slot?.hasPrefix("answer.") == true }

    fileprivate var recalled: RecalledMemory { RecalledMemory(id: id, kind: kind, text: text, slot: slot, toldAt: toldAt) }
}
