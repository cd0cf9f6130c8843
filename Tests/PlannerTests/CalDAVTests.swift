import Ambient
import Database
import FoundationEssentials
import HTTPMessages
import HTTPServing
import HTTPServingTesting
@testable import Planner
import Planning
import Testing
import TimeZones

/// The calendar as programs see it that speak CalDAV, where a client library would hide what is sent.
@Suite(.timeLimit(.minutes(3)))
struct CalDAVTests {
    private struct Program {
        let client: TestClient
        let authorization: String

        func ask(
            _ method: HTTPMethod, _ path: String, _ body: String = "", _ headers: HTTPHeaders = [:]
        ) async throws -> TestAnswer {
            var headers = headers
            headers["Authorization"] = authorization
            return try await client.send(method, path, headers: headers, body: Array(body.utf8))
        }
    }

    private static let home = "/dav/calendars/planner/"

    private static func program(of stage: PlannerStage, _ person: String = "ann") async throws -> Program {
        try await stage.havePassword(person)
        let made: AppPasswordView = try await stage.client(person).post(
            "/planner/passwords", json: #"{"name": "Phone", "password": "\#(PlannerStage.password)"}"#
        ).json()
        let secret = try #require(made.secret)
        let email = "\(person == "ann" ? PlannerStage.annID : PlannerStage.benID)@example.org"
        return Program(client: stage.program, authorization: "Basic " + Data("\(email):\(secret)".utf8).base64EncodedString())
    }

    private static func file(_ uid: String, _ title: String, _ more: String = "") -> String {
        """
        BEGIN:VCALENDAR
        VERSION:2.0
        BEGIN:VEVENT
        UID:\(uid)
        DTSTAMP:20260301T000000Z
        DTSTART:20260310T090000Z
        DTEND:20260310T100000Z
        SUMMARY:\(title)
        \(more)END:VEVENT
        END:VCALENDAR

        """
    }

    @Test(arguments: Dialect.allCases) func `a password opens the calendar of whom it belongs to, until it is taken away`(
        _ dialect: Dialect
    ) async throws {
        try await PlannerStage.with(dialect) { stage in
            let (ann, ben) = (try await Self.program(of: stage), try await Self.program(of: stage, "ben"))
            let found = try await ann.ask(.propfind, "/dav/", "", ["Depth": "0"])
            #expect(found.status == 207 && found.text.contains("<D:current-user-principal><D:href>/dav/principal/</D:href>"))
            #expect(try await ann.ask(.put, Self.home + "a.ics", Self.file("a", "Mine"), ["If-None-Match": "*"]).status == 201)
            #expect(try await ben.ask(.get, Self.home + "a.ics").status == 404)
            let nobody = try await stage.program.send(.propfind, "/dav/")
            #expect(nobody.status == 401 && nobody.headers["WWW-Authenticate"]?.hasPrefix("Basic") == true)
            // A password of another, and that of another person with this address.
            let mixed = Program(
                client: ann.client, authorization: "Basic " + Data("nobody@example.org:x".utf8).base64EncodedString())
            #expect(try await mixed.ask(.propfind, "/dav/").status == 401)
            let passwords = try await stage.client().get("/planner/passwords").json(AppPasswordList.self).data
            #expect(passwords.map(\.name) == ["Phone"] && passwords[0].secret == nil && passwords[0].lastUsedAt != nil)
            #expect(try await stage.client("ben").delete("/planner/passwords/\(passwords[0].id)").status == 404)
            #expect(try await stage.client().delete("/planner/passwords/\(passwords[0].id)").status == 204)
            #expect(try await ann.ask(.propfind, "/dav/").status == 401)
            #expect(try await stage.program.send(.propfind, "/.well-known/caldav").headers["Location"] == "/dav/")
            let options = try await stage.program.send(.options, Self.home)
            #expect(options.status == 200 && options.headers["DAV"]?.contains("calendar-access") == true)
        }
    }

    @Test(arguments: Dialect.allCases) func `an event is written only where it is as the program knew it`(_ dialect: Dialect)
        async throws
    {
        try await PlannerStage.with(dialect) { stage in
            let program = try await Self.program(of: stage)
            let place = Self.home + "my%20event.ics"
            #expect(try await program.ask(.put, place, Self.file("a", "One"), ["If-None-Match": "*"]).status == 201)
            #expect(try await program.ask(.put, place, Self.file("a", "Two"), ["If-None-Match": "*"]).status == 412)
            let first = try await program.ask(.get, place)
            let etag = try #require(first.headers["ETag"])
            #expect(first.text.contains("SUMMARY:One\r\n") && first.text.contains("UID:a\r\n"))
            #expect(try await program.ask(.put, place, Self.file("a", "Two"), ["If-Match": etag]).status == 204)
            #expect(try await program.ask(.put, place, Self.file("a", "Three"), ["If-Match": etag]).status == 412)
            // Changed in the browser, it is another to the program too.
            let id = try #require(try await ImportTests.all(stage.client()).first?.id)
            let second = try #require(try await program.ask(.get, place).headers["ETag"])
            _ = try await stage.client().patch("/planner/events/\(id)", json: #"{"title": "Browser"}"#)
            #expect(try await program.ask(.delete, place, "", ["If-Match": second]).status == 412)

            for (name, body, precondition) in [
                ("b.ics", Self.file("a", "Same UID"), "no-uid-conflict"),
                ("b.ics", "BEGIN:VCALENDAR\nEND:VCALENDAR\n", "valid-calendar-data"),
                ("b.ics", Self.file("b", "x").replacing("20260310T090000Z", with: "soon"), "valid-calendar-data"),
                ("b.ics", Self.file("b", "x").replacing("VEVENT", with: "VTODO"), "supported-calendar-component"),
                ("my%20event.ics", Self.file("other", "x"), "no-uid-conflict"),
            ] {
                let answer = try await program.ask(.put, Self.home + name, body)
                #expect(answer.status == 403 && answer.text.contains("<C:\(precondition)/>"), "\(answer.status) \(answer.text)")
            }
            #expect(try await program.ask(.put, Self.home, Self.file("c", "x")).status == 405)
            #expect(try await program.ask(.delete, place).status == 204)
            #expect(try await program.ask(.get, place).status == 404)
        }
    }

    @Test(arguments: Dialect.allCases) func `what is new since a token is told, and what went`(_ dialect: Dialect) async throws {
        try await PlannerStage.with(dialect) { stage in
            let program = try await Self.program(of: stage)
            func sync(_ token: String) async throws -> (text: String, token: String) {
                let answer = try await program.ask(
                    .report, Self.home,
                    "<sync-collection xmlns='DAV:'><sync-token>\(token)</sync-token><sync-level>1</sync-level><prop><getetag/></prop></sync-collection>"
                )
                #expect(answer.status == 207, "\(answer.text)")
                let next = answer.text.components(separatedBy: "<D:sync-token>").last?.components(separatedBy: "<").first ?? ""
                return (answer.text, next)
            }
            _ = try await program.ask(.put, Self.home + "a.ics", Self.file("a", "A"))
            _ = try await program.ask(.put, Self.home + "b.ics", Self.file("b", "B"))
            let all = try await sync("")
            #expect(all.text.contains("a.ics") && all.text.contains("b.ics"))
            #expect(try await sync(all.token).text.contains("<D:response>") == false)
            _ = try await program.ask(.delete, Self.home + "a.ics")
            _ = try await stage.client().post(
                "/planner/events",
                json: #"{"title": "Series", "type": "class", "start_date": "2026-03-10T09:00:00Z", "rrule": "FREQ=DAILY;COUNT=3"}"#)
            let news = try await sync(all.token)
            #expect(news.text.contains("/a.ics</D:href><D:status>HTTP/1.1 404") && !news.text.contains("/b.ics"))
            // One time of a series moves and comes back: the series is another each time.
            let series = try #require(try await ImportTests.all(stage.client()).first { $0.title == "Series" }?.id)
            let moved: EventView = try await stage.client().patch(
                "/planner/events/\(series)", json: #"{"occurrence": "2026-03-11T09:00:00Z", "start_date": "2026-03-11T12:00:00Z"}"#
            ).json()
            let after = try await sync(news.token)
            #expect(after.text.contains("\(series).ics"))
            _ = try await stage.client().delete("/planner/events/\(moved.id)")
            let last = try await sync(after.token)
            #expect(last.text.contains("\(series).ics") && !last.text.contains("HTTP/1.1 404"))
            let bad = try await program.ask(
                .report, Self.home,
                "<D:sync-collection xmlns:D='DAV:'><D:sync-token>urn:else:1</D:sync-token><D:prop/></D:sync-collection>")
            #expect(bad.status == 403 && bad.text.contains("valid-sync-token"))
        }
    }

    @Test func `what is read again and again cannot be written`() async throws {
        try await PlannerStage.with(.sqlite) { stage in
            let program = try await Self.program(of: stage)
            let id: CalendarSubscriptionID = Identifier(UUID())
            let now = stage.clock.now
            let subscription = CalendarSubscription(
                id: id, userID: stage.ann, url: "https://example.org/a.ics", name: "a", zone: "UTC", dueAt: now, createdAt: now)
            let event = PlannerEvent(
                id: Identifier(UUID()), userID: stage.ann, type: .class, title: "Theirs", description: "", start: now, end: now,
                isAllDay: false,
                zone: .utc, excluded: [], isCompleted: false, origin: EventOrigin(uid: "theirs", subscriptionID: id),
                createdAt: now,
                updatedAt: now)
            try await stage.database.transaction(as: .user(stage.ann)) {
                _ = try await SubscriptionStore().insert(subscription, in: $0)
                try await EventStore().insert(event, in: $0)
            }
            let place = Self.home + event.resource
            #expect(try await program.ask(.get, place).status == 200)
            #expect(try await program.ask(.put, place, Self.file("theirs", "Mine")).status == 403)
            #expect(try await program.ask(.delete, place).status == 403)
        }
    }

    @Test(arguments: [
        "<!DOCTYPE a [<!ENTITY b \"c\">]><propfind xmlns='DAV:'/>", "<propfind xmlns='DAV:'>&b;</propfind>", "<propfind",
        "<a><b></a></b>",
        "<p:a/>", "<a/><b/>", "", "<a b='<'/>", "<a b='1' b='2'/>",
        String(repeating: "<a>", count: 40) + String(repeating: "</a>", count: 40),
    ]) func `XML that is none, or more than is needed, is refused`(_ text: String) {
        #expect(XMLReader.read(Array(text.utf8)) == nil)
    }

    @Test func `names stand in their namespaces, and text without its escapes`() throws {
        let text =
            "<?xml version='1.0'?><!-- x --><D:a xmlns:D=\"DAV:\" xmlns='urn:x'><b c='&quot;1&#x41;'>1 &lt; <![CDATA[&2]]></b></D:a>\n"
        let root = try #require(XMLReader.read(Array(text.utf8)))
        #expect(root.namespace == "DAV:" && root.name == "a")
        #expect(root.first("b") == XMLElement(namespace: "urn:x", name: "b", attributes: ["c": "\"1A"], text: "1 < &2"))
    }
}
