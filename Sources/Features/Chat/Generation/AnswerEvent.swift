import Ambient
import FoundationEssentials

/// One event of an answer's stream, as it is stored and sent: replaying the log gives the same bytes.
package struct AnswerEvent: Codable, Sendable, Hashable {
    package enum Name: String, Codable, Sendable, Hashable, CaseIterable {
        case started = "message.started"
        /// The answer begins anew: what came before is to be thrown away.
        case restarted = "message.restarted"
        /// Others have all the places: the answer begins when it is its user's turn. What comes next says that it has begun.
        case waiting = "message.waiting"
        case retrieval
        case delta
        /// One number may come again with a longer quote; the last one is that of the finished message.
        case citation
        case completed = "message.completed"
        case error

        /// Every answer ends with one of these; it may be written anew after it.
        var mayBeLast: Bool { self == .completed || self == .error }
    }

    /// From 1 within the message; the id on the stream.
    package var number: Int
    package var event: Name
    /// JSON.
    package var data: String

    static func restartedData(_ id: MessageID) -> String { "{\"id\":\"\(id)\"}" }
}

/// JSON of events and columns: times as RFC 3339, keys in a fixed order, so that equal values are equal bytes.
enum ChatCoding {
    private static let encoder: JSONEncoder = {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.withoutEscapingSlashes, .sortedKeys]
        encoder.dateEncodingStrategy = .custom { date, encoder in
            var container = encoder.singleValueContainer()
            try container.encode(Timestamp.text(date))
        }
        return encoder
    }()
    private static let decoder = JSONDecoder()

    static func text(_ value: some Encodable) throws -> String { String(decoding: try encoder.encode(value), as: UTF8.self) }

    static func value<Value: Decodable>(_ text: String, as type: Value.Type = Value.self) throws -> Value {
        try decoder.decode(type, from: Data(text.utf8))
    }
}
