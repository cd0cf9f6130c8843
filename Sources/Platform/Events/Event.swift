package import Ambient
import Database
package import FoundationEssentials

package enum EventMarker {}
package typealias EventID = Identifier<EventMarker>

/// Something that happened, as everybody is told of it.
///
/// Coded (for jobs, and between processes) its payload stays a text within the text; `json` is the form for those outside.
package struct Event: Sendable, Codable {
    package let id: EventID
    /// `domain.action`: `document.processed`.
    package let type: String
    package let timestamp: Date
    /// Whose it is; nil concerns the installation and is shown to no user.
    package let userID: UserID?
    /// The service that says so.
    package let service: String
    /// Of the payload's shape.
    package let version: String
    /// JSON.
    package let payload: String
    /// Its place in the order of all events, by which a client resumes; nil for one that was never stored.
    package let position: Int64?
    /// The trace in which it happened, as the database keeps it.
    package let trace: String?

    package init(
        id: EventID, type: String, timestamp: Date, userID: UserID?, service: String, version: String, payload: String,
        position: Int64?, trace: String? = nil
    ) {
        self.id = id
        self.type = type
        self.timestamp = timestamp
        self.userID = userID
        self.service = service
        self.version = version
        self.payload = payload
        self.position = position
        self.trace = trace
    }

    /// The payload as a value.
    package func decode<Payload: Decodable>(_ type: Payload.Type = Payload.self) throws -> Payload {
        try JSONColumn.value(payload)
    }

    /// The same for other programs: with the trace that they may go on with, as CloudEvents' extension for tracing has it.
    package var tracedJSON: String {
        guard let parent = trace?.split(separator: " ").first else { return json }
        return json.dropLast() + ",\"traceparent\":\(Self.quoted(String(parent)))}"
    }

    /// The envelope on the wire: event_id, event_type, timestamp, user_id, service, version, payload.
    package var json: String {
        let user = userID.map { "\"\($0)\"" } ?? "null"
        return #"{"event_id":"\#(id)","event_type":\#(Self.quoted(type)),"timestamp":"\#(Timestamp.text(timestamp))","#
            + #""user_id":\#(user),"service":\#(Self.quoted(service)),"version":\#(Self.quoted(version)),"payload":\#(payload)}"#
    }

    private static func quoted(_ text: String) -> String {
        // Encoding a string cannot fail.
        (try? JSONColumn.text(text)) ?? "\"\""
    }
}
