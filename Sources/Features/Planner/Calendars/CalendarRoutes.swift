import Accounts
import Failures
import HTTPMessages
package import HTTPServing

/// Calendars to subscribe to, over HTTP.
package struct CalendarRoutes: RouteCollection {
    private let service: CalendarService

    package init(service: CalendarService) { self.service = service }

    package var routes: [Route] { [state, open, close, own, file] }

    private static let tag = "Planner"
    private static let type = "text/calendar; charset=utf-8"

    private var state: Route {
        Route.get("/planner/calendar", "Show whether your calendar has an address", tag: Self.tag, returns: CalendarState.self) {
            call in
            CalendarState(isOpen: try await service.isOpen(for: try call.user()), url: nil)
        }
    }

    private var open: Route {
        Route.post(
            "/planner/calendar", "Give your calendar a new secret address", tag: Self.tag, body: NewCalendarAddress.self,
            returns: CalendarState.self, status: 201, failures: [.rateLimited], limit: .login
        ) { call, body in
            let secret = try await service.open(for: try call.user(), call.shown(body.password, body.code))
            return CalendarState(isOpen: true, url: "/api/v1/planner/calendar/\(secret).ics")
        }
        .described(
            "Shown once: only its digest is kept. The address before it ends, and a new password of the account ends this one."
        )
        .needingSignIn()
    }

    private var close: Route {
        Route.delete("/planner/calendar", "Take your calendar's address away", tag: Self.tag) { call in
            try await service.close(for: try call.user())
        }
    }

    private var own: Route {
        Route.raw(
            .get, "/planner/export", "Export your calendar", tag: Self.tag, produces: ["text/calendar"]
        ) { call in
            Self.answer(try await service.file(of: try call.user()))
        }
    }

    private var file: Route {
        Route.raw(
            .get, "/planner/calendar/:secret", "Read a calendar by its secret address", tag: Self.tag, access: .anyone,
            produces: ["text/calendar"], failures: [.notFound]
        ) { call in
            let name: String = try call.parameter("secret")
            guard name.hasSuffix(".ics") else { throw PlannerFailure.noCalendar }
            return Self.answer(try await service.file(at: String(name.dropLast(4))))
        }
        .parameter("secret", "The secret and `.ics`.")
    }

    private static func answer(_ text: String) -> HTTPResponse {
        HTTPResponse(
            headers: [
                "Content-Type": type, "Content-Disposition": "attachment; filename=\"little-monster.ics\"",
                "Cache-Control": "private, no-store",
            ], body: .bytes(Array(text.utf8)))
    }
}

/// `POST /planner/calendar`
struct NewCalendarAddress: APIType {
    var password: String?
    var code: String?

    static var constraints: [Constraint<NewCalendarAddress>] {
        [
            .length(\.password, "password", 0...4096), .writeOnly("password"), .length(\.code, "code", 0...40), .writeOnly("code"),
            .describe("password", "Of the account, where it has one and the session was not proved a moment ago."),
        ]
    }
}

struct CalendarState: APIType {
    var isOpen: Bool
    var url: String?

    enum CodingKeys: String, CodingKey {
        case url
        case isOpen = "is_open"
    }

    static var constraints: [Constraint<CalendarState>] {
        [.describe("url", "Below this server's own address; only where it was just made.")]
    }
}
