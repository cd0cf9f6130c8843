import Ambient
import Cryptography
import Database
import Events
import FoundationEssentials
import HTTPMessages
import HTTPServingTesting
import Jobs
import Mail
@testable import Notifications
import Testing

@Suite(.timeLimit(.minutes(3)))
struct NotificationTests {
    private static let byMail = NotificationSettings.Channels(app: true, push: false, mail: true)

    @Test(arguments: Dialect.allCases) func `what is told goes by the channels that were chosen, once`(_ dialect: Dialect)
        async throws
    {
        try await NotificationStage.with(dialect) { stage in
            // Nobody has chosen mail.
            #expect(try await stage.tell(stage.exam("first")))
            try await stage.worker.drain()
            #expect(try await stage.told() == 1)
            #expect(stage.mailbox.messages.isEmpty)

            try await stage.set(NotificationSettings(language: "de", timeZone: "Europe/Berlin", events: Self.byMail))
            try await stage.tell(stage.exam())
            try await stage.tell(stage.exam())
            try await stage.worker.drain()
            let sent = stage.mailbox.messages
            #expect(sent.count == 1)
            let message = try #require(sent.first)
            #expect(message.subject == "Biology" && message.to.address.text == "\(stage.ann)@example.org")
            // In Berlin it is an hour later, and an hour until then.
            #expect(message.text.contains("Heute, 14:00 Uhr"))
            #expect(message.text.contains("https://study.example.org/planner?day=2026-03-02"))
            #expect(message.unsubscribe?.hasPrefix("https://study.example.org/api/v1/notifications/unsubscribe/") == true)
            #expect(try await stage.deliveries().map(\.state) == [.sent])
            #expect(try await stage.deliveries(of: stage.ben).isEmpty)
        }
    }

    @Test(arguments: Dialect.allCases) func `in quiet hours mail waits for their end, and what is too late then is dropped`(
        _ dialect: Dialect
    ) async throws {
        try await NotificationStage.with(dialect) { stage in
            try await stage.set(NotificationSettings(events: Self.byMail, quiet: .init(start: "11:00", end: "13:30")))
            let now = stage.clock.now
            try await stage.tell(stage.exam("too late"))
            try await stage.tell(
                Notice(
                    key: "in time", kind: .events, title: "Chemistry", start: now.addingTimeInterval(7200), due: now,
                    expires: now.addingTimeInterval(7200)))
            try await stage.worker.drain()
            #expect(stage.mailbox.messages.isEmpty)
            #expect(try await stage.told() == 2)
            stage.clock.advance(hours: 1.51)
            try await stage.worker.drain()
            let sent = stage.mailbox.messages
            #expect(sent.map(\.subject) == ["Chemistry"])
            #expect(sent.first?.text.contains("This comes late") == true)
            #expect(try await stage.deliveries().map(\.state) == [.sent, .dropped])
        }
    }

    @Test(arguments: Dialect.allCases) func `what was turned off meanwhile is not sent, and a look at the link turns nothing off`(
        _ dialect: Dialect
    ) async throws {
        try await NotificationStage.with(dialect) { stage in
            try await stage.set(NotificationSettings(events: Self.byMail, cards: Self.byMail))
            try await stage.tell(stage.exam("one"))
            try await stage.worker.drain()
            let link = try #require(stage.mailbox.messages.first?.unsubscribe)
            let path = "/" + link.dropFirst("https://study.example.org/api/v1/".count)
            let nobody = stage.client("nobody")
            let look = try await nobody.get(path)
            #expect(look.status == 303)
            #expect(look.headers["Location"]?.hasPrefix("../../../../unsubscribe#token=\(stage.ann).") == true)
            try await stage.tell(stage.exam("two"))
            #expect(try await nobody.post(path, json: "").status == 204)
            try await stage.worker.drain()
            #expect(stage.mailbox.messages.count == 1)
            let settings = try await stage.service.state(of: stage.ann).settings
            #expect(!settings.events.mail && !settings.cards.mail && settings.events.app)
            for bad in ["", "x", "\(stage.ann).AAAA", "\(stage.ben)." + (path.split(separator: ".").last ?? "")] {
                #expect(try await nobody.post("/notifications/unsubscribe/x\(bad)", json: "").status == 404)
                if !bad.isEmpty { #expect(try await nobody.get("/notifications/unsubscribe/\(bad)").status == 404) }
            }
        }
    }

    @Test(arguments: Dialect.allCases) func `a server that cannot take mail now is asked again, one that refuses it is not`(
        _ dialect: Dialect
    ) async throws {
        try await NotificationStage.with(dialect) { stage in
            try await stage.set(NotificationSettings(events: Self.byMail))
            stage.mailbox.answer(MailFailure(.temporary, "451 later"))
            try await stage.tell(stage.exam("slow"))
            try await stage.worker.drain()
            #expect(try await stage.deliveries().map(\.state) == [.waiting])
            stage.clock.advance(hours: 0.01)
            try await stage.worker.drain()
            #expect(try await stage.deliveries().map(\.state) == [.sent])

            stage.mailbox.answer(MailFailure(.refused, "The mail server refused the message: 550 no such user"))
            try await stage.tell(stage.exam("refused"))
            try await stage.worker.drain()
            let state = try await stage.service.state(of: stage.ann)
            #expect(state.mailProblem == "The mail server refused the message: 550 no such user")
            #expect(stage.mailbox.messages.count == 1)
        }
    }

    @Test(arguments: Dialect.allCases)
    func `cards are told of once a day at the chosen hour, and a day that is over is not made up for`(
        _ dialect: Dialect
    ) async throws {
        try await NotificationStage.with(dialect, cards: 12) { stage in
            // 13:00 in Berlin is noon here.
            try await stage.set(NotificationSettings(timeZone: "Europe/Berlin", cards: Self.byMail, cardsAt: "13:30"))
            func sweep() async throws -> Int {
                let count = try await stage.database.transaction(as: .system) { try await stage.reminders.sweep(in: $0) }
                try await stage.worker.drain()
                return count
            }
            #expect(try await sweep() == 0)
            stage.clock.advance(hours: 0.6)
            #expect(try await sweep() == 1)
            #expect(try await sweep() == 0)
            #expect(stage.mailbox.messages.map(\.subject) == ["12 cards wait for you"])
            // The server is away for a day and a half: of yesterday nothing is told, of today it is late.
            stage.clock.advance(hours: 24 + 2)
            #expect(try await sweep() == 1)
            let second = try #require(stage.mailbox.messages.last)
            #expect(stage.mailbox.messages.count == 2 && second.text.contains("This comes late"))
            stage.clock.advance(hours: 34)
            #expect(try await sweep() == 1)
            #expect(stage.mailbox.messages.count == 2)
        }
    }

    @Test(arguments: Dialect.allCases) func `a browser belongs to who used it last, and to a sign-in`(_ dialect: Dialect)
        async throws
    {
        try await NotificationStage.with(dialect) { stage in
            let keys =
                #"{"p256dh": "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4", "auth": "BTBZMqHH6r4Tts7J_aSIgg"}"#
            func json(_ endpoint: String) -> String {
                #"{"endpoint": "\#(endpoint)", "keys": \#(keys), "device_name": "Firefox, Linux"}"#
            }
            let endpoint = "https://push.example.net/1"
            // Ann's token is of a sign-in that is over.
            #expect(try await stage.client().post("/push/subscriptions", json: json(endpoint)).status == 401)
            try await stage.database.transaction(as: .system) {
                try await $0.execute(
                    """
                    INSERT INTO sessions (id, user_id, created_at, last_used_at, expires_at, user_agent)
                    VALUES (\(PushSubscriptionID(NotificationStage.session)!), \(stage.ann), \(stage.clock.now), \(stage.clock.now),
                            \(stage.clock.now), '')
                    """)
            }
            let made = try await stage.client().post("/push/subscriptions", json: json(endpoint))
            #expect(made.status == 201)
            let again: PushSubscriptionView = try await stage.client().post("/push/subscriptions", json: json(endpoint)).json()
            let id = try made.json(PushSubscriptionView.self).id
            #expect(again.id == id && again.isCurrent)
            #expect(try await stage.client("ben").get("/push/subscriptions").json(PushSubscriptionList.self).data.isEmpty)
            #expect(try await stage.client("ben").delete("/push/subscriptions/\(id)").status == 404)
            // Whoever signs out is told nothing more.
            try await stage.database.transaction(as: .system) { try await $0.execute("DELETE FROM sessions") }
            #expect(try await stage.client().get("/push/subscriptions").json(PushSubscriptionList.self).data.isEmpty)
            #expect(try await stage.client("ben").post("/push/subscriptions", json: json(endpoint)).status == 201)

            for bad in [
                "http://push.example.net/1", "https://127.0.0.1/1", "https://10.0.0.8/1", "https://[::1]/1", "https://localhost/1",
                "https://push.example.net:8443/1", "https://169.254.169.254/latest", "https://push.internal/1",
                "https://2130706433/1",
            ] {
                let answer = try await stage.client("ben").post("/push/subscriptions", json: json(bad))
                #expect(answer.status == 400 && answer.text.contains("endpoint"), "\(bad)")
            }
        }
    }

    @Test func `settings are kept whole, and what is wrong with them is said by field`() async throws {
        try await NotificationStage.with(.sqlite) { stage in
            func json(_ part: String) -> String {
                let all = #"{"app": true, "push": true, "mail": false}"#
                return #"{"language": "de", "events": \#(all), "study_blocks": \#(all), "cards": \#(all), \#(part)}"#
            }
            let good = #""time_zone": "Europe/Berlin", "cards_at": "17:30", "quiet": {"start": "22:00", "end": "07:00"}"#
            let put = try await stage.client().send(
                .put, "/notifications/settings", headers: ["Content-Type": "application/json"], body: Array(json(good).utf8))
            #expect(put.status == 200)
            let state: NotificationStateView = try await stage.client().get("/notifications/settings").json()
            #expect(state.settings.cardsAt == "17:30" && state.settings.quiet?.end == "07:00" && state.settings.language == "de")
            for (field, part) in [
                ("cards_at", #""time_zone": "UTC", "cards_at": "25:00""#),
                ("time_zone", #""time_zone": "../x", "cards_at": "17:00""#),
                ("quiet.start", #""time_zone": "UTC", "cards_at": "17:00", "quiet": {"start": "9", "end": "07:00"}"#),
            ] {
                let answer = try await stage.client().send(
                    .put, "/notifications/settings", headers: ["Content-Type": "application/json"], body: Array(json(part).utf8))
                #expect(answer.status == 400 && answer.text.contains(field), "\(answer.text)")
            }
        }
    }

    @Test func `all processes push with the key that the first has made`() async throws {
        try await NotificationStage.with(.sqlite) { stage in
            let first = try await stage.service.publicKey()
            #expect(
                try await NotificationKeyring(database: stage.database, seal: NotificationStage.seal).keys.push.publicKey.count
                    == 65)
            #expect(
                try await NotificationKeys.load(from: stage.database, NotificationStage.seal)
                    == NotificationKeys.load(from: stage.database, NotificationStage.seal))
            #expect(try await stage.service.publicKey() == first)
        }
    }

    @Test func `quiet hours go over midnight, and end when the clocks are changed too`() {
        var settings = NotificationSettings(timeZone: "Europe/Berlin", quiet: .init(start: "22:00", end: "07:00"))
        func date(_ text: String) -> Date { Timestamp.parse(text)! }
        #expect(settings.quietEnd(at: date("2026-03-02T12:00:00Z")) == nil)
        #expect(settings.quietEnd(at: date("2026-03-02T21:30:00Z")) == date("2026-03-03T06:00:00Z"))
        #expect(settings.quietEnd(at: date("2026-03-03T05:59:00Z")) == date("2026-03-03T06:00:00Z"))
        #expect(settings.quietEnd(at: date("2026-03-03T06:00:00Z")) == nil)
        // The night on which an hour is missing.
        #expect(settings.quietEnd(at: date("2026-03-28T23:00:00Z")) == date("2026-03-29T05:00:00Z"))
        settings.quiet = .init(start: "12:00", end: "12:00")
        #expect(settings.quietEnd(at: date("2026-03-02T11:00:00Z")) == nil)
    }
}

@Suite struct DeviceNoticeTests {
    @Test(arguments: [
        ("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36", "Chrome, Linux"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1 Version/18.1 Safari/604.1", "Safari, iPhone"),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/131.0 Safari/537.36 Edg/131.0", "Edge, Windows"),
        ("python-httpx/0.27", "python-httpx"), ("", ""),
    ]) func `a device is called by its browser and system`(userAgent: String, name: String) {
        #expect(DeviceName.of(userAgent) == name)
    }

    @Test func `a new device is told in the student's language with the way to sign it out`() {
        let at = Timestamp.parse("2026-03-02T12:00:00Z")!
        let notice = Notice(
            key: "k", kind: .devices, title: "Chrome, Linux, DE", start: at, due: at, expires: at.addingTimeInterval(86_400))
        let text = NoticeText(notice, settings: NotificationSettings(language: "de"), at: at)
        #expect(text.title == "Du hast dich auf einem neuen Gerät angemeldet" && text.path == "settings/devices")
        #expect(text.body.hasPrefix("Chrome, Linux, DE, Heute, 12:00 Uhr\n"))
    }

    @Test func `what was kept before devices were told of is read as usual`() throws {
        let kept = """
            {"language":"en","time_zone":"UTC","events":{"app":true,"push":true,"mail":true},"cards_at":"17:00",
             "study_blocks":{"app":true,"push":true,"mail":true},"cards":{"app":true,"push":true,"mail":true}}
            """
        let settings: NotificationSettings = try JSONColumn.value(kept)
        #expect(settings.devices == NotificationSettings.usualDevices && settings.events.mail)
        #expect(!settings.withoutMail.devices.mail)
    }
}
