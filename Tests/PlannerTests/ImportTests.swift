import Ambient
import Database
import FoundationEssentials
import HTTPClient
import HTTPServingTesting
import Jobs
@testable import Planner
import ScriptedServing
import Synchronization
import Testing

/// Calendars of other programs, as they come in through the real sandbox.
@Suite(.timeLimit(.minutes(3)))
struct ImportTests {
    static func calendar(_ events: String...) -> String {
        (["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Moodle//EN"] + events + ["END:VCALENDAR", ""]).joined(separator: "\r\n")
    }

    static func event(_ uid: String, _ lines: String...) -> String {
        (["BEGIN:VEVENT", "UID:\(uid)"] + lines + ["END:VEVENT"]).joined(separator: "\r\n")
    }

    static func send(_ text: String, to client: TestClient, preview: Bool = false) async throws -> CalendarImportView {
        var form = TestForm().text("time_zone", "Europe/Berlin")
        if preview { form = form.text("preview", "true") }
        let answer = try await client.post("/planner/import", form: form.file("file", filename: "term.ics", Array(text.utf8)))
        try #require(answer.status == 200, "\(answer.text)")
        return try answer.json()
    }

    static let lecture = event(
        "lecture@uni", "SUMMARY:Cell Biology", "CATEGORIES:BIO101", "LOCATION:Hall 3", "DTSTART;TZID=Europe/Berlin:20260323T090000",
        "DTEND;TZID=Europe/Berlin:20260323T103000", "RRULE:FREQ=WEEKLY;COUNT=3")

    static func all(_ client: TestClient) async throws -> [EventView] {
        try await client.get("/planner/events?from=2026-03-03T00:00:00Z&to=2026-05-01T00:00:00Z").json(EventList.self).data
    }

    @Test(arguments: Dialect.allCases) func `a calendar comes in once, is changed by its next file, and is taken back`(
        _ dialect: Dialect
    ) async throws {
        try await PlannerStage.with(dialect) { stage in
            let client = stage.client()
            let course = try await stage.course("BIO101")
            let essay = Self.event("essay", "SUMMARY:Essay is due", "DTSTART:20260401T215900Z")
            let text = Self.calendar(
                Self.lecture, essay,
                Self.event("exam", "SUMMARY:Klausur Biologie", "DTSTART:20260410T080000Z", "DTEND:20260410T100000Z"),
                Self.event("broken", "SUMMARY:Broken", "DTSTART:soon"))
            let preview = try await Self.send(text, to: client, preview: true)
            #expect((preview.added, preview.leftOut, preview.undoID) == (3, 1, nil))
            #expect(preview.events.map(\.type) == [.class, .deadline, .exam] && preview.events[0].courseID == course)
            #expect(preview.problems.first?.title == "Broken" && preview.problems.first?.line == 27)
            #expect(try await Self.all(client).isEmpty)

            let first = try await Self.send(text, to: client)
            #expect((first.added, first.updated, first.same) == (3, 0, 0))
            let events = try await Self.all(client)
            #expect(events.map(\.title) == ["Cell Biology", "Cell Biology", "Essay is due", "Cell Biology", "Klausur Biologie"])
            #expect(events[0].location == "Hall 3" && events[4].remindBefore == 1440)

            // What the student makes of it stays, and the same file changes nothing.
            let essayID = events[2].id
            #expect(try await client.patch("/planner/events/\(essayID)", json: #"{"is_completed": true}"#).status == 200)
            let again = try await Self.send(text, to: client)
            #expect((again.added, again.updated, again.same, again.undoID) == (0, 0, 3, nil))

            let changed = Self.calendar(
                Self.lecture.replacing("Hall 3", with: "Hall 5"),
                Self.event(
                    "lecture@uni", "RECURRENCE-ID;TZID=Europe/Berlin:20260330T090000", "SUMMARY:Moved",
                    "DTSTART;TZID=Europe/Berlin:20260331T140000", "DTEND;TZID=Europe/Berlin:20260331T150000"),
                essay.replacing("20260401", with: "20260402"), Self.event("exam", "STATUS:CANCELLED", "DTSTART:20260410T080000Z"))
            let third = try await Self.send(changed, to: client)
            #expect((third.added, third.updated, third.cancelled) == (0, 2, 1))
            let now = try await Self.all(client)
            #expect(now.map(\.title) == ["Cell Biology", "Moved", "Essay is due", "Cell Biology"])
            #expect(now[0].location == "Hall 5" && now[2].isCompleted && now[2].id == essayID)

            let undo = try #require(third.undoID)
            #expect(try await stage.client("ben").post("/planner/undos/\(undo)").status == 404)
            #expect(try await client.post("/planner/undos/\(undo)").status == 204)
            #expect(try await client.post("/planner/undos/\(undo)").status == 404)
            let back = try await Self.all(client)
            #expect(back.map(\.title) == events.map(\.title) && back[0].location == "Hall 3")
            let whole = try #require(first.undoID)
            #expect(try await client.post("/planner/undos/\(whole)").status == 204)
            #expect(try await Self.all(client).isEmpty)
            #expect(try await stage.eventTypes().filter { $0 == "planner.calendar_changed" }.count == 4)
        }
    }

    @Test func `its own file comes back without doubling anything`() async throws {
        try await PlannerStage.with(.sqlite) { stage in
            let client = stage.client()
            _ = try await client.post(
                "/planner/events",
                json:
                    #"{"title": "Swim", "type": "reminder", "start_date": "2026-03-23T08:00:00Z", "rrule": "FREQ=WEEKLY;COUNT=2"}"#)
            let file = try await client.get("/planner/export").text
            let brought = try await Self.send(file, to: client)
            #expect((brought.added, brought.updated) == (0, 1))
            #expect(try await Self.all(client).map(\.type) == [.reminder, .reminder])
        }
    }

    @Test func `what is no calendar is refused in words`() async throws {
        try await PlannerStage.with(.sqlite) { stage in
            let client = stage.client()
            for (bytes, status) in [(Array("hello".utf8), 422), ([0x50, 0x4B, 3, 4, 0, 0], 422), ([], 422)] {
                let answer = try await client.post(
                    "/planner/import", form: TestForm().file("file", filename: "term.ics", bytes))
                #expect(answer.status == status && answer.text.contains("no calendar"), "\(answer.text)")
            }
            #expect(try await client.post("/planner/import", form: TestForm().text("preview", "true")).status == 400)
            let local = try await client.post(
                "/planner/import", form: TestForm().text("url", "webcal://127.0.0.1/me.ics"))
            // The client of tests may ask this machine; nobody listens there.
            #expect(local.status == 422)
        }
    }

    @Test func `an address within is never asked`() async throws {
        let address = CalendarUpload(client: try .init(CalendarUpload.configuration))
        for url in [
            "http://127.0.0.1/a.ics", "https://localhost/a.ics", "http://169.254.169.254/", "https://example.org:8443/a.ics",
        ] {
            let failure = await #expect(throws: PlannerFailure.self) { _ = try await address.fetch(url) }
            #expect(failure?.message.contains("may not be opened") == true)
        }
        #expect(try CalendarUpload.url(" webcal://Example.org/a.ics ") == "https://Example.org/a.ics")
        #expect(throws: PlannerFailure.self) { _ = try CalendarUpload.url("https://") }
    }

    @Test(arguments: Dialect.allCases) func `a calendar at an address is read again, and what it no longer has goes`(
        _ dialect: Dialect
    ) async throws {
        let shown = Mutex((text: "", status: 200, asked: 0))
        let server = try ScriptedServer { connection, request in
            let (text, status) = shown.withLock { state in
                state.asked += 1
                return (state.text, state.status)
            }
            let tag = "\"\(text.utf8.count)\""
            if request.headers["If-None-Match"] == tag { return connection.respond(304) }
            connection.respond(status, ["Content-Type": "text/calendar", "ETag": tag], text)
        }
        try await PlannerStage.with(dialect) { stage in
            let client = stage.client()
            let seminar = Self.event("seminar", "SUMMARY:Seminar", "DTSTART:20260324T080000Z", "DTEND:20260324T090000Z")
            let past = Self.event("past", "SUMMARY:Past", "DTSTART:20260105T080000Z", "DTEND:20260105T090000Z")
            shown.withLock { $0.text = Self.calendar("X-WR-CALNAME:Timetable", Self.lecture, seminar, past) }
            let made = try await client.post("/planner/subscriptions", json: #"{"url": "\#(server.url)/me.ics"}"#)
            let subscription: SubscriptionView = try made.json()
            #expect(made.status == 201 && subscription.name == "Timetable" && subscription.events == 3)
            #expect(try await client.post("/planner/subscriptions", json: #"{"url": "\#(server.url)/me.ics"}"#).status == 409)
            #expect(try await Self.all(client).count == 4)

            // Not before its time; then by a job.
            func sweep() async throws {
                _ = try await stage.database.transaction(as: .system) { try await stage.refreshing.sweep(in: $0) }
                try await stage.worker.drain()
            }
            try await sweep()
            #expect(shown.withLock { $0.asked } == 1)
            stage.clock.advance(minutes: 241)
            try await sweep()
            #expect(shown.withLock { $0.asked } == 2)

            shown.withLock { $0.text = Self.calendar(Self.lecture.replacing("Hall 3", with: "Hall 10")) }
            stage.clock.advance(minutes: 241)
            try await sweep()
            let now = try await Self.all(client)
            #expect(now.map(\.title) == ["Cell Biology", "Cell Biology", "Cell Biology"] && now[0].location == "Hall 10")
            // What is over stays as it was.
            let january = try await client.get("/planner/events?from=2026-01-01T00:00:00Z&to=2026-02-01T00:00:00Z").json(
                EventList.self)
            #expect(january.data.map(\.title) == ["Past"])

            shown.withLock { ($0.status, $0.text) = (404, "gone for now") }
            let failed: SubscriptionView = try await client.post("/planner/subscriptions/\(subscription.id)/refresh").json()
            #expect(failed.problem?.contains("has no calendar at this address") == true && failed.events == 1)
            #expect(try await Self.all(client).count == 3)

            #expect(try await stage.client("ben").delete("/planner/subscriptions/\(subscription.id)").status == 404)
            #expect(try await client.delete("/planner/subscriptions/\(subscription.id)").status == 204)
            #expect(try await Self.all(client).isEmpty)
            #expect(try await client.get("/planner/subscriptions").json(SubscriptionList.self).data.isEmpty)
        }
    }

    @Test(arguments: Dialect.allCases) func `a plan is taken back, and what it lacked is told on every device`(_ dialect: Dialect)
        async throws
    {
        try await PlannerStage.with(dialect) { stage in
            let client = stage.client()
            _ = try await client.post(
                "/planner/events", json: #"{"title": "Exam", "type": "exam", "start_date": "2026-03-12T09:00:00Z"}"#)
            let first: PlanView = try await client.post(
                "/planner/plan", json: #"{"free": [{"weekday": 1, "start": "16:00", "end": "19:00"}]}"#
            ).json()
            let second: PlanView = try await client.post(
                "/planner/plan", json: #"{"free": [{"weekday": 2, "start": "16:00", "end": "17:00"}]}"#
            ).json()
            let standing: PlanView = try await client.get("/planner/plan").json()
            #expect(!standing.missing.isEmpty && standing.missing.map(\.missingMinutes) == second.missing.map(\.missingMinutes))
            #expect(standing.blocks.map(\.id) == second.blocks.map(\.id))
            let undo = try #require(second.undoID)
            #expect(try await client.post("/planner/undos/\(undo)").status == 204)
            let back: PlanView = try await client.get("/planner/plan").json()
            #expect(
                back.blocks.map(\.id) == first.blocks.map(\.id) && back.blocks.map(\.startDate) == first.blocks.map(\.startDate))
            #expect(try await client.delete("/planner/plan/missing").status == 204)
            #expect(try await client.get("/planner/plan").json(PlanView.self).missing.isEmpty)
        }
    }
}
