import Ambient
package import Database
import Failures
import FoundationEssentials
import HTTPMessages
package import HTTPServing

/// `GET /events`: the signed-in user's events as they happen, and on return those in between.
package struct EventRoutes: RouteCollection {
    private let store: EventStore
    private let bus: EventBus
    private let maximumAge: Duration

    /// - Parameter maximumAge: how long a stream lives; then it ends and the client comes back with a token of the day.
    package init(database: any Database, bus: EventBus, maximumAge: Duration = .seconds(1800)) {
        store = EventStore(database: database)
        self.bus = bus
        self.maximumAge = maximumAge
    }

    package var routes: [Route] {
        [
            .raw(
                .get, "/events", "Follow your events as they happen", tag: "Events", access: .signedIn,
                produces: ["text/event-stream"], failures: [.badRequest, .rateLimited, .unavailable]
            ) { call in try stream(call) }
        ]
    }

    /// Each message is named by its event's type and carries the envelope as data. Stored events have an id; a client that returns
    /// with it as `Last-Event-ID` (or `last_event_id` in the query) first gets what it missed. `resync` says that some of that is no
    /// longer kept, so the client loads its lists anew.
    private func stream(_ call: Call) throws -> HTTPResponse {
        let user = try call.user()
        var resumed: Int64?
        if let text = try call.request.headers["Last-Event-ID"] ?? call.query("last_event_id"), !text.isEmpty {
            guard let position = Int64(text), position >= 0 else { throw EventFailure.malformedID }
            resumed = position
        }
        // Taken here: once the stream has begun there is no status to refuse with.
        let seat = try bus.seat(for: user)
        let after = resumed
        return HTTPResponse.events(greets: false) { writer in
            // Read before listening begins, so nothing falls between.
            let bounds = try await store.bounds()
            try await bus.withSubscription(seat: seat) { subscription in
                // Not before: who has seen the stream open misses nothing from then on.
                try await writer.comment("ok")
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask { [maximumAge] in
                        try? await Task.sleep(for: maximumAge)
                        subscription.end()
                    }
                    defer { group.cancelAll() }
                    // A position of another life of the database is ahead of this one.
                    var last = min(after ?? bounds.last, bounds.last)
                    if let after, after < bounds.pruned || after > bounds.last {
                        try await writer.send(ServerSentEvent(event: "resync", data: "{}"))
                    }
                    last = try await replay(to: writer, user: user, after: last)
                    for await element in subscription {
                        switch element {
                        case .resync:
                            last = try await replay(to: writer, user: user, after: last)
                        case .event(let event):
                            if let position = event.position {
                                guard position > last else { continue }
                                last = position
                            }
                            try await writer.send(ServerSentEvent(event))
                        }
                    }
                }
            }
        }
    }

    private func replay(to writer: EventStreamWriter, user: UserID, after position: Int64) async throws -> Int64 {
        var last = position
        while true {
            let events = try await store.events(of: user, after: last, limit: 200)
            guard let newest = events.last?.position else { return last }
            try await writer.send(events.map { ServerSentEvent($0) })
            last = newest
        }
    }
}

extension ServerSentEvent {
    fileprivate init(_ event: Event) {
        self.init(id: event.position.map { "\($0)" }, event: event.type, data: event.json)
    }
}
