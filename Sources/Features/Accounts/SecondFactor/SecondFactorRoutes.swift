import Ambient
import Cryptography
import FoundationEssentials
import Failures
import HTTPMessages
package import HTTPServing
import QRCodes

/// `/users/me/second-factor`: codes of an app besides the password.
package struct SecondFactorRoutes: RouteCollection {
    private let service: AccountsService
    private let authenticator: TokenAuthenticator

    package init(service: AccountsService) {
        self.service = service
        authenticator = TokenAuthenticator(service)
    }

    private static let path = "/users/me/second-factor"

    package var routes: [Route] {
        [
            .get(Self.path, "Ask whether your sign-in takes a code", tag: "Accounts", returns: SecondFactorView.self) {
                [service] call in
                let (since, left) = try await service.secondFactor(of: try call.user())
                return SecondFactorView(isOn: since != nil, since: since, recoveryCodesLeft: left)
            },
            .post(
                Self.path, "Begin to use an authenticator app", tag: "Accounts", body: PasswordProof.self,
                returns: NewSecondFactorView.self, status: 201, failures: [.conflict, .rateLimited], limit: .login
            ) { [service] call, input in
                let made = try await service.beginSecondFactor(
                    of: try call.user(), password: input.password, session: call.session)
                return NewSecondFactorView(secret: made.secret, address: made.address, qr: QRCode.rows(of: made.address) ?? [])
            }.described("Nothing is asked for before the app's first code has come."),
            .post(
                "\(Self.path)/confirm", "Turn it on with the app's first code", tag: "Accounts", body: CodeProof.self,
                returns: RecoveryCodesView.self, failures: [.notFound, .conflict, .rateLimited], limit: .login
            ) { [service] call, input in
                let session = (try? authenticator.claims(for: call.request)).flatMap { SessionID($0.session) }
                return RecoveryCodesView(
                    recoveryCodes: try await service.confirmSecondFactor(
                        of: try call.user(), code: input.code, keeping: session))
            }.described(
                "Every other session ends. The recovery codes are shown this once; each is good once, in place of the app."),
            .post(
                "\(Self.path)/recovery-codes", "Make new recovery codes", tag: "Accounts", body: SecondFactorProof.self,
                returns: RecoveryCodesView.self, failures: [.notFound, .rateLimited], limit: .login
            ) { [service] call, input in
                RecoveryCodesView(
                    recoveryCodes: try await service.renewRecoveryCodes(
                        of: try call.user(), call.shown(input.password, input.code)))
            }.described("The old ones are worth nothing from then on."),
            .raw(
                .delete, Self.path, "Turn it off", tag: "Accounts", body: SecondFactorProof.self, status: 204,
                failures: [.rateLimited], limit: .login
            ) { [service] call in
                let input = try await call.body(as: SecondFactorProof.self)
                try await service.removeSecondFactor(of: try call.user(), call.shown(input.password, input.code))
                return HTTPResponse(status: 204)
            },
            .delete(
                "/admin/users/:id/second-factor", "Let somebody sign in without a code", tag: "Administration",
                access: .administrator, failures: [.notFound]
            ) { [service] call in
                try await service.removeSecondFactor(of: try call.parameter("id"), by: try call.user())
            }.described("For who lost both the app and the recovery codes. Make sure that it is they who ask."),
        ]
    }
}

struct PasswordProof: APIType {
    var password: String?

    static var constraints: [Constraint<PasswordProof>] { [.length(\.password, "password", 1...4096), .writeOnly("password")] }
}

struct CodeProof: APIType {
    var code: String

    static var constraints: [Constraint<CodeProof>] { [.length(\.code, "code", 1...40), .writeOnly("code")] }
}

struct SecondFactorProof: APIType {
    var password: String?
    var code: String?

    static var constraints: [Constraint<SecondFactorProof>] {
        [
            .length(\.password, "password", 1...4096), .writeOnly("password"), .length(\.code, "code", 1...40), .writeOnly("code"),
            .describe("code", "Of the app, or a recovery code."),
        ]
    }
}

/// Whether an account asks for a code.
struct SecondFactorView: APIType {
    var isOn: Bool
    var since: Date?
    var recoveryCodesLeft: Int

    enum CodingKeys: String, CodingKey {
        case since
        case isOn = "is_on"
        case recoveryCodesLeft = "recovery_codes_left"
    }
}

/// What an authenticator app is given.
struct NewSecondFactorView: APIType {
    var secret: String
    var address: String
    var qr: [String]

    static var constraints: [Constraint<NewSecondFactorView>] {
        [
            .describe("secret", "In base 32, to be typed into the app."), .describe("address", "`otpauth://…`"),
            .describe("qr", "The address as a QR code: rows of 1 (dark) and 0, without the margin of four squares around them."),
        ]
    }
}

/// Codes on paper.
struct RecoveryCodesView: APIType {
    var recoveryCodes: [String]

    enum CodingKeys: String, CodingKey { case recoveryCodes = "recovery_codes" }
}
