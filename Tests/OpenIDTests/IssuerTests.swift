import Ambient
import Cryptography
import FoundationEssentials
import JSON
import OpenID
import OpenIDTesting
import ScriptedServing
import Synchronization
import Testing

@Suite("Issuers", .timeLimit(.minutes(2)))
struct IssuerTests {
    /// A clock that stands until it is moved.
    final class Clock: Sendable {
        private let date = Mutex(Date(timeIntervalSince1970: 1_800_000_000))
        var ambient: Ambient { Ambient(now: { self.date.withLock { $0 } }, newUUID: { UUID() }) }
        func advance(_ seconds: TimeInterval) { date.withLock { $0 = $0.addingTimeInterval(seconds) } }
    }

    private func token(_ id: String, _ key: RSAKey) throws -> ForeignToken {
        try #require(ForeignToken(try ForeignToken.sign(["sub": "a"], with: key, id: id)))
    }

    @Test("An unknown key has the keys read anew, once in five seconds whatever comes")
    func rotation() async throws {
        let (server, clock) = (try ScriptedIssuer(), Clock())
        let issuer = OpenIDIssuer(address: server.url, client: try IssuerClient(), ambient: clock.ambient)
        let (first, second) = (try ScriptedIssuer.firstKey.get(), try ScriptedIssuer.secondKey.get())
        func looks() -> Int { server.requests.count { $0.target == "/keys" } }
        #expect(try await issuer.keys(for: token("first", first)) == [first.publicKey])
        for _ in 0..<5 { #expect(try await issuer.keys(for: token("first", first)).count == 1) }
        #expect(looks() == 1)
        try server.rotate()
        #expect(try await issuer.keys(for: token("second", second)).isEmpty)
        clock.advance(31)
        #expect(try await issuer.keys(for: token("second", second)) == [second.publicKey])
        #expect(looks() == 2)
        for number in 0..<50 { #expect(try await issuer.keys(for: token("made up \(number)", second)).isEmpty) }
        #expect(looks() == 2)
        // The old one is gone with the look.
        clock.advance(31)
        #expect(try await issuer.keys(for: token("first", first)).isEmpty)
        #expect(looks() == 3)
        #expect(server.requests.count { $0.target.hasPrefix("/.well-known") } == 1)
    }

    @Test("A description of another issuer, or one that leads into this server's own network, is not believed")
    func descriptions() async throws {
        let (other, client) = (try ScriptedIssuer(), try IssuerClient())
        let inside = other.url
        for field in ["issuer", "authorization_endpoint", "jwks_uri"] {
            let server = try ScriptedIssuer()
            server.describe { $0[field] = .string(inside + "/keys") }
            let issuer = OpenIDIssuer(address: server.url, client: client, ambient: .live)
            await #expect(throws: OpenIDFailure.self) {
                _ = try await issuer.keys(for: try token("first", ScriptedIssuer.firstKey.get()))
            }
        }
        for address in [
            "https://127.0.0.1:\(inside.split(separator: ":").last ?? "")/keys", "https://169.254.169.254/latest",
            "https://[::1]/keys",
            "https://2130706433/keys", "https://localhost/keys", "javascript:alert(1)",
        ] {
            let server = try ScriptedIssuer()
            server.describe { $0["jwks_uri"] = .string(address) }
            let issuer = OpenIDIssuer(address: server.url, client: client, ambient: .live)
            await #expect(throws: OpenIDFailure.self, "\(address)") {
                _ = try await issuer.keys(for: try token("first", ScriptedIssuer.firstKey.get()))
            }
        }
        #expect(other.requests.isEmpty)
    }

    @Test("Browsers are sent to no script")
    func scripts() async throws {
        let server = try ScriptedIssuer()
        server.describe { $0["authorization_endpoint"] = "javascript:alert(1)" }
        let issuer = OpenIDIssuer(address: server.url, client: try IssuerClient(), ambient: .live)
        await #expect(throws: OpenIDFailure.self) { _ = try await issuer.description() }
    }

    @Test("An issuer that is down is told from one that lies")
    func down() async throws {
        let server = try ScriptedIssuer()
        server.goDown()
        let issuer = OpenIDIssuer(address: server.url, client: try IssuerClient(), ambient: .live)
        await #expect {
            _ = try await issuer.description()
        } throws: {
            if case .unreachable? = $0 as? OpenIDFailure { true } else { false }
        }
        server.goDown(false)
        #expect(try await issuer.description().issuer == server.url)
    }
}
