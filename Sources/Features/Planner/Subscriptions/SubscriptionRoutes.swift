import Courses
import Failures
import FoundationEssentials
package import HTTPServing
import Planning
import TimeZones

/// Calendars that are read again and again, over HTTP.
package struct SubscriptionRoutes: RouteCollection {
    private let service: SubscriptionService

    package init(service: SubscriptionService) { self.service = service }

    package var routes: [Route] { [list, add, refresh, remove] }

    private static let tag = "Planner"

    private var list: Route {
        Route.get(
            "/planner/subscriptions", "List the calendars that are read again and again", tag: Self.tag,
            returns: SubscriptionList.self
        ) { call in
            SubscriptionList(data: try await service.list(of: try call.user()).map(SubscriptionView.init))
        }
    }

    private var add: Route {
        Route.post(
            "/planner/subscriptions", "Read a calendar at an address from now on", tag: Self.tag, body: NewSubscription.self,
            returns: SubscriptionView.self, status: 201, failures: [.validationFailed, .unprocessable, .conflict], limit: .upload
        ) { call, body in
            SubscriptionView(
                try await service.add(
                    url: body.url, name: body.name, course: body.courseID, zone: try EventFields.zone(body.timeZone) ?? .utc,
                    user: try call.user()))
        }
        .described("Its events come at once, and are read again every four hours: what changed there changes here.")
    }

    private var refresh: Route {
        Route.post(
            "/planner/subscriptions/:id/refresh", "Read such a calendar now", tag: Self.tag, returns: SubscriptionView.self,
            failures: [.notFound], limit: .upload
        ) { call in
            SubscriptionView(try await service.refresh(try call.parameter("id"), user: try call.user()))
        }
        .described("Where it cannot be read, `problem` says why, and its events stay as they were.")
    }

    private var remove: Route {
        Route.delete(
            "/planner/subscriptions/:id", "Read such a calendar no more", tag: Self.tag, failures: [.notFound]
        ) { call in
            try await service.remove(try call.parameter("id"), user: try call.user())
        }
        .described("Its events go with it.")
    }
}

struct NewSubscription: APIType {
    var url: String
    var name: String?
    var courseID: CourseID?
    var timeZone: String?

    enum CodingKeys: String, CodingKey {
        case url, name
        case courseID = "course_id"
        case timeZone = "time_zone"
    }

    static var constraints: [Constraint<NewSubscription>] {
        [
            .length(\.url, "url", 1...2000), .notBlank(\.url, "url"), .length(\.name, "name", 0...200),
            .example("url", "webcal://timetable.example.edu/me.ics"), .describe("url", "https:// or webcal://."),
            .describe("name", "By itself what the calendar calls itself."),
            .describe("course_id", "The course that its events go to; by itself the one that their words name."),
            .checked("time_zone"), .checked("url"), .describe("time_zone", "Of times that name none."),
        ]
    }
}

struct SubscriptionList: APIType {
    var data: [SubscriptionView]
}

struct SubscriptionView: APIType {
    var id: CalendarSubscriptionID
    var courseID: CourseID?
    var url: String
    var name: String
    var events: Int
    var leftOut: Int
    var fetchedAt: Date?
    var dueAt: Date
    var problem: String?
    var createdAt: Date

    enum CodingKeys: String, CodingKey {
        case id, url, name, events, problem
        case courseID = "course_id"
        case leftOut = "left_out"
        case fetchedAt = "fetched_at"
        case dueAt = "due_at"
        case createdAt = "created_at"
    }

    init(_ subscription: CalendarSubscription) {
        (id, courseID, url, name) = (subscription.id, subscription.courseID, subscription.url, subscription.name)
        (events, leftOut, problem) = (subscription.events, subscription.leftOut, subscription.problem)
        (fetchedAt, dueAt, createdAt) = (subscription.fetchedAt, subscription.dueAt, subscription.createdAt)
    }

    static var schemaName: String { "CalendarSubscription" }
    static var constraints: [Constraint<SubscriptionView>] {
        [
            .describe("fetched_at", "When it was last read."), .describe("due_at", "When it is read next."),
            .describe("problem", "Why it could not be read the last time; missing where it could."),
            .describe("left_out", "Events that could not be read."),
        ]
    }
}
