import Ambient
import Cryptography
import Database
import Failures
import FoundationEssentials
import HTTPMessages
import HTTPServing
import HTTPServingTesting
import Testing

@testable import Accounts

@Suite("Codes besides the password", .timeLimit(.minutes(3)))
struct SecondFactorTests {
    private static let email = "ada@example.org"

    private func refusal(_ body: () async throws -> Void) async -> AccountsFailure? {
        do { try await body() } catch { return error as? AccountsFailure }
        return nil
    }

    /// The app on somebody's phone.
    private func app(_ office: Office, of user: UserID) async throws -> OneTimePassword {
        let sealed = try await office.database.read(as: .system) {
            try await $0.first("SELECT secret FROM second_factors WHERE user_id = \(user)")?.get("secret", as: String.self)
        }
        return OneTimePassword(secret: try office.seal.open(try #require(sealed), place: SecondFactor.place(user)))
    }

    private func code(_ app: OneTimePassword, _ office: Office) -> String {
        app.code(step: OneTimePassword.step(at: office.clock.now))
    }

    /// Ada with an app, and her codes on paper.
    private func ada(_ office: Office) async throws -> (grant: Grant, app: OneTimePassword, codes: [String]) {
        let grant = try await office.register()
        let made = try await office.service.beginSecondFactor(of: grant.user.id, password: Office.password)
        let app = try await app(office, of: grant.user.id)
        #expect(made.secret == Base32.encode(app.secret) && made.address.contains(made.secret))
        let codes = try await office.service.confirmSecondFactor(
            of: grant.user.id, code: code(app, office), keeping: grant.session)
        office.clock.advance(30)
        return (grant, app, codes)
    }

    @Test("A code on paper is good however it is typed, and so is one of before", arguments: Dialect.allCases)
    func paper(_ dialect: Dialect) async throws {
        try await withOffice(dialect) { office in
            let (grant, _, codes) = try await ada(office)
            let old = "k7xq2-m9fpw"
            try await office.database.transaction(as: .user(grant.user.id)) {
                try await SecondFactorStore().setCodes([old] + codes, of: grant.user.id, in: $0)
            }
            let typed = [old, codes[0].replacing("-", with: " ").uppercased(), codes[1].replacing("-", with: "")]
            for code in typed {
                _ = try await office.service.logIn(email: Self.email, password: Office.password, code: code)
                #expect(
                    await refusal {
                        _ = try await office.service.logIn(email: Self.email, password: Office.password, code: code)
                    }?.details["code"] == "is not right")
            }
        }
    }

    @Test("Signing in takes a code from its confirmation on, and each code once", arguments: Dialect.allCases)
    func signIn(_ dialect: Dialect) async throws {
        try await withOffice(dialect) { office in
            let grant = try await office.register()
            let other = try await office.service.logIn(email: Self.email, password: Office.password)
            _ = try await office.service.beginSecondFactor(of: grant.user.id, password: Office.password)
            // Not yet.
            _ = try await office.service.logIn(email: Self.email, password: Office.password)
            let app = try await app(office, of: grant.user.id)
            #expect(
                await refusal {
                    _ = try await office.service.confirmSecondFactor(of: grant.user.id, code: "000000", keeping: nil)
                }?.details["code"] == "is not right")
            let codes = try await office.service.confirmSecondFactor(
                of: grant.user.id, code: code(app, office), keeping: grant.session)
            #expect(codes.count == 10 && Set(codes).count == 10 && codes.allSatisfy { $0.count == 27 })
            #expect(codes.allSatisfy { $0.split(separator: "-").map(\.count) == [6, 6, 6, 6] })
            #expect(try await office.service.user(grant.user.id).hasSecondFactor)
            // The other sessions ended, this one did not.
            #expect(await refusal { _ = try await office.service.refresh(other.refreshToken) } != nil)
            _ = try await office.service.refresh(grant.refreshToken)

            func signIn(_ code: String?, _ password: String = Office.password) async -> AccountsFailure? {
                await refusal { _ = try await office.service.logIn(email: Self.email, password: password, code: code) }
            }
            #expect(await signIn(nil)?.details == ["code": "is required"])
            // The code that turned it on is spent.
            #expect(await signIn(code(app, office))?.details == ["code": "is not right"])
            office.clock.advance(30)
            let now = code(app, office)
            // A wrong password is told as it is everywhere, whatever the code.
            #expect(await signIn(now, "wrong password 1")?.details == [:])
            #expect(await signIn(now) == nil)
            #expect(await signIn(now)?.details == ["code": "is not right"])
            #expect(await signIn(codes[3].uppercased().replacing("-", with: " ")) == nil)
            #expect(await signIn(codes[3])?.details == ["code": "is not right"])
            #expect(try await office.service.secondFactor(of: grant.user.id).codesLeft == 9)
            #expect(try await office.events().count { $0 == "user.second_factor_changed" } == 1)
        }
    }

    @Test("Guessing codes is slowed down as guessing passwords is")
    func guessing() async throws {
        try await withOffice { office in
            _ = try await ada(office)
            var last: AccountsFailure?
            for _ in 0..<8 {
                last = await refusal {
                    _ = try await office.service.logIn(email: Self.email, password: Office.password, code: "123456")
                }
            }
            #expect(last?.code == .rateLimited)
        }
    }

    @Test("One code is not good for two who show it at once", arguments: Dialect.allCases)
    func atOnce(_ dialect: Dialect) async throws {
        try await withOffice(dialect, { $0.throttlesSignIn = false }) { office in
            let (_, app, codes) = try await ada(office)
            for code in [code(app, office), codes[0]] {
                let inside = await withTaskGroup(of: Bool.self) { group in
                    for _ in 0..<8 {
                        group.addTask {
                            (try? await office.service.logIn(email: Self.email, password: Office.password, code: code)) != nil
                        }
                    }
                    return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
                }
                #expect(inside == 1)
            }
        }
    }

    @Test("What cannot be undone takes a code too, and a link to a new password does", arguments: Dialect.allCases)
    func stepUp(_ dialect: Dialect) async throws {
        try await withOffice(dialect) { office in
            let (grant, app, codes) = try await ada(office)
            let (service, id) = (office.service, grant.user.id)
            #expect(
                await refusal {
                    try await service.changePassword(of: id, from: Office.password, to: "quiet meadow 42", keeping: nil)
                }?.details == ["code": "is required"])
            #expect(await refusal { try await service.delete(id, password: Office.password) }?.details == ["code": "is required"])
            #expect(
                await refusal {
                    try await service.removeSecondFactor(of: id, ShownProof(password: Office.password, code: "000000"))
                }?.details
                    == ["code": "is not right"])
            #expect(
                await refusal { _ = try await service.beginSecondFactor(of: id, password: Office.password) }?.code == .conflict)
            let renewed = try await service.renewRecoveryCodes(of: id, ShownProof(password: Office.password, code: codes[0]))
            #expect(
                await refusal { _ = try await service.logIn(email: Self.email, password: Office.password, code: codes[1]) } != nil)

            let reset = try await service.resetPassword(of: id)
            #expect(
                await refusal { _ = try await service.choosePassword("quiet meadow 42", with: reset.token) }?.details
                    == ["code": "is required"])
            _ = try await service.choosePassword("quiet meadow 42", with: reset.token, code: code(app, office))
            // Who lost everything is let in by who looks after the installation.
            try await service.removeSecondFactor(of: id)
            _ = try await service.logIn(email: Self.email, password: "quiet meadow 42")
            #expect(
                await refusal { _ = try await service.logIn(email: Self.email, password: "quiet meadow 42", code: renewed[0]) }
                    == nil)
            try await service.delete(id, password: "quiet meadow 42")
        }
    }

    @Test("Over HTTP: the picture, the codes, and what is not told", arguments: Dialect.allCases)
    func routes(_ dialect: Dialect) async throws {
        try await withOffice(dialect) { office in
            var policy = ServingPolicy()
            policy.rateLimits = nil
            let anyone = TestClient(
                Router(
                    [AccountsRoutes(service: office.service), SecondFactorRoutes(service: office.service)],
                    authenticator: TokenAuthenticator(office.service), policy: policy, ambient: office.clock.ambient))
            let grant = try await office.register()
            let client = anyone.bearing(grant.accessToken)
            let path = "/users/me/second-factor"
            #expect(try await client.post(path, json: #"{"password": "wrong password 1"}"#).status == 400)
            let made = try await client.post(path, json: #"{"password": "\#(Office.password)"}"#)
            let qr = try made.json(NewSecondFactorView.self).qr
            #expect(made.status == 201 && qr.count >= 29 && qr.allSatisfy { $0.count == qr.count }, "\(made.text)")
            let app = try await app(office, of: grant.user.id)
            #expect(try await !client.get(path).json(SecondFactorView.self).isOn)
            let confirmed = try await client.post("\(path)/confirm", json: #"{"code": "\#(code(app, office))"}"#)
            #expect(try confirmed.json(RecoveryCodesView.self).recoveryCodes.count == 10, "\(confirmed.text)")
            let login = #"{"email": "ada@example.org", "password": "\#(Office.password)"}"#
            let refused = try await anyone.post("/auth/login", json: login)
            #expect(refused.status == 401 && refused.text.contains(#""code":"is required""#), "\(refused.text)")
            let unknown = try await anyone.post("/auth/login", json: login.replacing("violet", with: "purple"))
            #expect(unknown.status == 401 && !unknown.text.contains("code"), "\(unknown.text)")
            #expect(try await client.get(path).text.contains(#""recovery_codes_left":10"#))
            #expect(try await client.send(.delete, path, json: ["password": Office.password]).status == 400)
        }
    }
}
