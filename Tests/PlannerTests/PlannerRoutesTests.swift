import Ambient
import Database
import FoundationEssentials
import HTTPServingTesting
@testable import Planner
import Testing

@Suite(.timeLimit(.minutes(3)))
struct PlannerRoutesTests {
    @Test(arguments: Dialect.allCases) func `a series is shown by its times, and one of them changes or goes alone`(
        _ dialect: Dialect
    ) async throws {
        try await PlannerStage.with(dialect) { stage in
            let client = stage.client()
            let made = try await client.post(
                "/planner/events",
                json: """
                    {"title": " Cell  Biology ", "type": "class", "start_date": "2026-03-23T08:00:00Z", "end_date": "2026-03-23T09:30:00Z",
                     "time_zone": "Europe/Berlin", "rrule": "FREQ=WEEKLY;COUNT=3"}
                    """)
            let event: EventView = try made.json()
            #expect(made.status == 201 && event.title == "Cell Biology" && event.rrule == "FREQ=WEEKLY;COUNT=3")
            let range = "/planner/events?from=2026-03-20T00:00:00Z&to=2026-04-20T00:00:00Z"
            let times = try await client.get(range).json(EventList.self).data
            // Nine in Berlin: an hour earlier in UTC once the clocks are put forward.
            #expect(
                times.map { Int($0.startDate.timeIntervalSince(event.startDate)) } == [0, 7 * 86_400 - 3600, 14 * 86_400 - 3600])
            let second = try #require(times[1].occurrence)
            let text = "2026-03-30T07:00:00Z"
            let moved = try await client.patch(
                "/planner/events/\(event.id)", json: #"{"occurrence": "\#(text)", "start_date": "2026-03-31T10:00:00Z"}"#)
            let single: EventView = try moved.json()
            #expect(moved.status == 200 && single.seriesID == event.id && single.occurrence == second && single.rrule == nil)
            #expect(try await client.delete("/planner/events/\(event.id)?occurrence=2026-04-06T07:00:00Z").status == 204)
            #expect(try await client.get(range).json(EventList.self).data.map(\.id) == [event.id, single.id])
            #expect(try await client.delete("/planner/events/\(event.id)?occurrence=2026-04-06T07:00:00Z").status == 422)
            #expect(try await stage.client("ben").get("/planner/events/\(event.id)").status == 404)
            // The series takes its exceptions with it.
            #expect(try await client.delete("/planner/events/\(event.id)").status == 204)
            #expect(try await client.get(range).json(EventList.self).data.isEmpty)
        }
    }

    @Test func `what is wrong with an event is said by field`() async throws {
        try await PlannerStage.with(.sqlite) { stage in
            let client = stage.client()
            for (field, json) in [
                ("rrule", #"{"title": "a", "type": "exam", "start_date": "2026-03-23T08:00:00Z", "rrule": "FREQ=SECONDLY"}"#),
                ("time_zone", #"{"title": "a", "type": "exam", "start_date": "2026-03-23T08:00:00Z", "time_zone": "../x"}"#),
                (
                    "end_date",
                    #"{"title": "a", "type": "exam", "start_date": "2026-03-23T08:00:00Z", "end_date": "2026-03-22T08:00:00Z"}"#
                ),
            ] {
                let answer = try await client.post("/planner/events", json: json)
                #expect(answer.status == 400 || answer.status == 422)
                #expect(answer.text.contains(field))
            }
        }
    }

    @Test(arguments: Dialect.allCases) func `a plan fills the free hours before an exam, says why, and plans missed blocks anew`(
        _ dialect: Dialect
    ) async throws {
        let topics = [StudyState.Topic("Mitosis", mastery: 0.2), StudyState.Topic("Osmosis", mastery: 0.6)]
        try await PlannerStage.with(dialect, topics: topics, cards: [PlannerStage.noon]) { stage in
            let client = stage.client()
            let course = try await stage.course("Biology")
            _ = try await client.post(
                "/planner/events",
                json: #"{"title": "Exam", "type": "exam", "start_date": "2026-03-12T09:00:00Z", "course_id": "\#(course)"}"#)
            let wishes =
                #"{"free": [{"weekday": 1, "start": "16:00", "end": "19:00"}, {"weekday": 4, "start": "16:00", "end": "18:00"}]}"#
            let plan: PlanView = try await client.post("/planner/plan", json: wishes).json()
            #expect(
                plan.missing.isEmpty && plan.blocks.first?.activity == "review" && plan.blocks.contains { $0.topic == "Mitosis" })
            #expect(plan.blocks.allSatisfy { !$0.reason.isEmpty } && plan.blocks.allSatisfy { $0.startDate > stage.clock.now })
            let again: PlanView = try await client.post("/planner/plan", json: "{}").json()
            #expect(
                again.blocks.map(\.startDate) == plan.blocks.map(\.startDate)
                    && again.blocks.map(\.reason) == plan.blocks.map(\.reason))
            // A block that was moved stays, and counts.
            let moved = try #require(again.blocks.last)
            #expect(
                try await client.patch("/planner/events/\(moved.id)", json: #"{"start_date": "2026-03-11T06:00:00Z"}"#).status
                    == 200)
            let around: PlanView = try await client.post("/planner/plan", json: "{}").json()
            #expect(around.blocks.count == again.blocks.count - 1)
            // Three days later what was done stands, and what was missed is planned for what is left.
            let done = try #require(around.blocks.first)
            #expect(try await client.patch("/planner/events/\(done.id)", json: #"{"is_completed": true}"#).status == 200)
            stage.clock.advance(days: 3.5)
            let later: PlanView = try await client.post("/planner/plan", json: "{}").json()
            #expect(later.blocks.allSatisfy { $0.startDate > stage.clock.now })
            let events = try await client.get("/planner/events?from=2026-03-01T00:00:00Z&to=2026-03-12T00:00:00Z").json(
                EventList.self
            ).data
            #expect(Set(events.map(\.id)) == Set(later.blocks.map(\.id) + [done.id, moved.id]))
            let none: PlanView = try await client.post("/planner/plan", json: #"{"free": []}"#).json()
            #expect(none.blocks.isEmpty && none.missing.contains { $0.cause == "no_free_time" && $0.title == "Exam" })
            #expect(try await stage.eventTypes().filter { $0 == "plan.changed" }.count == 5)
        }
    }

    @Test(arguments: Dialect.allCases) func `a calendar is read by its secret address until it is taken away`(
        _ dialect: Dialect
    ) async throws {
        try await PlannerStage.with(dialect) { stage in
            let client = stage.client()
            _ = try await client.post(
                "/planner/events", json: #"{"title": "Essay", "type": "deadline", "start_date": "2026-03-23T08:00:00Z"}"#)
            try await stage.havePassword()
            let state: CalendarState = try await client.post(
                "/planner/calendar", json: #"{"password": "\#(PlannerStage.password)"}"#
            ).json()
            let path = try #require(state.url?.dropFirst("/api/v1".count)).description
            let file = try await stage.client("ben").get(path)
            #expect(file.status == 200 && file.text.hasPrefix("BEGIN:VCALENDAR\r\n") && file.text.contains("SUMMARY:Essay\r\n"))
            #expect(try await client.get("/planner/calendar/guessed.ics").status == 404)
            #expect(try await client.delete("/planner/calendar").status == 204)
            #expect(try await client.get(path).status == 404)
        }
    }

    @Test(arguments: Dialect.allCases) func `grades are reckoned from assessments, and what the final must become`(
        _ dialect: Dialect
    ) async throws {
        try await PlannerStage.with(dialect) { stage in
            let client = stage.client()
            let course = try await stage.course("Biology")
            let path = "/courses/\(course)/assessments"
            #expect(try await client.post(path, json: #"{"name": "Midterm", "weight": 40, "points": 70}"#).status == 201)
            let final: AssessmentView = try await client.post(path, json: #"{"name": "Final", "weight": 60}"#).json()
            #expect(
                try await client.put("/courses/\(course)/grade", json: #"{"scale": "four_point", "credits": 3, "target": "B"}"#)
                    .status == 200)
            let grade: GradeView = try await client.get("/courses/\(course)/grade").json()
            #expect(grade.current?.grade == "C−" && grade.targetShare == 0.83 && grade.needs.first?.assessmentID == final.id)
            #expect(grade.needs.first?.points.map { Int($0.rounded()) } == 92)
            let average: AverageView = try await client.get("/gpa").json()
            #expect(average.gpa == 1.7 && average.credits == 3)
            #expect(try await stage.client("ben").get(path).status == 404)
            #expect(try await stage.client("ben").patch("\(path)/\(final.id)", json: #"{"points": 1}"#).status == 404)
            #expect(try await client.delete("\(path)/\(final.id)").status == 204)
        }
    }

    @Test(arguments: Dialect.allCases) func `an event is told of once at its time, and a series again the next time`(
        _ dialect: Dialect
    ) async throws {
        try await PlannerStage.with(dialect) { stage in
            _ = try await stage.client().post(
                "/planner/events",
                json: """
                    {"title": "Swim", "type": "reminder", "start_date": "2026-03-02T13:00:00Z", "rrule": "FREQ=DAILY;COUNT=2",
                     "remind_before": 30}
                    """)
            let sweep = ReminderSweep(
                database: stage.database, events: stage.told, ambient: .init(now: { stage.clock.now }, newUUID: { UUID() }))
            func told() async throws -> Int {
                try await stage.database.transaction(as: .system) { _ = try await sweep.sweep(in: $0) }
                return try await stage.eventTypes().filter { $0 == "planner.reminder" }.count
            }
            #expect(try await told() == 0)
            stage.clock.advance(minutes: 31)
            #expect(try await told() == 1)
            #expect(try await told() == 1)
            stage.clock.advance(days: 1)
            #expect(try await told() == 2)
            stage.clock.advance(days: 1)
            #expect(try await told() == 2)
        }
    }

    @Test func `a line is understood with the course that it names`() async throws {
        try await PlannerStage.with(.sqlite) { stage in
            let course = try await stage.course("Biology")
            _ = try await stage.course("Chemistry")
            let entry: EntryView = try await stage.client().post("/planner/entries", json: #"{"text": "bio exam friday 9am"}"#)
                .json()
            #expect(entry.courseID == course && entry.type == .exam && entry.title == "bio exam" && !entry.isAllDay)
            #expect(entry.startDate == PlannerStage.noon.addingTimeInterval(4 * 86_400 - 3 * 3600))
        }
    }
}
