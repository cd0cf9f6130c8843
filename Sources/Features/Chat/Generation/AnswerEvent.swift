import Ambient
import Database
import Failures

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

extension AnswerEvent {
    /// The last word on an answer that has ended.
    init(last number: Int, of message: ChatMessage) throws {
        self.number = number
        if message.status == .failed {
            event = .error
            data = try JSONColumn.text(
                ErrorPayload(id: message.id, error: FailureCode.badGateway.rawValue, message: message.error ?? ""))
        } else {
            event = .completed
            data = try JSONColumn.text(message)
        }
    }
}
