import Accounts
import Ambient
import Cryptography
import Database
import Events
import Failures
import FoundationEssentials
import HTTPMessages
import HTTPServing
import Synchronization
import Testing

@Suite("Sessions", .timeLimit(.minutes(3)))
struct SessionTests {
    private func isOver(_ body: () async throws -> Void) async -> Bool {
        do { try await body() } catch { return FailureCode(of: error) == .unauthenticated }
        return false
    }

    @Test("A refresh token works once and gives the next", arguments: Dialect.allCases)
    func rotation(_ dialect: Dialect) async throws {
        try await withOffice(dialect) { office in
            var grant = try await office.register()
            var seen: Set<String> = [grant.refreshToken]
            for _ in 0..<5 {
                office.clock.advance(1800)
                let next = try await office.service.refresh(grant.refreshToken)
                #expect(seen.insert(next.refreshToken).inserted)
                #expect(next.session == grant.session)
                #expect(next.user == grant.user)
                grant = next
            }
            #expect(try await office.service.sessions(of: grant.user.id).count == 1)
        }
    }

    @Test("However often it is used, a session ends a set time after its sign-in, and says so", arguments: Dialect.allCases)
    func longest(_ dialect: Dialect) async throws {
        try await withOffice(dialect, { $0.longestSession = 30 * 86_400 }) { office in
            var grant = try await office.register()
            let begun = office.clock.now
            for _ in 0..<9 {
                office.clock.advance(3 * 86_400)
                grant = try await office.service.refresh(grant.refreshToken)
            }
            // The list of devices shows the true end.
            let listed = try await office.service.sessions(of: grant.user.id)
            #expect(listed.map(\.expiresAt) == [begun.addingTimeInterval(30 * 86_400)])
            let later = try await office.service.logIn(email: "ada@example.org", password: Office.password)
            office.clock.advance(3 * 86_400 - 1)
            grant = try await office.service.refresh(grant.refreshToken)
            office.clock.advance(1)
            let authenticator = TokenAuthenticator(office.service)
            let request = HTTPRequest(method: .get, target: "/", headers: ["Authorization": "Bearer \(grant.accessToken)"])
            #expect(try await authenticator.principal(for: request) != nil)
            do {
                _ = try await office.service.refresh(grant.refreshToken)
                Issue.record("the session goes on")
            } catch let failure as AccountsFailure {
                #expect(failure.code == .unauthenticated && failure.details == ["session": "is too old"])
            }
            // Its access token ends with it, and other sessions go on.
            #expect(await isOver { _ = try await authenticator.principal(for: request) })
            #expect(try await office.service.sessions(of: grant.user.id).map(\.id) == [later.session])
            _ = try await office.service.refresh(later.refreshToken)
        }
    }

    @Test("A token that was spent ends the whole session when it is shown again", arguments: Dialect.allCases)
    func reuse(_ dialect: Dialect) async throws {
        try await withOffice(dialect) { office in
            let first = try await office.register()
            let other = try await office.service.logIn(email: "ada@example.org", password: Office.password)
            let second = try await office.service.refresh(first.refreshToken)
            office.clock.advance(11)
            #expect(await isOver { _ = try await office.service.refresh(first.refreshToken) })
            // The thief's and the owner's are both dead, and so is the access token here; the other device is not.
            #expect(await isOver { _ = try await office.service.refresh(second.refreshToken) })
            let authenticator = TokenAuthenticator(office.service)
            let request = HTTPRequest(method: .get, target: "/", headers: ["Authorization": "Bearer \(second.accessToken)"])
            #expect(await isOver { _ = try await authenticator.principal(for: request) })
            _ = try await office.service.refresh(other.refreshToken)
        }
    }

    @Test("A session that ended stays ended after a restart, and in other processes", arguments: Dialect.allCases)
    func endedElsewhere(_ dialect: Dialect) async throws {
        try await withOffice(dialect) { office in
            let (first, second) = (
                try await office.register(),
                try await office.service.logIn(
                    email: "ada@example.org", password: Office.password)
            )
            // Another process: the same database and key, a memory of its own.
            let elsewhere = AccountsService(
                database: office.database, passwords: office.passwords, tokens: office.tokens, seal: office.seal,
                outbox: EventOutbox(bus: EventBus(), ambient: office.clock.ambient), ambient: office.clock.ambient)
            let authenticator = TokenAuthenticator(elsewhere)
            func request(_ grant: Grant) -> HTTPRequest {
                HTTPRequest(method: .get, target: "/", headers: ["Authorization": "Bearer \(grant.accessToken)"])
            }
            #expect(try await authenticator.principal(for: request(first)) != nil)
            try await office.service.logOut(refreshToken: first.refreshToken)
            try await elsewhere.readEndedSessions()
            #expect(await isOver { _ = try await authenticator.principal(for: request(first)) })
            #expect(try await authenticator.principal(for: request(second)) != nil)
            // Forgotten once no token of theirs is good any more.
            office.clock.advance(office.tokens.lifetime + 1)
            try await office.service.logOutEverywhere(first.user.id)
            let rows = try await office.database.read(as: .system) { try await $0.query("SELECT session_id FROM ended_sessions") }
            #expect(rows.count == 1)
        }
    }

    @Test("A refresh token is good for seven days from its last use", arguments: Dialect.allCases)
    func expiry(_ dialect: Dialect) async throws {
        try await withOffice(dialect) { office in
            var grant = try await office.register()
            office.clock.advance(6 * 86_400)
            grant = try await office.service.refresh(grant.refreshToken)
            office.clock.advance(6 * 86_400)
            grant = try await office.service.refresh(grant.refreshToken)
            office.clock.advance(7 * 86_400)
            #expect(await isOver { _ = try await office.service.refresh(grant.refreshToken) })
            #expect(try await office.service.sessions(of: grant.user.id).isEmpty)
        }
    }

    @Test("Junk is no refresh token", arguments: ["", "x", String(repeating: "A", count: 43), "' OR 1=1 --"])
    func junk(token: String) async throws {
        try await withOffice { office in
            _ = try await office.register()
            #expect(await isOver { _ = try await office.service.refresh(token) })
            try await office.service.logOut(refreshToken: token)
        }
    }

    @Test("Only digests of refresh tokens are stored", arguments: Dialect.allCases)
    func digests(_ dialect: Dialect) async throws {
        try await withOffice(dialect) { office in
            let grant = try await office.register()
            let stored = try await office.database.read(as: .system) { transaction in
                try await transaction.query("SELECT digest FROM refresh_tokens").map { try $0.get("digest", as: String.self) }
            }
            #expect(stored == [Hexadecimal.encode(SHA256.hash(grant.refreshToken))])
        }
    }

    @Test("Signing out ends one session, everywhere ends all", arguments: Dialect.allCases)
    func signOut(_ dialect: Dialect) async throws {
        try await withOffice(dialect) { office in
            let first = try await office.register()
            let second = try await office.service.logIn(email: "ada@example.org", password: Office.password)
            let third = try await office.service.logIn(email: "ada@example.org", password: Office.password)
            #expect(try await office.service.sessions(of: first.user.id).count == 3)
            try await office.service.logOut(refreshToken: first.refreshToken)
            #expect(await isOver { _ = try await office.service.refresh(first.refreshToken) })
            _ = try await office.service.refresh(second.refreshToken)
            try await office.service.logOutEverywhere(first.user.id)
            #expect(await isOver { _ = try await office.service.refresh(third.refreshToken) })
            #expect(try await office.service.sessions(of: first.user.id).isEmpty)
        }
    }

    @Test("Another user's session is not there", arguments: Dialect.allCases)
    func ownership(_ dialect: Dialect) async throws {
        try await withOffice(dialect) { office in
            let mine = try await office.register()
            let other = try await office.register("bob@example.org")
            await #expect { try await office.service.endSession(mine.session, of: other.user.id) } throws: {
                FailureCode(of: $0) == .notFound
            }
            _ = try await office.service.refresh(mine.refreshToken)
        }
    }

    @Test("Row-level security hides other people's accounts from a query without a predicate")
    func rowSecurity() async throws {
        try await withOffice(.postgres) { office in
            let ada = try await office.register()
            _ = try await office.register("bob@example.org")
            for table in ["users", "sessions", "refresh_tokens"] {
                let seen = try await office.database.read(as: .user(ada.user.id)) { transaction in
                    try await transaction.query("SELECT * FROM \(unsafe: table)").count
                }
                #expect(seen == 1, "\(table)")
            }
        }
    }

    @Test("A new password ends the other sessions and keeps this one", arguments: Dialect.allCases)
    func passwordChange(_ dialect: Dialect) async throws {
        try await withOffice(dialect) { office in
            let here = try await office.register()
            let elsewhere = try await office.service.logIn(email: "ada@example.org", password: Office.password)
            await #expect {
                try await office.service.changePassword(
                    of: here.user.id, from: "wrong", to: "another good one", keeping: here.session)
            } throws: { ($0 as? AccountsFailure)?.details["current_password"] != nil }
            await #expect {
                try await office.service.changePassword(
                    of: here.user.id, from: Office.password, to: "password123", keeping: here.session)
            } throws: { ($0 as? AccountsFailure)?.details["new_password"] != nil }
            try await office.service.changePassword(
                of: here.user.id, from: Office.password, to: "another good one", keeping: here.session)
            _ = try await office.service.refresh(here.refreshToken)
            #expect(await isOver { _ = try await office.service.refresh(elsewhere.refreshToken) })
            #expect(await isOver { _ = try await office.service.logIn(email: "ada@example.org", password: Office.password) })
            _ = try await office.service.logIn(email: "ada@example.org", password: "another good one")
        }
    }

    @Test(
        "Removing an account needs the password, runs the farewells in its transaction and tells of it", arguments: Dialect.allCases
    )
    func deletion(_ dialect: Dialect) async throws {
        let gone = Mutex<[UserID]>([])
        try await withOffice(dialect, farewells: [{ user, _ in gone.withLock { $0.append(user) } }]) { office in
            _ = try await office.register()
            let bob = try await office.register("bob@example.org")
            await #expect { try await office.service.delete(bob.user.id, password: "wrong") } throws: {
                FailureCode(of: $0) == .validationFailed
            }
            #expect(gone.withLock { $0 }.isEmpty)
            try await office.service.delete(bob.user.id, password: Office.password)
            #expect(gone.withLock { $0 } == [bob.user.id])
            #expect(await isOver { _ = try await office.service.refresh(bob.refreshToken) })
            #expect(await isOver { _ = try await office.service.user(bob.user.id) })
            // Ada's stays; Bob's went with him, and that he went is told on.
            #expect(try await office.events() == ["user.registered", "user.signed_in", "user.deleted"])
            #expect(try await office.register("bob@example.org").user.id != bob.user.id)
        }
    }

    @Test(
        "The last administrator stays while there are others; alone, they may go, and the next is the first",
        arguments: Dialect.allCases)
    func lastAdministrator(_ dialect: Dialect) async throws {
        try await withOffice(dialect) { office in
            let ada = try await office.register()
            let bob = try await office.register("bob@example.org")
            await #expect { try await office.service.delete(ada.user.id, password: Office.password) } throws: {
                FailureCode(of: $0) == .conflict
            }
            _ = try await office.service.user(ada.user.id)
            try await office.service.delete(bob.user.id, password: Office.password)
            try await office.service.delete(ada.user.id, password: Office.password)
            #expect(try await office.register("eve@example.org").user.role == .administrator)
        }
    }
}
