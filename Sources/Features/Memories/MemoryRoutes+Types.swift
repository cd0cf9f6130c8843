import Ambient
import FoundationEssentials
import HTTPServing
import Recollection

/// A memory as the API shows it.
struct MemoryView: APIType {
    /// Why it is kept.
    struct Source: APIType {
        var messageID: String
        var conversationID: String?

        enum CodingKeys: String, CodingKey {
            case messageID = "message_id"
            case conversationID = "conversation_id"
        }

        static var schemaName: String { "MemorySource" }
        static var constraints: [Constraint<Source>] {
            [.describe("conversation_id", "Where the message stands; missing if it has been deleted.")]
        }
    }

    struct Former: APIType {
        var id: String
        var text: String
        var toldAt: Date

        enum CodingKeys: String, CodingKey {
            case id, text
            case toldAt = "told_at"
        }

        static var schemaName: String { "FormerMemory" }
    }

    var id: String
    var kind: MemoryKind
    var text: String
    var confidence: Double
    var isPinned: Bool
    var source: Source?
    var supersededBy: String?
    var history: [Former]
    var createdAt: Date
    var toldAt: Date
    var usedAt: Date?
    var uses: Int

    enum CodingKeys: String, CodingKey {
        case id, kind, text, confidence, source, history, uses
        case isPinned = "is_pinned"
        case supersededBy = "superseded_by"
        case createdAt = "created_at"
        case toldAt = "told_at"
        case usedAt = "used_at"
    }

    init(_ explained: ExplainedMemory) {
        let memory = explained.memory
        id = memory.id.description
        kind = memory.kind
        text = memory.text
        confidence = memory.confidence
        isPinned = memory.isPinned
        source = memory.source.map { id in
            Source(messageID: id.description, conversationID: explained.place?.conversation.uuidString.lowercased())
        }
        supersededBy = memory.supersededBy?.description
        history = explained.history.map { Former(id: $0.id.description, text: $0.text, toldAt: $0.toldAt) }
        createdAt = memory.createdAt
        toldAt = memory.toldAt
        usedAt = memory.usedAt
        uses = memory.uses
    }

    static var schemaName: String { "Memory" }

    static var constraints: [Constraint<MemoryView>] {
        [
            .nested(\.source, "source"), .describe("source", "The message that said it last; missing where you wrote it down."),
            .describe("confidence", "How sure it is, from 0 to 1; 1 is what you wrote or edited."),
            .describe("history", "What it took the place of, the latest first; it is forgotten with this one."),
            .describe("superseded_by", "The memory that holds in its place."), .describe("told_at", "When it was last said."),
            .describe("used_at", "When it was last of use for an answer."),
            .describe("uses", "For how many answers it was of use."),
        ]
    }
}

struct MemoryQuery: APIType {
    var paging: PageQuery
    var kind: MemoryKind?
    var q: String?
    var ids: String?

    enum CodingKeys: String, CodingKey { case kind, q, ids }

    init(from decoder: any Decoder) throws {
        paging = try PageQuery(from: decoder)
        let container = try decoder.container(keyedBy: CodingKeys.self)
        kind = try container.decodeIfPresent(MemoryKind.self, forKey: .kind)
        q = try container.decodeIfPresent(String.self, forKey: .q)
        ids = try container.decodeIfPresent(String.self, forKey: .ids)
    }

    func encode(to encoder: any Encoder) throws {
        try paging.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encodeIfPresent(kind, forKey: .kind)
        try container.encodeIfPresent(q, forKey: .q)
        try container.encodeIfPresent(ids, forKey: .ids)
    }

    var chosen: Set<MemoryID>? { ids.map { Set($0.split(separator: ",").compactMap { MemoryID(String($0)) }) } }

    static var constraints: [Constraint<MemoryQuery>] {
        [
            .inlined(\.paging), .length(\.q, "q", 0...200), .length(\.ids, "ids", 0...2_000),
            .describe("q", "Found by words and by meaning."),
            .describe("ids", "Only these, separated by commas: those of one answer."),
        ]
    }
}

struct NewMemory: APIType {
    var kind: MemoryKind
    var text: String

    static var constraints: [Constraint<NewMemory>] {
        [.length(\.text, "text", 1...500), .notBlank(\.text, "text"), .example("text", "I prefer short answers")]
    }
}

/// What may change about a memory. A field that is not there stays as it is.
struct MemoryChange: APIType {
    var kind: MemoryKind?
    var text: String?
    var isPinned: Bool?

    enum CodingKeys: String, CodingKey {
        case kind, text
        case isPinned = "is_pinned"
    }

    static var constraints: [Constraint<MemoryChange>] {
        [
            .length(\.text, "text", 1...500),
            .notBlank(\.text, "text"),
            .describe("is_pinned", "It stands first, and is thought of sooner."),
        ]
    }
}

struct MemorySettings: APIType {
    var isOn: Bool

    enum CodingKeys: String, CodingKey { case isOn = "is_on" }

    static var constraints: [Constraint<MemorySettings>] {
        [.describe("is_on", "While it is false nothing is remembered, and nothing that is remembered is used.")]
    }
}

/// Everything that is remembered, as it is exported.
struct MemoryExport: APIType {
    var isOn: Bool
    var memories: [MemoryView]

    enum CodingKeys: String, CodingKey {
        case memories
        case isOn = "is_on"
    }
}

extension MemoryKind: APIType {}
