import Ambient
import Failures
import FoundationEssentials
import HTTPMessages
package import HTTPServing

/// Events over HTTP.
package struct EventRoutes: RouteCollection {
    private let service: EventService

    package init(service: EventService) { self.service = service }

    package var routes: [Route] { [list, create, understand, show, update, remove] }

    private static let tag = "Planner"

    private var list: Route {
        Route.get(
            "/planner/events", "List what happens in a time", tag: Self.tag, query: EventQuery.self, returns: EventList.self
        ) { call, query in
            let from =
                query.from ?? query.to?.addingTimeInterval(-35 * 86_400) ?? service.ambient.now().addingTimeInterval(-7 * 86_400)
            let to = query.to ?? from.addingTimeInterval(35 * 86_400)
            guard from < to, to.timeIntervalSince(from) <= 400 * 86_400 else {
                throw PlannerFailure.invalid("to", "must be after from, and within 400 days")
            }
            let found = try await service.occurrences(in: from..<to, course: query.courseID, user: try call.user())
            return EventList(data: found.map { EventView($0) })
        }
        .described("What comes again is there once for each time, in order; at most \(EventService.longest).")
    }

    private var create: Route {
        Route.post(
            "/planner/events", "Make an event", tag: Self.tag, body: NewEvent.self, returns: EventView.self, status: 201,
            failures: [.validationFailed, .unprocessable, .conflict]
        ) { call, body in
            let made = try await service.create(try body.change(), user: try call.user())
            call.addHeader("Location", "/api/v1/planner/events/\(made.id)")
            return EventView(made)
        }
    }

    private var understand: Route {
        Route.post(
            "/planner/entries", "Understand a line such as “bio exam friday 9am”", tag: Self.tag, body: EntryLine.self,
            returns: EntryView.self, failures: [.validationFailed]
        ) { call, body in
            try await service.understand(body.text, zone: try EventFields.zone(body.timeZone), user: try call.user())
        }
        .described("English and German. Nothing is kept: make an event of the answer.")
    }

    private var show: Route {
        Route.get("/planner/events/:id", "Show an event", tag: Self.tag, returns: EventView.self, failures: [.notFound]) { call in
            EventView(try await service.event(try call.parameter("id"), user: try call.user()))
        }
    }

    private var update: Route {
        Route.patch(
            "/planner/events/:id", "Change an event, or one of its times", tag: Self.tag, body: EventChange.self,
            returns: EventView.self, failures: [.notFound, .validationFailed, .unprocessable]
        ) { call, body in
            EventView(
                try await service.change(
                    try call.parameter("id"), try body.change(), occurrence: body.occurrence, user: try call.user()))
        }
    }

    private var remove: Route {
        Route.delete(
            "/planner/events/:id", "Delete an event, or one of its times", tag: Self.tag,
            failures: [.notFound, .validationFailed, .unprocessable]
        ) { call in
            let query = try call.query(as: DeletionQuery.self)
            try await service.delete(try call.parameter("id"), occurrence: query.occurrence, user: try call.user())
        }
        .with { $0.query = DeletionQuery.self }
    }
}

/// Which of an event's times goes.
struct DeletionQuery: APIType {
    var occurrence: Date?

    static var constraints: [Constraint<DeletionQuery>] {
        [.describe("occurrence", "Deletes this time of a series alone: its start, such as 2026-11-21T09:30:00Z.")]
    }
}
