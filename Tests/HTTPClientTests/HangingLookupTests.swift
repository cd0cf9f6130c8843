import Concurrency
import HTTPClient
import HTTPMessages
import ResolverTesting
import ScriptedServing
import Testing

/// One thread carries every transfer: a name whose lookup never ends must hold up none but its own.
@Suite(.timeLimit(.minutes(1)))
struct HangingLookupTests {
    @Test("A request cancelled while its name is looked up holds up no other")
    func cancelled() async throws {
        let name = "cancelled.hanging.invalid"
        defer { resolver_release(name) }
        let server = try ScriptedServer { connection, _ in connection.respond(200) }
        let client = try quickClient()
        var request = ClientRequest(.get, "http://\(name)/")
        request.timeouts = ClientTimeouts(connect: .seconds(600), total: nil, idle: nil)
        let stuck = Task { [request] in try await client.send(request) }
        #expect(await BlockingPool.shared.run { resolver_wait_for_lookup(name, 50) } == 1)
        stuck.cancel()
        await #expect(throws: CancellationError.self) { _ = try await stuck.value }
        #expect(try await client.send(ClientRequest(.get, server.url)).status == 200)
        #expect(resolver_lookups(name) == 1)
    }

    @Test("The deadline for connecting counts the lookup, and a lookup past it holds up no other request")
    func tooSlow() async throws {
        let name = "slow.hanging.invalid"
        defer { resolver_release(name) }
        let server = try ScriptedServer { connection, _ in connection.respond(200) }
        let client = try quickClient { $0.retry = .never }
        var request = ClientRequest(.get, "http://\(name)/")
        request.timeouts = ClientTimeouts(connect: .milliseconds(100), total: nil, idle: nil)
        #expect(await kind { _ = try await client.send(request) } == .timeout(.connect))
        #expect(try await client.send(ClientRequest(.get, server.url)).status == 200)
    }
}
