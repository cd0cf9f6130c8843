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

@Suite("Signing up where mail is sent", .timeLimit(.minutes(3)))
struct SignUpTests {
    private final class Post: Sendable {
        private let sent = Mutex<[(subject: AccountLetters.Subject, user: UserID?)]>([])
        var all: [(subject: AccountLetters.Subject, user: UserID?)] { sent.withLock { $0 } }
        var letters: AccountLetters { AccountLetters { subject, _, user in self.sent.withLock { $0.append((subject, user)) } } }

        /// Of the last link.
        var token: String? {
            all.reversed().lazy.compactMap { if case .signUp(let token, _, _, _) = $0.subject { token } else { nil } }.first
        }
    }

    private func failure(_ body: () async throws -> Void) async -> AccountsFailure? {
        do { try await body() } catch { return error as? AccountsFailure }
        return nil
    }

    private func signUp(_ office: Office, _ email: String, invitation: String? = nil) async throws -> SignUpOutcome {
        try await office.service.signUp(
            email: email, password: Office.password, displayName: "Ben", invitation: invitation, language: "de")
    }

    /// What the jobs of those who signed up do.
    private func mail(_ office: Office) async throws {
        let waiting: [SignUpID] = try await office.database.read(as: .system) { transaction in
            try await transaction.query("SELECT id FROM sign_ups WHERE mailed_at IS NULL ORDER BY requested_at, id").map {
                try $0.get("id")
            }
        }
        for id in waiting { try await office.service.mailSignUp(id) }
    }

    private func jobs(_ office: Office) async throws -> Int {
        try await office.database.read(as: .system) {
            try await $0.first("SELECT count(*) AS n FROM jobs WHERE kind = 'accounts.mail_sign_up'")?.get("n") ?? 0
        }
    }

    @Test("Nothing is made before the link is followed by who chose the password", arguments: Dialect.allCases)
    func newcomer(_ dialect: Dialect) async throws {
        let post = Post()
        try await withOffice(dialect, letters: post.letters) { office in
            _ = try await office.register()
            guard case .mailed = try await signUp(office, "Ben@example.org") else {
                return #expect(Bool(false), "an account at once")
            }
            #expect(try await jobs(office) == 1)
            let early = await failure {
                _ = try await office.service.logIn(email: "ben@example.org", password: Office.password)
            }
            #expect(early?.code == .unauthenticated)
            try await mail(office)
            let token = try #require(post.token)
            #expect(post.all.map(\.subject) == [.signUp(token: token, hours: 24, to: "Ben@example.org", language: "de")])
            #expect(post.all[0].user == nil)

            let other = await failure { _ = try await office.service.confirmSignUp(with: token, password: "violet harbour 8") }
            #expect(other?.code == .validationFailed && other?.details["password"] != nil)
            let grant = try await office.service.confirmSignUp(with: token, password: Office.password)
            #expect(grant.user.email == "Ben@example.org" && grant.user.isEmailVerified && grant.user.role == .student)
            #expect(
                await failure { _ = try await office.service.confirmSignUp(with: token, password: Office.password) }?.code
                    == .notFound)
            #expect(try await office.service.logIn(email: "ben@example.org", password: Office.password).user.id == grant.user.id)
            let left: Int = try await office.database.read(as: .system) {
                try await $0.first("SELECT count(*) AS n FROM sign_ups")?.get("n") ?? -1
            }
            #expect(left == 0)
        }
    }

    @Test("Who has the address is told, and their account stays as it is", arguments: Dialect.allCases)
    func taken(_ dialect: Dialect) async throws {
        let post = Post()
        try await withOffice(dialect, letters: post.letters) { office in
            let ada = try await office.register().user
            _ = try await office.service.signUp(
                email: "ADA@example.org", password: "another long one 9", displayName: "Eve", language: "en")
            try await mail(office)
            #expect(post.all.map(\.subject) == [.accountExists] && post.all[0].user == ada.id)
            let kept = try await office.database.read(as: .system) {
                try await $0.first("SELECT password_hash, display_name, digest FROM sign_ups")
            }
            #expect(try kept?.get("password_hash", as: String.self) == "" && kept?.get("display_name", as: String.self) == "")
            #expect(try kept?.optional("digest", as: String.self) == nil)
            #expect(
                await failure { _ = try await office.service.logIn(email: "ada@example.org", password: "another long one 9") }?.code
                    == .unauthenticated)
            _ = try await office.service.logIn(email: "ada@example.org", password: Office.password)
        }
    }

    @Test("An address is sent five mails an hour at most, and each link makes what it is about")
    func several() async throws {
        let post = Post()
        try await withOffice(letters: post.letters) { office in
            _ = try await office.register()
            for _ in 0..<7 {
                _ = try await signUp(office, "ben@example.org")
                try await mail(office)
                office.clock.advance(60)
            }
            #expect(post.all.count == 5)
            office.clock.advance(3600)
            _ = try await signUp(office, "ben@example.org")
            try await mail(office)
            let token = try #require(post.token)
            // The two that were held back a while ago, and this one.
            #expect(post.all.count == 8)
            _ = try await office.service.confirmSignUp(with: token, password: Office.password)
            // Of the others none makes another.
            for case .signUp(let token, _, _, _) in post.all.map(\.subject) {
                #expect(
                    await failure { _ = try await office.service.confirmSignUp(with: token, password: Office.password) }?.code
                        == .notFound)
            }
        }
    }

    @Test("A link is good for a day, and a taken address is told to who has shown that it is theirs")
    func ends() async throws {
        let post = Post()
        try await withOffice(letters: post.letters) { office in
            _ = try await office.register()
            _ = try await signUp(office, "ben@example.org")
            try await mail(office)
            let late = try #require(post.token)
            office.clock.advance(86_401)
            #expect(
                await failure { _ = try await office.service.confirmSignUp(with: late, password: Office.password) }?.code
                    == .notFound)
            _ = try await signUp(office, "cleo@example.org")
            try await mail(office)
            let token = try #require(post.token)
            _ = try await office.register("cleo@example.org")
            #expect(
                await failure { _ = try await office.service.confirmSignUp(with: token, password: Office.password) }?.code
                    == .conflict)
        }
    }

    @Test("An invitation is used up with the account", arguments: Dialect.allCases)
    func invited(_ dialect: Dialect) async throws {
        let post = Post()
        try await withOffice(dialect, letters: post.letters, { $0.registration = .invitation }) { office in
            let ada = try await office.register().user
            #expect(await failure { _ = try await signUp(office, "ben@example.org") }?.code == .forbidden)
            let link = try #require(try await office.service.invite(as: .teacher, by: ada.id).token)
            _ = try await signUp(office, "ben@example.org", invitation: link)
            _ = try await signUp(office, "cleo@example.org", invitation: link)
            try await mail(office)
            let tokens = post.all.compactMap { if case .signUp(let token, _, _, _) = $0.subject { token } else { nil } }
            #expect(tokens.count == 2)
            let grant = try await office.service.confirmSignUp(with: tokens[0], password: Office.password)
            #expect(grant.user.role == .teacher)
            #expect(
                await failure { _ = try await office.service.confirmSignUp(with: tokens[1], password: Office.password) }?
                    .details["invitation"] == "spent")
        }
    }

    @Test("The first account is made at once, and all are where no mail is sent")
    func atOnce() async throws {
        let post = Post()
        try await withOffice(letters: post.letters) { office in
            guard case .made(let grant) = try await signUp(office, "ada@example.org") else {
                return #expect(Bool(false), "the first waits for mail")
            }
            #expect(grant.user.role == .administrator && grant.user.verification == .offered)
        }
        try await withOffice { office in
            _ = try await office.register()
            guard case .made = try await signUp(office, "ben@example.org") else {
                return #expect(Bool(false), "mail without a server")
            }
            #expect(await failure { _ = try await signUp(office, "ada@example.org") }?.code == .conflict)
        }
    }

    @Test("The door answers alike whether or not there is an account", arguments: Dialect.allCases)
    func alike(_ dialect: Dialect) async throws {
        let post = Post()
        try await withOffice(dialect, letters: post.letters) { office in
            _ = try await office.register()
            var policy = ServingPolicy()
            policy.rateLimits = nil
            let client = TestClient(
                Router(
                    [AccountsRoutes(service: office.service)], authenticator: TokenAuthenticator(office.service), policy: policy,
                    ambient: office.clock.ambient))
            let questions = [
                ("/auth/login", #"{"email":"EMAIL","password":"not the password 1"}"#, 401),
                ("/auth/forgot", #"{"email":"EMAIL"}"#, 204),
                ("/auth/register", #"{"email":"EMAIL","password":"violet harbour 9","display_name":"Eve"}"#, 202),
            ]
            for (path, body, status) in questions {
                for headers: HTTPHeaders in [[:], ["X-LM-Session": "cookie"]] {
                    var answers: [TestAnswer] = []
                    for email in ["ada@example.org", "eve@example.org"] {
                        answers.append(
                            try await client.post(path, json: body.replacing("EMAIL", with: email), headers: headers))
                    }
                    #expect(answers.map(\.status) == [status, status])
                    #expect(Set(answers.map(\.body.count)).count == 1)
                    #expect(Set(answers.map(Self.plain)).count == 1)
                    #expect(Set(answers.map(Self.headers)).count == 1)
                }
            }
        }
    }

    /// The body without the name of the request, which differs in every answer.
    private static func plain(_ answer: TestAnswer) -> String {
        guard let id = answer.headers["X-Request-ID"] else { return answer.text }
        return answer.text.replacing(id, with: "")
    }

    private static func headers(_ answer: TestAnswer) -> String {
        answer.headers.fields.map { $0.name == "X-Request-ID" ? "\($0.name): \($0.value.count)" : "\($0.name): \($0.value)" }
            .joined(separator: "\n")
    }
}
