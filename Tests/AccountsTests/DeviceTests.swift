import Database
import Events
import FoundationEssentials
import Places
import Testing

@testable import Accounts

@Suite("Devices that are signed in on", .timeLimit(.minutes(3)))
struct DeviceTests {
    private static let chrome =
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36"
    private static let newerChrome = chrome.replacing("131.0", with: "140.1")
    private static let phone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1 Version/18.1 Safari/604.1"

    private func signIn(_ office: Office, _ userAgent: String, _ address: String? = nil) async throws -> Grant {
        try await office.service.logIn(
            email: "ada@example.org", password: Office.password, userAgent: userAgent, address: address)
    }

    private func news(_ office: Office) async throws -> Int { try await office.events().count { $0 == "user.new_device" } }

    @Test("A kind of device or a country that was not there before is told, and once", arguments: Dialect.allCases)
    func news(_ dialect: Dialect) async throws {
        try await withOffice(dialect, places: PlaceFinder()) { office in
            _ = try await office.service.register(
                email: "ada@example.org", password: Office.password, displayName: "Ada", userAgent: Self.chrome,
                address: "141.20.1.1")
            #expect(try await news(office) == 0)
            _ = try await signIn(office, Self.chrome, "141.20.99.1")
            // An update makes no new device.
            _ = try await signIn(office, Self.newerChrome, "141.20.1.1")
            #expect(try await news(office) == 0)
            _ = try await signIn(office, Self.phone, "141.20.1.1")
            #expect(try await news(office) == 1)
            _ = try await signIn(office, Self.phone, "141.20.1.1")
            #expect(try await news(office) == 1)
            _ = try await signIn(office, Self.chrome, "8.8.8.8")
            #expect(try await news(office) == 2)
            // Another's devices are not hers.
            _ = try await office.service.register(
                email: "ben@example.org", password: Office.password, displayName: "Ben", userAgent: Self.phone, address: "8.8.8.8")
            #expect(try await news(office) == 2)
            office.clock.advance(366 * 86_400)
            _ = try await signIn(office, Self.newerChrome, "141.20.1.1")
            _ = try await signIn(office, Self.phone, "8.8.4.4")
            #expect(try await news(office) == 3)
        }
    }

    @Test("A session knows where it was used last, and no more of the address than that needs", arguments: Dialect.allCases)
    func places(_ dialect: Dialect) async throws {
        try await withOffice(dialect, places: PlaceFinder()) { office in
            _ = try await office.register()
            let grant = try await signIn(office, Self.phone, "141.20.1.77")
            func session() async throws -> Session {
                try #require(try await office.service.sessions(of: grant.user.id).first { $0.id == grant.session })
            }
            #expect(try await session().address == "141.20.1.0")
            #expect(try await session().place == Place(country: "DE"))
            let next = try await office.service.refresh(grant.refreshToken, address: "2001:4860:4860::8888")
            #expect(try await session().address == "2001:4860:4860::")
            #expect(try await session().place == Place(country: "US"))
            _ = try await office.service.refresh(next.refreshToken, address: "10.0.0.7")
            #expect(try await session().place == nil)
            let stored = try await office.database.read(as: .system) {
                try await $0.query("SELECT address FROM sessions").map { try $0.optional("address", as: String.self) }
            }
            #expect(Set(stored) == [nil, "10.0.0.0"])
        }
    }
}
