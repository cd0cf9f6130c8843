package import Ambient
package import Database
package import FoundationEssentials

package enum MemoryEntryKind {}
package typealias MemoryID = Identifier<MemoryEntryKind>
package enum UtteranceKind {}
/// A message that a student wrote or said.
package typealias UtteranceID = Identifier<UtteranceKind>

/// What is remembered of a student, for whoever talks with them: one memory serves chat and voice.
///
/// Memories are notes about the student, never sources: nothing is cited from them.
package protocol MemoryRecall: Sendable {
    /// What is worth knowing for a question: at most `limit` memories that have to do with it, and every wish about how to answer.
    /// Empty where the student has turned memory off.
    func recall(for user: UserID, question: String, limit: Int) async throws -> Recollection

    /// Has what a message tells of the student kept, later and durably: exactly if the transaction that keeps the message commits.
    func note(_ utterance: UtteranceID, _ text: String, of user: UserID, in transaction: any Transaction) async throws

    /// These were of use for an answer.
    func used(_ ids: [MemoryID], by user: UserID, in transaction: any Transaction) async throws
}

/// What is remembered that matters to a question.
package struct Recollection: Sendable, Hashable {
    /// Wishes about how to answer first, then what has to do with the question, the nearest first.
    package var memories: [RecalledMemory]
    package var style: AnswerStyle
    /// What the question tells of the student, where it tells nothing else and asks nothing.
    package var told: [Recollected]
    /// What the student is called, for a greeting.
    package var name: RecalledMemory?
    /// What the student last said to work towards, for a greeting.
    package var goal: RecalledMemory?

    package init(
        memories: [RecalledMemory] = [], style: AnswerStyle = .init(), told: [Recollected] = [], name: RecalledMemory? = nil,
        goal: RecalledMemory? = nil
    ) {
        self.memories = memories
        self.style = style
        self.told = told
        self.name = name
        self.goal = goal
    }
}

/// One memory, as who answers sees it.
package struct RecalledMemory: Sendable, Hashable {
    package var id: MemoryID
    package var kind: MemoryKind
    package var text: String
    package var slot: String?
    /// When it was last said.
    package var toldAt: Date

    package init(id: MemoryID, kind: MemoryKind, text: String, slot: String? = nil, toldAt: Date) {
        self.id = id
        self.kind = kind
        self.text = text
        self.slot = slot
        self.toldAt = toldAt
    }
}
