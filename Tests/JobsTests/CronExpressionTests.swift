import FoundationEssentials
import Jobs
import Testing
import TimeZones

@Suite("Cron expressions")
struct CronExpressionTests {
    private func date(_ text: String) throws -> Date { try Date(text, strategy: .iso8601) }
    private func zone(_ name: String) throws -> ZoneRules { try #require(ZoneCatalogue.system.zone(name)) }

    /// The next moments after another, as texts in UTC.
    private func next(_ expression: String, _ count: Int, after text: String, in name: String = "UTC") throws -> [String] {
        let (cron, zone) = (try CronExpression(expression), try zone(name))
        var moment = try date(text)
        return try (0..<count).map { _ in
            moment = try #require(cron.next(after: moment, in: zone))
            return moment.formatted(.iso8601)
        }
    }

    @Test("Lists, ranges, steps, names and words mean what they do in cron")
    func fields() throws {
        #expect(
            try next("*/20 8-9 * * MON-FRI", 7, after: "2026-12-04T08:30:00Z") == [
                "2026-12-04T08:40:00Z", "2026-12-04T09:00:00Z", "2026-12-04T09:20:00Z", "2026-12-04T09:40:00Z",
                "2026-12-07T08:00:00Z", "2026-12-07T08:20:00Z", "2026-12-07T08:40:00Z",
            ])
        #expect(
            try next("5,50 0 1 jan,Jul *", 3, after: "2026-12-04T00:00:00Z") == [
                "2027-01-01T00:05:00Z", "2027-01-01T00:50:00Z", "2027-07-01T00:05:00Z",
            ])
        #expect(
            try next("10-40/15 23 * * *", 3, after: "2026-12-31T23:10:00Z") == [
                "2026-12-31T23:25:00Z", "2026-12-31T23:40:00Z", "2027-01-01T23:10:00Z",
            ])
        #expect(try next("50/5 0 * * *", 2, after: "2026-12-31T00:00:00Z") == ["2026-12-31T00:50:00Z", "2026-12-31T00:55:00Z"])
        #expect(try next("@weekly", 2, after: "2026-12-04T00:00:00Z") == ["2026-12-06T00:00:00Z", "2026-12-13T00:00:00Z"])
        #expect(try next("0 0 * * 7", 1, after: "2026-12-04T00:00:00Z") == ["2026-12-06T00:00:00Z"])
        #expect(try next("0 0 * * SAT-SUN", 2, after: "2026-12-04T00:00:00Z") == ["2026-12-05T00:00:00Z", "2026-12-06T00:00:00Z"])
        #expect(try next("@YEARLY", 1, after: "2026-12-04T00:00:00Z") == ["2027-01-01T00:00:00Z"])
        #expect(try next("0 12 29 2 *", 2, after: "2026-12-04T00:00:00Z") == ["2028-02-29T12:00:00Z", "2032-02-29T12:00:00Z"])
    }

    @Test("Of a day of the month and one of the week either will do; of an open field both must")
    func days() throws {
        // 13 December 2026 is a Sunday.
        #expect(
            try next("0 0 13 * FRI", 3, after: "2026-12-05T00:00:00Z") == [
                "2026-12-11T00:00:00Z", "2026-12-13T00:00:00Z", "2026-12-18T00:00:00Z",
            ])
        #expect(try next("0 0 */2 * SUN", 2, after: "2026-12-05T00:00:00Z") == ["2026-12-13T00:00:00Z", "2026-12-27T00:00:00Z"])
    }

    @Test("What the clocks skip comes once, as much later; what comes twice by the clock comes once")
    func change() throws {
        let berlin = "Europe/Berlin"
        // Put forward on 28 March 2027 from 2:00 to 3:00, back on 31 October 2027 from 3:00 to 2:00.
        #expect(
            try next("30 2 * * *", 3, after: "2027-03-27T00:00:00Z", in: berlin) == [
                "2027-03-27T01:30:00Z", "2027-03-28T01:30:00Z", "2027-03-29T00:30:00Z",
            ])
        #expect(
            try next("30 2 * * *", 3, after: "2027-10-30T00:00:00Z", in: berlin) == [
                "2027-10-30T00:30:00Z", "2027-10-31T00:30:00Z", "2027-11-01T01:30:00Z",
            ])
        // Two that fall together are one.
        #expect(
            try next("30 2,3 * * *", 3, after: "2027-03-27T12:00:00Z", in: berlin) == [
                "2027-03-28T01:30:00Z", "2027-03-29T00:30:00Z", "2027-03-29T01:30:00Z",
            ])
        // What goes by the time that passes does so in those nights too.
        #expect(
            try next("*/30 * * * *", 4, after: "2027-10-31T00:00:00Z", in: berlin) == [
                "2027-10-31T00:30:00Z", "2027-10-31T01:00:00Z", "2027-10-31T01:30:00Z", "2027-10-31T02:00:00Z",
            ])
        #expect(
            try next("0 * * * *", 3, after: "2027-03-28T00:00:00Z", in: berlin) == [
                "2027-03-28T01:00:00Z", "2027-03-28T02:00:00Z", "2027-03-28T03:00:00Z",
            ])
        let own = try #require(try CronExpression("CRON_TZ=America/New_York 0 9 * * *").zone)
        #expect(own.name == "America/New_York")
    }

    @Test("The last moment up to one, and the next after it, agree over two years of changing clocks")
    func both() throws {
        let zone = try zone("Australia/Lord_Howe")
        for text in ["15 2 * * *", "*/7 1-3 * * *", "0 */5 1,15 * *", "45 1 * * SUN"] {
            let cron = try CronExpression(text)
            var moment = try date("2026-01-01T00:00:00Z")
            let end = moment.addingTimeInterval(2 * 365 * 86_400)
            var count = 0
            while let next = cron.next(after: moment, in: zone), next < end {
                #expect(next > moment)
                #expect(cron.latest(upTo: next, in: zone) == next)
                #expect(cron.latest(upTo: next.addingTimeInterval(-1), in: zone) ?? moment <= moment || count == 0)
                moment = next
                count += 1
                if count > 800 { break }
            }
            #expect(count > 40)
        }
    }

    @Test(
        "What is no schedule is refused with a sentence that says where",
        arguments: [
            "", "* * * *", "* * * * * *", "60 * * * *", "* 24 * * *", "* * 0 * *", "* * * 13 *", "* * * * 8", "*/0 * * * *",
            "5-1 * * * *",
            "a * * * *", "1, * * * *", "1--2 * * * *", "1/ * * * *", "-1 * * * *", "0 0 30 2 *", "@often",
            "CRON_TZ=Mars/Base 0 0 * * *",
            "0 0 31 4,6,9,11 *", "*-5 * * * *", "١ * * * *", "999999999999 * * * *",
        ])
    func refused(_ text: String) {
        #expect(throws: JobFailure.self) { try CronExpression(text) }
    }
}
