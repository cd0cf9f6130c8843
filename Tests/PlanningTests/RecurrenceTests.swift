import FoundationEssentials
import Planning
import Testing
import TimeZones

/// The rules of RFC 5545's own examples, and what its authors warn of.
struct RecurrenceTests {
    static func zone(_ name: String) throws -> ZoneRules { try #require(ZoneCatalogue.system.zone(name)) }

    static func days(_ rule: String, from start: String = "20260105T090000", _ count: Int = 6, zone: ZoneRules = .utc) throws
        -> [String]
    {
        let first = zone.moment(try #require(WallTime(compact: start)))
        let recurrence = Recurrence(start: first, zone: zone, rule: try RecurrenceRule(rule))
        return recurrence.starts(in: first..<first.addingTimeInterval(20 * 366 * 86_400), limit: count).map {
            zone.wall($0).compactDay
        }
    }

    @Test(arguments: [
        ("FREQ=DAILY;COUNT=3", ["20260105", "20260106", "20260107"]),
        ("FREQ=DAILY;INTERVAL=10;UNTIL=20260125", ["20260105", "20260115", "20260125"]),
        ("FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=MO,WE;COUNT=4", ["20260105", "20260107", "20260119", "20260121"]),
        ("FREQ=MONTHLY;BYDAY=1FR;COUNT=3", ["20260206", "20260306", "20260403"]),
        ("FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=3", ["20260131", "20260228", "20260331"]),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=3", ["20260130", "20260227", "20260331"]),
        ("FREQ=MONTHLY;BYMONTHDAY=31;COUNT=3", ["20260131", "20260331", "20260531"]),
        ("FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU;COUNT=2", ["20260329", "20270328"]),
        ("FREQ=YEARLY;BYYEARDAY=1,100;COUNT=3", ["20260410", "20270101", "20270410"]),
        ("FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO;COUNT=2", ["20260511", "20270517"]),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;COUNT=2", ["20280229", "20320229"]),
    ]) func `a rule comes on the days that the standard says`(_ rule: String, _ days: [String]) throws {
        #expect(try Self.days(rule) == days)
    }

    @Test func `positions are counted within a whole week, also the first`() throws {
        // The week of Monday to Sunday has WE 25, FR 27, SU 29: the second is Friday, the day of the start.
        #expect(
            try Self.days("FREQ=WEEKLY;BYDAY=WE,FR,SU;BYSETPOS=2;COUNT=2", from: "20260327T093000") == ["20260327", "20260403"])
    }

    @Test func `a rule that no day satisfies ends with the asked time`() throws {
        #expect(try Self.days("FREQ=MONTHLY;BYMONTHDAY=-2;BYDAY=-2SA,2TH").isEmpty)
        #expect(try Self.days("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30").isEmpty)
    }

    @Test func `a rule without an end is read anywhere`() throws {
        let start = ZoneRules.utc.moment(try #require(WallTime(compact: "20200101T100000")))
        let recurrence = Recurrence(start: start, zone: .utc, rule: try RecurrenceRule("FREQ=DAILY;INTERVAL=3"))
        let from = ZoneRules.utc.moment(try #require(WallTime(compact: "20301231T000000")))
        let found = recurrence.starts(in: from..<from.addingTimeInterval(7 * 86_400))
        #expect(found.count == 3)
        for moment in found { #expect(Int(moment.timeIntervalSince(start)) % (3 * 86_400) == 0) }
    }

    @Test func `nine in the morning stays nine when the clocks are changed`() throws {
        let berlin = try Self.zone("Europe/Berlin")
        let start = berlin.moment(try #require(WallTime(compact: "20260327T090000")))
        let starts = Recurrence(start: start, zone: berlin, rule: try RecurrenceRule("FREQ=DAILY;COUNT=4")).starts(
            in: start..<start.addingTimeInterval(10 * 86_400))
        #expect(starts.map { berlin.wall($0).second } == [32_400, 32_400, 32_400, 32_400])
        #expect(zip(starts, starts.dropFirst()).map { $1.timeIntervalSince($0) } == [86_400, 82_800, 86_400])
    }

    @Test func `a time that is skipped counts by the offset before, one that comes twice is the first`() throws {
        let berlin = try Self.zone("Europe/Berlin")
        let skipped = berlin.moment(try #require(WallTime(compact: "20260329T023000")))
        #expect(berlin.wall(skipped).compact == "20260329T033000")
        let twice = berlin.moment(try #require(WallTime(compact: "20261025T023000")))
        #expect(berlin.offset(at: twice) == 7200)
        // South of the equator, half an hour of summer time, and a rule from after the table's end.
        for (name, wall) in [("Australia/Lord_Howe", "20260601T120000"), ("America/New_York", "20700704T120000")] {
            let zone = try Self.zone(name)
            let time = try #require(WallTime(compact: wall))
            #expect(zone.wall(zone.moment(time)) == time)
        }
        #expect(try Self.zone("America/New_York").offset(at: Date(timeIntervalSince1970: 3_171_700_800)) == -14_400)
    }

    @Test func `what is left out and added`() throws {
        let start = ZoneRules.utc.moment(try #require(WallTime(compact: "20260105T090000")))
        var recurrence = Recurrence(start: start, zone: .utc, rule: try RecurrenceRule("FREQ=WEEKLY;COUNT=3"))
        recurrence.excluded = [start.addingTimeInterval(7 * 86_400)]
        recurrence.added = [start.addingTimeInterval(3600)]
        let range = start..<start.addingTimeInterval(100 * 86_400)
        #expect(recurrence.starts(in: range).map { Int($0.timeIntervalSince(start)) } == [0, 3600, 14 * 86_400])
        #expect(recurrence.has(start) && !recurrence.has(start.addingTimeInterval(7 * 86_400)))
    }

    @Test(arguments: [
        ("", "value"), ("INTERVAL=2", "FREQ"), ("FREQ=SECONDLY", "DAILY"), ("FREQ=DAILY;COUNT=0", "COUNT"),
        ("FREQ=DAILY;COUNT=3;UNTIL=20260101", "both"), ("FREQ=DAILY;BYDAY=XX", "BYDAY"), ("FREQ=WEEKLY;BYDAY=1MO", "number"),
        ("FREQ=DAILY;FREQ=DAILY", "twice"), ("FREQ=DAILY;BYFOO=1", "BYFOO"), ("FREQ=MONTHLY;BYSETPOS=1", "BYSETPOS"),
        ("FREQ=DAILY;UNTIL=2026", "UNTIL"), ("FREQ=DAILY;BYMONTHDAY=32", "BYMONTHDAY"),
    ]) func `what is no rule is refused with the reason`(_ text: String, _ word: String) {
        #expect {
            _ = try RecurrenceRule(text)
        } throws: { ($0 as? RecurrenceFault)?.reason.contains(word) == true }
    }

    @Test func `only zones are read, and damaged ones are none`() throws {
        for name in ["../passwd", "/etc/passwd", "", "Europe//Berlin", "Europe/../UTC", "No/Such", "zone.tab"] {
            #expect(ZoneCatalogue.system.zone(name) == nil)
        }
        let bytes = Array(try Data(contentsOf: URL(filePath: "/usr/share/zoneinfo/Europe/Berlin")))
        for cut in stride(from: 0, to: bytes.count, by: 7) { _ = ZoneRules(name: "x", tzif: Array(bytes.prefix(cut))) }
        for place in stride(from: 0, to: bytes.count, by: 3) {
            var damaged = bytes
            damaged[place] ^= 0xFF
            _ = ZoneRules(name: "x", tzif: damaged)?.offset(at: Date(timeIntervalSince1970: 1_800_000_000))
        }
    }
}
