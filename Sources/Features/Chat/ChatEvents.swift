import Ambient
import Events
import HTTPServing

/// What the chat tells.
enum ChatEvents {
    /// A finished answer.
    struct Completed: APIType {
        var messageID: MessageID
        var conversationID: ConversationID
        var citations: Int
        var promptTokens: Int
        var completionTokens: Int

        enum CodingKeys: String, CodingKey {
            case citations
            case promptTokens = "prompt_tokens"
            case completionTokens = "completion_tokens"
            case messageID = "message_id"
            case conversationID = "conversation_id"
        }
    }

    static let completed = EventKind("chat.message.completed", "An answer is finished.", payload: Completed.self)
    static let all = [completed]
}
