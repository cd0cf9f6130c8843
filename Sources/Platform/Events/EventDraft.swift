package import Ambient
import Database
import Telemetry

/// An event as the code that causes it writes it; the outbox or the bus adds id, time and service.
package struct EventDraft: Sendable {
    package let type: String
    package let userID: UserID?
    package let version: String
    private let payload: any Encodable & Sendable

    /// - Parameters:
    ///   - type: `domain.action`, lower case.
    ///   - version: of the payload's shape.
    ///   - payload: encodes as a JSON object.
    package init(type: String, userID: UserID?, payload: any Encodable & Sendable, version: String = "1.0") {
        self.type = type
        self.userID = userID
        self.version = version
        self.payload = payload
    }

    func event(service: String, ambient: Ambient) throws -> Event {
        Event(
            id: ambient.newID(), type: type, timestamp: ambient.now(), userID: userID, service: service, version: version,
            payload: try JSONColumn.text(payload), position: nil, trace: Span.current?.context.stored)
    }
}
