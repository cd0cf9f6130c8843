import FoundationEssentials
import Planning
import Testing
import TimeZones

struct CalendarWriterTests {
    private static let now = Date(timeIntervalSince1970: 1_795_000_000)

    private static func entry(_ title: String, rule: String? = nil, zone: ZoneRules = .utc) -> CalendarEntry {
        CalendarEntry(
            uid: "a@b", title: title, start: now, end: now.addingTimeInterval(3600), zone: zone, rule: rule, updatedAt: now)
    }

    @Test func `signs with a meaning are escaped, and no line is longer than 75 bytes`() {
        let text = CalendarWriter.text(
            of: [Self.entry("a;b,c\\d\nBEGIN:VEVENT\r\u{7} " + String(repeating: "ä€😀", count: 60))], named: "x", now: Self.now)
        #expect(text.contains(#"SUMMARY:a\;b\,c\\d\nBEGIN:VEVENT\n "#))
        #expect(text.components(separatedBy: "BEGIN:VEVENT\r\n").count == 2)
        #expect(text.components(separatedBy: "\r\n").allSatisfy { $0.utf8.count <= 75 })
        #expect(text.components(separatedBy: "\r\n ").joined().contains(String(repeating: "ä€😀", count: 60)))
    }

    @Test func `what comes again brings its zone, with the changes of the clocks`() throws {
        let berlin = try #require(ZoneCatalogue.system.zone("Europe/Berlin"))
        let text = CalendarWriter.text(of: [Self.entry("a", rule: "FREQ=WEEKLY", zone: berlin)], named: "x", now: Self.now)
        #expect(text.contains("DTSTART;TZID=Europe/Berlin:") && text.contains("RRULE:FREQ=WEEKLY\r\n"))
        #expect(text.contains("BEGIN:DAYLIGHT\r\nDTSTART:20270328T020000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\n"))
        #expect(text.contains("BEGIN:STANDARD\r\nDTSTART:20271031T030000\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\n"))
        // What is once needs none.
        #expect(!CalendarWriter.text(of: [Self.entry("a", zone: berlin)], named: "x", now: Self.now).contains("VTIMEZONE"))
    }
}
