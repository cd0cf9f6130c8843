import Planning
import Testing
import TimeZones

/// Read on Monday, 30 November 2026, at eleven.
struct EntryReaderTests {
    private static func read(_ line: String) -> String {
        let now = WallTime(DayNumber(year: 2026, month: 11, day: 30) ?? DayNumber(0), second: 39_600)
        let draft = EntryReader.read(line, now: now)
        func time(_ second: Int) -> String { "\(second / 3600):\(second % 3600 / 600)\(second % 600 / 60)" }
        return [
            draft.title, draft.kind.map { "\($0)" } ?? "-", draft.day.map { String(WallTime($0).compactDay.dropFirst(4)) } ?? "-",
            draft.start.map(time) ?? "-", draft.duration.map { "\($0 / 60)" } ?? "-", draft.rule ?? "-",
        ].joined(separator: "|")
    }

    @Test(arguments: [
        ("bio exam friday 9am", "bio exam|exam|1204|9:00|-|-"),
        ("Bio Klausur am Freitag um 9 Uhr", "Bio Klausur|exam|1204|9:00|-|-"),
        ("chemistry homework due tomorrow", "chemistry homework due|deadline|1201|-|-|-"),
        ("Abgabe Hausarbeit 12.12. 18 Uhr", "Abgabe Hausarbeit|deadline|1212|18:00|-|-"),
        ("Mathe Vorlesung jeden Dienstag 10-12 Uhr", "Mathe Vorlesung|class|1201|10:00|120|FREQ=WEEKLY;BYDAY=TU"),
        ("Mathe Vorlesung jeden Montag 10-12 Uhr", "Mathe Vorlesung|class|1207|10:00|120|FREQ=WEEKLY;BYDAY=MO"),
        ("physics lab every 2 weeks thursday 2pm for 3 hours", "physics lab|class|1203|14:00|180|FREQ=WEEKLY;INTERVAL=2"),
        ("seminar every monday and thursday 11-1pm", "seminar|class|1203|11:00|120|FREQ=WEEKLY;BYDAY=MO,TH"),
        ("study biology next tuesday from 14 to 16", "study biology|study|1208|14:00|120|-"),
        ("Prüfung Statistik 5. Dezember 2026 14:30", "Prüfung Statistik|exam|1205|14:30|-|-"),
        ("final december 18th at 8:30am", "final|exam|1218|8:30|-|-"),
        ("in 3 days call the professor", "call the professor|-|1203|-|-|-"),
        ("midterm 2027-01-15 noon", "midterm|exam|0115|12:00|-|-"), ("Übung Di 8:15", "Übung|class|1201|8:15|-|-"),
        ("history essay 12/20", "history essay|-|1220|-|-|-"),
        ("nächste Woche Mittwoch Testat 10 Uhr", "Testat|exam|1209|10:00|-|-"),
        ("Klausur heute in einer Woche", "Klausur|exam|1207|-|-|-"), ("read 3 chapters by sunday", "read 3 chapters|-|1206|-|-|-"),
        ("chapter 7 review wed 19:00 90 min", "chapter 7 review|study|1202|19:00|90|-"),
        // Words that could be days or times, and are none.
        ("Was do I need to do", "Was do I need to do|-|-|-|-|-"), ("read pages 9-11", "read pages 9-11|-|-|-|-|-"),
        ("chapter 12", "chapter 12|-|-|-|-|-"), ("31.2. Abgabe", "31.2. Abgabe|deadline|-|-|-|-"),
    ]) func `a line says what is when`(_ line: String, _ meaning: String) {
        #expect(Self.read(line) == meaning)
    }

    @Test func `whatever is written, something is left and nothing is lost`() {
        for line in [
            "", "friday", "9am", "every", "every 2", "in 99", "at", "12:99", "99.99.", "- - -", "for 0 hours", "😀 freitag",
        ] {
            #expect(Self.read(line).isEmpty == false)
        }
        #expect(Self.read("friday").hasPrefix("friday|-|1204"))
    }
}
