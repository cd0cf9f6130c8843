import Ambient
import FoundationEssentials
import Testing

@Suite("Identifiers and times")
struct AmbientTests {
    @Test("Ids made in a row sort in the order of making, also within one millisecond")
    func order() {
        let moment = Date(timeIntervalSince1970: 4_000_000_000)
        let ids = (0..<5000).map { _ in UUIDv7.make(at: moment).uuidString }
        #expect(ids == ids.sorted())
        #expect(Set(ids).count == ids.count)
    }

    @Test("An id carries its version, its variant and its millisecond")
    func layout() {
        let moment = Date(timeIntervalSince1970: 5_000_000_000.123)
        let bytes = UUIDv7.make(at: moment).uuid
        #expect(bytes.6 >> 4 == 7)
        #expect(bytes.8 >> 6 == 0b10)
        let head = [bytes.0, bytes.1, bytes.2, bytes.3, bytes.4, bytes.5].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        #expect(head >= 5_000_000_000_123)
        #expect(head < 5_000_000_010_000)
    }

    @Test(
        "A time survives its text form",
        arguments: [0, 1, -1, 1_700_000_000.123456, -62_135_596_800, 253_402_300_799, 951_782_400, 1_709_164_800.5])
    func roundTrip(seconds: Double) throws {
        let text = Timestamp.text(Date(timeIntervalSince1970: seconds))
        #expect(text.utf8.count == 27)
        let back = try #require(Timestamp.parse(text))
        #expect(abs(back.timeIntervalSince1970 - seconds) < 0.000_02)
    }

    @Test(
        "Both databases' forms of a time are read",
        arguments: [
            ("2026-11-21 09:30:00.1+00", "2026-11-21T09:30:00.100000Z"),
            ("2026-11-21T09:30:00+02:00", "2026-11-21T07:30:00.000000Z"),
            ("2026-02-28 23:59:59.999999-0530", "2026-03-01T05:29:59.999999Z"),
            ("2024-02-29t00:00:00z", "2024-02-29T00:00:00.000000Z"),
        ])
    func forms(text: String, expected: String) throws {
        #expect(Timestamp.text(try #require(Timestamp.parse(text))) == expected)
    }

    @Test(
        "A day that only leap years have is a day",
        arguments: ["2024-02-29T00:00:00Z", "2000-02-29T23:59:60Z", "2026-12-31T00:00:00-12:30"])
    func taken(text: String) { #expect(Timestamp.parse(text) != nil) }

    @Test(
        "What is no time is refused",
        arguments: [
            "", "now", "2026-11-21", "2026-13-01T00:00:00Z", "2026-11-21T09:30:00", "2026-11-21T09:30:00Zx", "2026-11-21T24:00:00Z",
            "2026-02-29T00:00:00Z", "2026-04-31T00:00:00Z", "2026-11-21T09:30:00+24:00", "2026-11-21T09:30:00+01:60",
        ])
    func refused(text: String) { #expect(Timestamp.parse(text) == nil) }

    @Test("An identifier takes only the 36-character form, in either case")
    func identifier() {
        #expect(UserID("0197B2C4-0000-7000-8000-000000000001")?.description == "0197b2c4-0000-7000-8000-000000000001")
        for bad in ["", "0197b2c4", "0197b2c4-0000-7000-8000-00000000000g", "{0197b2c4-0000-7000-8000-000000000001}"] {
            #expect(UserID(bad) == nil)
        }
    }
}
