import Accounts
import Ambient
import Database
import DatabaseTesting
import Events
import Failures
import HTTPMessages
import HTTPServing
import HTTPServingTesting
import Jobs
import Lifecycle
import Signals
import Synchronization
import Testing

/// A session that ends in one process is over in the others a moment later: a signal says so, the look at the table is hours away.
@Suite("The end of a session elsewhere", .timeLimit(.minutes(2)))
struct SessionEndTests {
    /// Takes what a stream writes.
    private final class Sink: HTTPBodyWriter {
        private let text = Mutex("")
        private let opened = ShutdownSignal()

        func write(_ bytes: [UInt8]) async throws {
            text.withLock { $0 += String(decoding: bytes, as: UTF8.self) }
            opened.trigger()
        }

        func waitForFirst() async { await opened.wait() }
    }

    /// Runs another process' accounts and event streams beside `body`.
    private func withElsewhere(
        _ dialect: Dialect, _ body: (Office, AccountsService, TestClient) async throws -> Void
    ) async throws {
        let migrations = EventsMigrations.all + JobsMigrations.all + AccountsMigrations.all
        try await withSecondDatabase(dialect, migrations: migrations) { first, second in
            let office = Office(first)
            let elsewhere = office.elsewhere(second)
            let signals = SignalListener(channel: second.signals)
            let heard = ShutdownSignal()
            // The first word of all: from now on nothing is missed.
            signals.on(SignalTopic("tests")) { _ in heard.trigger() }
            elsewhere.follow(signals)
            let router = Router(
                [EventRoutes(database: second, bus: EventBus()), AccountsRoutes(service: elsewhere)],
                authenticator: TokenAuthenticator(elsewhere), ambient: office.clock.ambient)
            let shutdown = ShutdownSignal()
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await signals.run(until: shutdown) }
                group.addTask { try await SessionWatch(elsewhere, interval: .seconds(7200)).run(until: shutdown) }
                await heard.wait()
                try await body(office, elsewhere, TestClient(router))
                shutdown.trigger()
                try await group.waitForAll()
            }
        }
    }

    @Test("Its event stream closes as if it were over; another session's goes on", arguments: Dialect.allCases)
    func streams(_ dialect: Dialect) async throws {
        try await withElsewhere(dialect) { office, _, client in
            let ended = try await office.register()
            let other = try await office.service.logIn(email: "ada@example.org", password: Office.password)
            let (sink, otherSink) = (Sink(), Sink())
            try await withThrowingTaskGroup(of: Bool.self) { group in
                for (grant, sink, isEnded) in [(ended, sink, true), (other, otherSink, false)] {
                    let response = await client.bearing(grant.accessToken).open(.get, "/events")
                    #expect(response.status == 200)
                    guard case .stream(let write) = response.body else { throw NoStream() }
                    group.addTask {
                        // Throws if it is broken off rather than closed.
                        try await write(sink)
                        return isEnded
                    }
                    await sink.waitForFirst()
                }
                try await office.service.endSession(ended.session, of: ended.user.id)
                #expect(try await group.next() == true)
                try await office.service.logOutEverywhere(other.user.id)
                #expect(try await group.next() == false)
            }
        }
    }

    @Test("Its access token is refused", arguments: Dialect.allCases)
    func tokens(_ dialect: Dialect) async throws {
        try await withElsewhere(dialect) { office, elsewhere, client in
            let grant = try await office.register()
            #expect(try await client.bearing(grant.accessToken).get("/users/me").status == 200)
            try await office.service.logOut(refreshToken: grant.refreshToken)
            let authenticator = TokenAuthenticator(elsewhere)
            await authenticator.sessionEnd(of: Principal(userID: grant.user.id, roles: [], session: "\(grant.session)"))
            #expect(try await client.bearing(grant.accessToken).get("/users/me").status == 401)
        }
    }

    private struct NoStream: Error {}
}
