import Ambient
import Database
import Failures
import FoundationEssentials
import HTTPMessages
import HTTPServing
import HTTPServingTesting
import Synchronization
import Testing

@testable import Accounts

@Suite("Addresses that are confirmed and changed", .timeLimit(.minutes(3)))
struct EmailTests {
    /// What accounts wrote, and to whom.
    private final class Post: Sendable {
        private let sent = Mutex<[AccountLetters.Subject]>([])
        var all: [AccountLetters.Subject] { sent.withLock { $0 } }
        var letters: AccountLetters { AccountLetters { subject, _, _ in self.sent.withLock { $0.append(subject) } } }

        /// Of the last link.
        var token: String? {
            for subject in all.reversed() {
                switch subject {
                case .verify(let token, _), .change(let token, _, _): return token
                default: continue
                }
            }
            return nil
        }
    }

    private func failure(_ body: () async throws -> Void) async -> AccountsFailure? {
        do { try await body() } catch { return error as? AccountsFailure }
        return nil
    }

    private let proof = ShownProof(password: Office.password)

    @Test("Who registers is sent a link that verifies the address, once", arguments: Dialect.allCases)
    func verification(_ dialect: Dialect) async throws {
        let post = Post()
        try await withOffice(dialect, letters: post.letters) { office in
            let (service, ada) = (office.service, try await office.register())
            #expect(ada.user.verification == .offered && !ada.user.isEmailVerified)
            try await service.mailConfirmation(.verify, of: ada.user.id)
            let token = try #require(post.token)
            #expect(post.all == [.verify(token: token, hours: 24)])
            let stored = try await office.database.read(as: .system) {
                try await $0.first("SELECT digest FROM email_confirmations")?.get("digest", as: String.self)
            }
            #expect(stored == AccountStore.digest(token))
            #expect(await failure { try await service.requestVerification(of: ada.user.id) }?.code == .rateLimited)
            office.clock.advance(121)
            // Asked for again, the first link is worth nothing.
            try await service.requestVerification(of: ada.user.id)
            try await service.mailConfirmation(.verify, of: ada.user.id)
            #expect(await failure { _ = try await service.confirmEmail(with: token) }?.code == .notFound)
            let second = try #require(post.token)
            #expect(try await service.confirmEmail(with: second).purpose == .verify)
            #expect(await failure { _ = try await service.confirmEmail(with: second) }?.code == .notFound)
            let user = try await service.user(ada.user.id)
            #expect(user.isEmailVerified && user.verification == .none)
            // Nothing more is asked, nor sent.
            try await service.requestVerification(of: ada.user.id)
            try await service.mailConfirmation(.verify, of: ada.user.id)
            #expect(post.all.count == 2)
            #expect(try await office.events().contains("user.email_verified"))
        }
    }

    @Test(
        "Another address holds once its mail was read; the old one is told, and links to it open nothing",
        arguments: Dialect.allCases)
    func change(_ dialect: Dialect) async throws {
        let post = Post()
        try await withOffice(dialect, letters: post.letters) { office in
            let (service, ada) = (office.service, try await office.register())
            let id = ada.user.id
            #expect(
                await failure { _ = try await service.requestEmail("new@example.org", of: id, ShownProof(password: "not it")) }?
                    .details["password"] != nil)
            #expect(
                await failure { _ = try await service.requestEmail("ADA@example.org", of: id, proof) }?.details["email"] != nil)
            let state = try await service.requestEmail("New@example.org", of: id, proof)
            #expect(state.user.email == "ada@example.org" && state.pending?.email.text == "New@example.org")
            try await service.mailConfirmation(.change, of: id)
            let token = try #require(post.token)
            #expect(post.all == [.change(token: token, minutes: 30, to: "New@example.org")])
            // A link to a new password that lies in the old mailbox.
            let reset = try await service.resetPassword(of: id)
            #expect(try await service.confirmEmail(with: token) == ("New@example.org", .change))
            #expect(await failure { _ = try await service.choosePassword("quiet meadow 42", with: reset.token) }?.code == .notFound)
            let user = try await service.user(id)
            #expect(user.email == "New@example.org" && user.isEmailVerified)
            #expect(try await office.events().contains("user.email_changed"))
            let again = try await service.resetPassword(of: id)
            _ = try await service.choosePassword("quiet meadow 42", with: again.token)
            _ = try await service.logIn(email: "new@example.org", password: "quiet meadow 42")
            #expect(
                await failure { _ = try await service.logIn(email: "ada@example.org", password: "quiet meadow 42") } != nil)
        }
    }

    @Test("The link is good for half an hour and until it is taken back", arguments: Dialect.allCases)
    func expiry(_ dialect: Dialect) async throws {
        let post = Post()
        try await withOffice(dialect, letters: post.letters) { office in
            let (service, ada) = (office.service, try await office.register())
            let id = ada.user.id
            _ = try await service.requestEmail("new@example.org", of: id, proof)
            try await service.mailConfirmation(.change, of: id)
            office.clock.advance(1801)
            #expect(await failure { _ = try await service.confirmEmail(with: post.token ?? "") }?.code == .notFound)
            #expect(try await service.email(of: id).pending == nil)
            _ = try await service.requestEmail("new@example.org", of: id, proof)
            #expect(
                await failure { _ = try await service.requestEmail("other@example.org", of: id, proof) }?.code == .rateLimited)
            try await service.mailConfirmation(.change, of: id)
            try await service.keepEmail(of: id)
            #expect(await failure { _ = try await service.confirmEmail(with: post.token ?? "") }?.code == .notFound)
            #expect(try await service.user(id).email == "ada@example.org")
        }
    }

    @Test("Whether somebody has the address is told to nobody but them", arguments: Dialect.allCases)
    func taken(_ dialect: Dialect) async throws {
        let post = Post()
        try await withOffice(dialect, letters: post.letters) { office in
            let (service, ada) = (office.service, try await office.register())
            _ = try await office.register("ben@example.org")
            let state = try await service.requestEmail("Ben@example.org", of: ada.user.id, proof)
            #expect(state.pending?.email.text == "Ben@example.org")
            try await service.mailConfirmation(.change, of: ada.user.id)
            #expect(post.all == [.addressInUse("Ben@example.org")])

            // Taken between the mail and the link.
            office.clock.advance(121)
            _ = try await service.requestEmail("new@example.org", of: ada.user.id, proof)
            try await service.mailConfirmation(.change, of: ada.user.id)
            _ = try await office.register("new@example.org")
            #expect(await failure { _ = try await service.confirmEmail(with: post.token ?? "") }?.code == .conflict)
            #expect(try await service.user(ada.user.id).email == "ada@example.org")
        }
    }

    @Test("Without mail an address changes at once, unless somebody has it", arguments: Dialect.allCases)
    func withoutMail(_ dialect: Dialect) async throws {
        try await withOffice(dialect) { office in
            let (service, ada) = (office.service, try await office.register())
            _ = try await office.register("ben@example.org")
            #expect(ada.user.verification == .none)
            #expect(
                await failure { _ = try await service.requestEmail("ben@example.org", of: ada.user.id, proof) }?.code == .conflict)
            #expect(try await service.requestEmail("new@example.org", of: ada.user.id, proof).user.email == "new@example.org")
            _ = try await service.logIn(email: "new@example.org", password: Office.password)
            #expect(await failure { try await service.requestVerification(of: ada.user.id) }?.code == .forbidden)
        }
    }

    @Test("Where it is demanded an account opens nothing but itself before", arguments: Dialect.allCases)
    func demanded(_ dialect: Dialect) async throws {
        let post = Post()
        try await withOffice(dialect, letters: post.letters, { $0.demandsVerifiedEmail = true }) { office in
            var policy = ServingPolicy()
            policy.rateLimits = nil
            let client = TestClient(
                Router(
                    [
                        AccountsRoutes(service: office.service), EmailRoutes(service: office.service),
                        ProfileRoutes(service: office.service),
                    ], authenticator: TokenAuthenticator(office.service), policy: policy, ambient: office.clock.ambient))
            let first = try await office.register()
            // Who looks after the installation gets in while the mail server does not work.
            #expect(first.user.verification == .offered)
            #expect(try await client.bearing(first.accessToken).get("/users/\(first.user.id)").status == 200)
            let ben = try await office.register("ben@example.org")
            #expect(ben.user.verification == .demanded)
            let confined = client.bearing(ben.accessToken)
            #expect(try await confined.get("/users/me").json(UserView.self).verification == .demanded)
            for path in ["/users/\(ben.user.id)", "/users/\(ben.user.id)?x=/users/me"] {
                let answer = try await confined.get(path)
                #expect(answer.status == 403)
                #expect(try answer.error().details["email"] == "is not verified")
            }
            try await office.service.mailConfirmation(.verify, of: ben.user.id)
            let token = try #require(post.token)
            #expect(try await client.post("/auth/confirm-email", json: #"{"token":"\#(token)"}"#).status == 200)
            let renewed = try await office.service.refresh(ben.refreshToken)
            #expect(try await client.bearing(renewed.accessToken).get("/users/\(ben.user.id)").status == 200)
        }
    }
}
