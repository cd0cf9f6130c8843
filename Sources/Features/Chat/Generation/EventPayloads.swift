import Ambient
import FoundationEssentials
import Passages

/// `message.started`
struct StartedPayload: Codable, Sendable {
    var id: MessageID
    var conversationID: ConversationID
    var role: ChatMessage.Role
    var model: String
    /// The message that is being answered.
    var question: ChatMessage?

    enum CodingKeys: String, CodingKey {
        case id, role, model, question
        case conversationID = "conversation_id"
    }
}

/// `message.waiting`
struct WaitingPayload: Codable, Sendable { var id: MessageID }

/// `retrieval`: what the answer is made from.
struct RetrievalPayload: Codable, Sendable {
    struct Found: Codable, Sendable {
        var documentID: DocumentID
        var chunkID: ChunkID
        var title: String
        var page: Int?
        var section: String?
        var score: Double

        enum CodingKeys: String, CodingKey {
            case title, page, section, score
            case documentID = "document_id"
            case chunkID = "chunk_id"
        }
    }

    /// The question as it was searched for.
    var query: String
    var passages: [Found]

    init(query: String, passages: [Passage]) {
        self.query = query
        self.passages = passages.map {
            Found(
                documentID: $0.documentID, chunkID: $0.chunkID, title: $0.title, page: $0.page, section: $0.section, score: $0.score
            )
        }
    }
}

/// `delta`
struct DeltaPayload: Codable, Sendable { var text: String }

/// `error`
struct ErrorPayload: Codable, Sendable {
    var id: MessageID
    var error: String
    var message: String
}
