import Ambient
package import FoundationEssentials
package import Recollection

/// A turn of a conversation.
package struct ChatMessage: Codable, Sendable, Hashable {
    package enum Role: String, Codable, Sendable, Hashable, CaseIterable { case user, assistant }

    package enum Status: String, Codable, Sendable, Hashable, CaseIterable {
        /// The answer is being written.
        case streaming
        case completed
        /// The person stopped it; what was written stays.
        case stopped
        case failed
    }

    package var id: MessageID
    package var conversationID: ConversationID
    /// Its place in the conversation, from 1.
    package var number: Int
    package var role: Role
    package var content: String
    package var status: Status
    /// What the `[n]` in `content` point to, by number.
    package var citations: [Citation]
    /// What it offers to ask next.
    package var offers: [Offer] = []
    /// What it would have made, for the student to agree to.
    package var proposal: Proposal?
    /// What is remembered of the student that it was suited to.
    package var memories: [MemoryID] = []
    /// Of a question: what it was asked of, where that is not what its conversation is about.
    package var scope: QuestionScope?
    /// nil for what a person wrote, and until the answer is done.
    package var usage: MessageUsage?
    /// Why it failed.
    package var error: String?
    /// The message that this one answers.
    package var questionID: MessageID?
    package var createdAt: Date
    package var updatedAt: Date

    package enum CodingKeys: String, CodingKey {
        case id, number, role, content, status, citations, offers, proposal, memories, scope, usage, error
        case conversationID = "conversation_id"
        case questionID = "question_id"
        case createdAt = "created_at"
        case updatedAt = "updated_at"
    }
}

/// What a single question is asked of, in place of what its conversation is about.
package enum QuestionScope: String, Codable, Sendable, Hashable, CaseIterable {
    /// All documents that the person has.
    case all
}

/// What an answer took.
package struct MessageUsage: Codable, Sendable, Hashable {
    package var promptTokens: Int
    package var completionTokens: Int
    package var totalTokens: Int
    package var model: String
    /// From the question to the last word.
    package var durationMilliseconds: Int

    package init(promptTokens: Int, completionTokens: Int, model: String, durationMilliseconds: Int) {
        self.promptTokens = promptTokens
        self.completionTokens = completionTokens
        totalTokens = promptTokens + completionTokens
        self.model = model
        self.durationMilliseconds = durationMilliseconds
    }

    package enum CodingKeys: String, CodingKey {
        case model
        case promptTokens = "prompt_tokens"
        case completionTokens = "completion_tokens"
        case totalTokens = "total_tokens"
        case durationMilliseconds = "duration_ms"
    }
}
