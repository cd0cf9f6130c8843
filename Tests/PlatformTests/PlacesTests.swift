import Places
import Testing

@Suite("Places of addresses")
struct PlacesTests {
    @Test(
        "Addresses are shortened so far that they name no household",
        arguments: [
            ("203.0.113.77", "203.0.113.0"), ("::ffff:203.0.113.77", "203.0.113.0"),
            ("2001:db8:aaaa:bbbb:1:2:3:4", "2001:db8:aaaa::"), ("fe80::1%eth0", "fe80::"),
        ])
    func shortened(address: String, expected: String) throws {
        #expect(try #require(NetworkAddress(address)).shortened == expected)
    }

    @Test("What is no address has neither", arguments: ["", "unknown", "203.0.113", "203.0.113.7:80", "::g", "unix:"])
    func noAddress(_ text: String) {
        #expect(NetworkAddress(text) == nil)
        #expect(PlaceFinder().place(of: text) == nil)
    }

    /// Debian's tables; universities keep their networks.
    @Test(
        "Countries are found, and none for what has none",
        arguments: [
            ("141.20.1.1", "DE"), ("::ffff:141.20.1.1", "DE"), ("8.8.8.8", "US"), ("2001:638:a00::1", "DE"), ("127.0.0.1", nil),
            ("10.0.0.1", nil), ("::1", nil), ("fd00::1", nil),
        ] as [(String, String?)])
    func countries(address: String, country: String?) { #expect(PlaceFinder().place(of: address)?.country == country) }

    @Test("Without tables nothing has a place")
    func noTables() { #expect(PlaceFinder(folder: "/nonexistent").place(of: "8.8.8.8") == nil) }

    @Test("Many ask at once")
    func atOnce() async {
        let finder = PlaceFinder()
        await withTaskGroup(of: String?.self) { group in
            for number in 0..<400 {
                group.addTask { finder.place(of: number.isMultiple(of: 2) ? "8.8.8.8" : "141.20.1.1")?.country }
            }
            let found = await group.reduce(into: [String?: Int]()) { $0[$1, default: 0] += 1 }
            #expect(found == ["US": 200, "DE": 200])
        }
    }
}
