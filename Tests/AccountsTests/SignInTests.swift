import Accounts
import Ambient
import Cryptography
import Database
import Events
import Failures
import FoundationEssentials
import Testing

@Suite("Signing in", .timeLimit(.minutes(3)))
struct SignInTests {
    private func failure(_ body: () async throws -> Void) async -> AccountsFailure? {
        do { try await body() } catch { return error as? AccountsFailure }
        return nil
    }

    @Test("An unknown address and a wrong password get the same answer", arguments: Dialect.allCases)
    func sameAnswer(_ dialect: Dialect) async throws {
        try await withOffice(dialect) { office in
            _ = try await office.register()
            let wrong = await failure { _ = try await office.service.logIn(email: "ada@example.org", password: "not the password") }
            let unknown = await failure {
                _ = try await office.service.logIn(email: "eve@example.org", password: "not the password")
            }
            #expect(wrong?.code == .unauthenticated)
            #expect(wrong?.message == unknown?.message)
            #expect(wrong?.code == unknown?.code)
        }
    }

    @Test("An address and a password count however a keyboard composes their accents", arguments: Dialect.allCases)
    func accents(_ dialect: Dialect) async throws {
        let (composed, apart) = ("p\u{E4}ssw\u{F6}rter f\u{FC}r alle", "pa\u{308}sswo\u{308}rter fu\u{308}r alle")
        try await withOffice(dialect) { office in
            _ = try await office.service.register(email: "j\u{FC}rgen@example.org", password: composed, displayName: "J")
            _ = try await office.service.logIn(email: "ju\u{308}rgen@example.org", password: apart)
            let again = await failure {
                _ = try await office.service.register(email: "Ju\u{308}rgen@example.org", password: apart, displayName: "J")
            }
            #expect(again?.code == .conflict)
            _ = try await office.service.register(email: "eve@example.org", password: apart, displayName: "E")
            _ = try await office.service.logIn(email: "eve@example.org", password: composed)
        }
    }

    @Test("An unknown address costs a hash like a known one", arguments: ["ada@example.org", "eve@example.org"])
    func sameWork(email: String) async throws {
        try await withOffice { office in
            _ = try await office.register()
            _ = try await office.service.logIn(email: "ada@example.org", password: Office.password)
            let before = office.passwords.hashesComputed
            _ = await failure { _ = try await office.service.logIn(email: email, password: "wrong password") }
            #expect(office.passwords.hashesComputed == before + 1)
        }
    }

    @Test(
        "After five wrong passwords the account waits, twice as long each time; a right one clears it", arguments: Dialect.allCases)
    func throttle(_ dialect: Dialect) async throws {
        try await withOffice(dialect) { office in
            _ = try await office.register()
            for email in ["ada@example.org", "nobody@example.org"] {
                for _ in 0..<5 {
                    let failure = await failure { _ = try await office.service.logIn(email: email, password: "wrong password") }
                    #expect(failure?.code == .unauthenticated)
                }
                // Even the right one has to wait now, and no hash is made.
                let blocked = await failure { _ = try await office.service.logIn(email: email, password: Office.password) }
                #expect(blocked?.code == .rateLimited)
                #expect(blocked?.retryAfter == .seconds(2))
                office.clock.advance(2)
                let again = await failure { _ = try await office.service.logIn(email: email, password: "wrong password") }
                #expect(again?.code == .unauthenticated)
                let longer = await failure { _ = try await office.service.logIn(email: email, password: Office.password) }
                #expect(longer?.retryAfter == .seconds(4))
                office.clock.advance(4)
            }
            _ = try await office.service.logIn(email: "ada@example.org", password: Office.password)
            let fresh = await failure { _ = try await office.service.logIn(email: "ada@example.org", password: "wrong password") }
            #expect(fresh?.code == .unauthenticated)
        }
    }

    @Test("Guesses that come side by side are counted before any of them is looked at", arguments: Dialect.allCases)
    func parallelGuesses(_ dialect: Dialect) async throws {
        try await withOffice(dialect) { office in
            _ = try await office.register()
            let before = office.passwords.hashesComputed
            let answers = await withTaskGroup(of: FailureCode?.self) { group in
                for number in 0..<30 {
                    group.addTask {
                        await failure { _ = try await office.service.logIn(email: "ada@example.org", password: "guess \(number)") }?
                            .code
                    }
                }
                return await group.reduce(into: [FailureCode?]()) { $0.append($1) }
            }
            #expect(answers.filter { $0 == .unauthenticated }.count == 5)
            #expect(answers.filter { $0 == .rateLimited }.count == 25)
            #expect(office.passwords.hashesComputed <= before + 6)
        }
    }

    @Test("A hash of lower cost is made anew at the next sign-in")
    func rehash() async throws {
        try await withOffice { office in
            _ = try await office.register()
            let stronger = PasswordHasher(cost: .init(memoryKiB: 128, passes: 1, lanes: 1))
            let service = AccountsService(
                database: office.database, passwords: stronger, tokens: office.tokens, seal: office.seal,
                outbox: EventOutbox(bus: EventBus()))
            _ = try await service.logIn(email: "ada@example.org", password: Office.password)
            let hash = try await office.database.read(as: .system) {
                try await $0.first("SELECT password_hash FROM users")?.get("password_hash", as: String.self)
            }
            #expect(hash?.contains("m=128,") == true)
            _ = try await service.logIn(email: "ada@example.org", password: Office.password)
        }
    }
}
