import FoundationEssentials
import Manuscript
import Planning
import Reading
import Testing
import TimeZones

/// Calendar files as they come: taken apart as `lm-read` does it, then read.
struct CalendarReaderTests {
    static let berlin = ZoneCatalogue.system.zone("Europe/Berlin") ?? .utc
    static let now = Date(timeIntervalSince1970: 1_772_452_800)

    static func read(_ text: String, zone: ZoneRules = berlin) throws -> CalendarContent {
        try read(Array(text.replacing("\n", with: "\r\n").utf8), zone: zone)
    }

    static func read(_ bytes: [UInt8], zone: ZoneRules = berlin) throws -> CalendarContent {
        let tree = try JSONDecoder().decode(CalendarTree.self, from: Data(try Reader.read(bytes, as: .calendar)))
        return CalendarReader.read(tree, zone: zone, now: now)
    }

    static func calendar(_ body: String) -> String { "BEGIN:VCALENDAR\nVERSION:2.0\n\(body)\nEND:VCALENDAR\n" }

    static func event(_ body: String, uid: String = "a@x") -> String { "BEGIN:VEVENT\nUID:\(uid)\n\(body)\nEND:VEVENT" }

    static func moment(_ text: String) -> Date { (try? Date(text, strategy: .iso8601)) ?? .distantPast }

    @Test func `lines are unfolded within a character, and escapes read`() throws {
        var bytes = Array("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART:20260323T080000Z\r\nSUMMARY:Pr".utf8)
        let word = Array("üfung\\, Teil 1\\; mit \\\\ Strich".utf8)
        // The fold lies in the middle of the two bytes of ü.
        bytes += word[..<1] + Array("\r\n ".utf8) + word[1...]
        bytes += Array("\r\nDESCRIPTION:one\\ntwo\r\n\tand more\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n".utf8)
        let event = try #require(try Self.read(bytes).groups.first?.event)
        #expect(event.title == "Prüfung, Teil 1; mit \\ Strich")
        #expect(event.description == "one\ntwoand more")
    }

    @Test func `times stand in the zone that is named, by whichever name`() throws {
        for (zone, moment) in [
            ("DTSTART;TZID=Europe/Berlin:20260323T090000", "2026-03-23T08:00:00Z"),
            ("DTSTART;TZID=\"W. Europe Standard Time\":20260323T090000", "2026-03-23T08:00:00Z"),
            ("DTSTART;TZID=/citadel.org/20190914_1/America/New_York:20260323T090000", "2026-03-23T13:00:00Z"),
            ("DTSTART:20260323T090000Z", "2026-03-23T09:00:00Z"), ("DTSTART:20260323T090000", "2026-03-23T08:00:00Z"),
        ] {
            let event = try #require(try Self.read(Self.calendar(Self.event(zone))).groups.first?.event, "\(zone)")
            #expect(event.start == Self.moment(moment), "\(zone)")
        }
    }

    @Test func `a zone that only the file knows is known by its rules`() throws {
        let zone = """
            BEGIN:VTIMEZONE
            TZID:(UTC+01:00) Amsterdam\\, Berlin\\, Bern
            BEGIN:STANDARD
            DTSTART:16010101T030000
            TZOFFSETFROM:+0200
            TZOFFSETTO:+0100
            RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
            END:STANDARD
            BEGIN:DAYLIGHT
            DTSTART:16010101T020000
            TZOFFSETFROM:+0100
            TZOFFSETTO:+0200
            RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
            END:DAYLIGHT
            END:VTIMEZONE
            """
        let body = "DTSTART;TZID=\"(UTC+01:00) Amsterdam\\, Berlin\\, Bern\":20260323T090000\nRRULE:FREQ=WEEKLY;COUNT=3"
        let event = try #require(try Self.read(Self.calendar(zone + "\n" + Self.event(body)), zone: .utc).groups.first?.event)
        #expect(event.zone.name == "Europe/Berlin" && event.rule != nil)
        // Clocks are changed by a rule that no place has: it is kept by its moments.
        let odd = zone.replacing("+0200", with: "+0130")
        let kept = try #require(try Self.read(Self.calendar(odd + "\n" + Self.event(body)), zone: .utc).groups.first?.event)
        #expect(kept.rule == nil && kept.start == Self.moment("2026-03-23T08:00:00Z"))
        #expect(kept.added == [Self.moment("2026-03-30T07:30:00Z"), Self.moment("2026-04-06T07:30:00Z")])
    }

    @Test func `series have their exceptions, and what is cancelled is gone`() throws {
        let text = Self.calendar(
            [
                Self.event(
                    """
                    SUMMARY:Lecture
                    DTSTART;TZID=Europe/Berlin:20260323T090000
                    DURATION:PT1H30M
                    RRULE:FREQ=WEEKLY;UNTIL=20260427T220000Z;
                    EXDATE;TZID=Europe/Berlin:20260330T090000
                    EXDATE;VALUE=DATE:20260406
                    RDATE;TZID=Europe/Berlin:20260408T100000
                    """),
                Self.event(
                    "RECURRENCE-ID;TZID=Europe/Berlin:20260413T090000\nDTSTART;TZID=Europe/Berlin:20260414T120000\nSUMMARY:Moved"),
                Self.event(
                    "RECURRENCE-ID;TZID=Europe/Berlin:20260420T090000\nDTSTART;TZID=Europe/Berlin:20260420T090000\nSTATUS:CANCELLED"
                ),
                Self.event("DTSTART:20260501T090000Z\nSTATUS:CANCELLED", uid: "gone"),
                Self.event("RECURRENCE-ID:20260502T090000Z\nDTSTART:20260502T100000Z\nSUMMARY:Alone", uid: "elsewhere"),
            ].joined(separator: "\n"))
        let content = try Self.read(text)
        #expect(content.problems.isEmpty && content.groups.count == 3)
        let series = content.groups[0]
        var recurrence = Recurrence(
            start: series.event.start, zone: series.event.zone, rule: series.event.rule, excluded: series.event.excluded,
            added: series.event.added)
        recurrence.excluded.formUnion(series.replacements.compactMap(\.replaces))
        let starts = recurrence.starts(in: Self.now..<Self.now.addingTimeInterval(100 * 86_400))
        #expect(starts == ["2026-03-23T08:00:00Z", "2026-04-08T08:00:00Z", "2026-04-27T07:00:00Z"].map(Self.moment))
        #expect(series.event.end.timeIntervalSince(series.event.start) == 5400)
        #expect(series.replacements.map(\.title) == ["Moved"])
        #expect(content.groups[1].event.isCancelled && content.groups[2].event.title == "Alone")
    }

    @Test func `days, tasks and alarms are what they are`() throws {
        let content = try Self.read(
            Self.calendar(
                """
                X-WR-CALNAME:Term
                X-WR-TIMEZONE:America/New_York
                \(Self.event("SUMMARY:Break\nDTSTART;VALUE=DATE:20260330\nDTEND;VALUE=DATE:20260411\nTRANSP:TRANSPARENT"))
                BEGIN:VTODO
                UID:b
                SUMMARY:Essay
                DUE;TZID=Europe/Berlin:20260320T235900
                STATUS:COMPLETED
                BEGIN:VALARM
                TRIGGER:-P1D
                END:VALARM
                END:VTODO
                """))
        #expect(content.name == "Term")
        let (rest, essay) = (content.groups[0].event, content.groups[1].event)
        // A day is one in the reader's own zone.
        #expect(rest.isAllDay && rest.isFree && rest.start == Self.moment("2026-03-29T22:00:00Z"))
        #expect(rest.end == Self.moment("2026-04-10T22:00:00Z"))
        #expect(essay.isTask && essay.isCompleted == true && essay.remindBefore == 1440 && essay.start == essay.end)
    }

    @Test func `what is broken is named by its line, and the rest is there`() throws {
        let content = try Self.read(
            Self.calendar(
                """
                \(Self.event("SUMMARY:Good\nthis is no line\nDTSTART:20260323T080000Z", uid: "1"))
                \(Self.event("SUMMARY:No date", uid: "2"))
                \(Self.event("SUMMARY:Bad date\nDTSTART:tomorrow", uid: "3"))
                \(Self.event("SUMMARY:Each second\nDTSTART:20260323T080000Z\nRRULE:FREQ=SECONDLY", uid: "4"))
                \(Self.event("SUMMARY:Backwards\nDTSTART:20260323T080000Z\nDTEND:20260323T070000Z", uid: "5"))
                BEGIN:VEVENT
                SUMMARY:Cut off
                DTSTART:20260323T080000Z
                \(Self.event("SUMMARY:After it\nDTSTART:20260324T080000Z", uid: "6"))
                """))
        #expect(content.groups.map(\.event.title) == ["Good", "After it"])
        #expect(content.problems.map(\.line) == [6, 9, 16, 22, 24, 30])
        #expect(content.problems.map(\.title) == ["Good", "No date", "Bad date", "Each second", "Backwards", "Cut off"])
        #expect(content.problems[3].reason.contains("FREQ must be DAILY"))
    }

    @Test func `what is no calendar is refused`() {
        for text in ["", "hello", "<html></html>", "BEGIN:VCARD\nEND:VCARD"] {
            #expect(throws: ReadingFault.damaged) { try Reader.read(Array(text.utf8), as: .calendar) }
        }
        let deep = "BEGIN:VCALENDAR\n" + String(repeating: "BEGIN:X\n", count: 50)
        #expect(throws: ReadingFault.tooLarge) { try Reader.read(Array(deep.utf8), as: .calendar) }
    }

    @Test func `what is written is read as it was`() throws {
        let start = Self.moment("2026-03-23T08:00:00Z")
        let entry = CalendarEntry(
            uid: "1@x", title: "Lab; part 1, “x”", description: String(repeating: "ä line\n", count: 30), location: "Room 2",
            category: "class",
            start: start, end: start.addingTimeInterval(5400), zone: Self.berlin, rule: "FREQ=WEEKLY;COUNT=4",
            excluded: [Self.moment("2026-03-30T07:00:00Z")], added: [Self.moment("2026-04-08T10:00:00Z")], isCompleted: true,
            remindBefore: 30, updatedAt: Self.now)
        let text = CalendarWriter.text(of: [entry], named: "x", now: Self.now)
        let draft = try #require(try Self.read(Array(text.utf8), zone: .utc).groups.first?.event)
        #expect(draft.title == entry.title && draft.description == entry.description && draft.location == "Room 2")
        #expect((draft.start, draft.end) == (entry.start, entry.end) && draft.zone.name == "Europe/Berlin")
        #expect(draft.excluded == Set(entry.excluded) && draft.added == Set(entry.added) && draft.rule?.text == entry.rule)
        #expect(draft.isCompleted == true && draft.remindBefore == 30 && draft.categories == ["class"])
    }
}
