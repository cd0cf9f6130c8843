import Ambient
import Assembly
import Failures
import FoundationEssentials
import HTTPServing
import Planning
import TimeZones

/// Puts an event into the calendar of a student who wishes for it in a conversation: “add a bio exam on friday 9am”.
enum EventTools {
    struct Input: APIType {
        var entry: String

        static var constraints: [Constraint<Input>] {
            [
                .length(\.entry, "entry", 1...300), .notBlank(\.entry, "entry"),
                .describe("entry", "What and when, as one line: `bio exam friday 9am`, `lab every monday 14:00-16:00`."),
            ]
        }
    }

    static func tool(_ events: EventService, _ plans: PlanService) -> AssistantTool {
        AssistantTool(
            "event_add", "Adds an event to the student's calendar: an exam, a deadline, a class, a study block or a reminder.",
            takes: Input.self,
            wishes: ToolWishes(
                [
                    "exam", "event", "deadline", "appointment", "reminder", "class", "lecture", "study block", "midterm", "klausur",
                    "prüfung", "termin", "erinnerung", "abgabe",
                ].map { .init($0) }, phrases: ["remind me of", "remind me to", "remind me about", "erinnere mich an"],
                orders: ["add", "put", "schedule", "enter", "book", "trag", "trage", "füge", "plane", "set"]),
            asks: { "I can put “\($0.entry)” into your calendar. Shall I?" },
            make: { input, id, user in
                let event = try await add(input.entry, as: PlannerEventID(id), events, plans, user: user)
                return ToolDeed("event", id: event.id.description, title: event.title)
            },
            undo: { id, user in
                do {
                    try await events.delete(PlannerEventID(id), user: user)
                } catch let failure as PlannerFailure where failure.code == .notFound {
                    // It is gone already.
                }
            })
    }

    private static func add(
        _ entry: String, as id: PlannerEventID, _ events: EventService, _ plans: PlanService, user: UserID
    ) async throws -> PlannerEvent {
        if let known = try? await events.event(id, user: user) { return known }
        let zone = ZoneCatalogue.system.zone(try await plans.settings(of: user).timeZone) ?? .utc
        let view = try await events.understand(entry, zone: zone, user: user)
        guard let start = view.startDate else {
            throw PlannerFailure.invalid("entry", "must say when, such as “friday 9am”")
        }
        var change = EventService.Change()
        change.title = view.title.isEmpty ? entry : view.title
        (change.type, change.start, change.end) = (view.type, start, view.endDate)
        (change.isAllDay, change.zone) = (view.isAllDay, zone)
        if let rule = view.rrule.flatMap({ try? RecurrenceRule($0) }) { change.rule = .some(rule) }
        if let course = view.courseID { change.courseID = .some(course) }
        return try await events.create(change, as: id, user: user)
    }
}
