import Ambient
import Failures
import FoundationEssentials
import HTTPMessages
package import HTTPServing

/// `/auth/register` and the link that it mails.
package struct SignUpRoutes: RouteCollection {
    private let service: AccountsService

    package init(service: AccountsService) { self.service = service }

    package var routes: [Route] {
        [
            .raw(
                .post, "/auth/register", "Make an account", tag: "Accounts", access: .anyone, body: RegisterRequest.self,
                returns: GrantView.self, status: 201,
                failures: [.conflict, .forbidden, .rateLimited], limit: .registration
            ) { [service] call in
                let input = try await call.body(as: RegisterRequest.self)
                let outcome = try await service.signUp(
                    email: input.email, password: input.password, displayName: input.displayName,
                    invitation: input.invitation, language: Self.language(of: call),
                    userAgent: call.request.headers["User-Agent"] ?? "", address: call.clientAddress)
                switch outcome {
                case .made(let grant):
                    return try .json(try await SignInAnswer.view(grant, to: call, by: service), status: 201)
                case .mailed: return try .json(MailedSignUpView(mailed: true, expiresIn: Int(SignUp.lifetime)), status: 202)
                }
            }.also(202, MailedSignUpView.self).described(
                "Where the installation sends mail the answer is 202, whoever has the address: a link to go on by is mailed to it, or the "
                    + "word that it has an account. The first account of an installation is the administrator's and is made at once (201), "
                    + "as all are where no mail is sent; there 409 says that an address is taken. An invitation that is not good is "
                    + "refused with `details.invitation`: `unknown`, `expired`, `spent` or `revoked`."),
            .post(
                "/auth/confirm-sign-up", "Make an account by a mailed link", tag: "Accounts", access: .anyone,
                body: SignUpConfirmation.self, returns: GrantView.self, status: 201,
                failures: [.notFound, .conflict, .forbidden, .rateLimited], limit: .login
            ) { [service] call, input in
                let grant = try await service.confirmSignUp(
                    with: input.token, password: input.password, userAgent: call.request.headers["User-Agent"] ?? "",
                    address: call.clientAddress)
                return try await SignInAnswer.view(grant, to: call, by: service)
            }.described("Signs in. `POST /auth/register` mails the link; it is good for a day, and once."),
        ]
    }

    /// Of the languages that mail is written in, the one that the browser asks for first.
    private static func language(of call: Call) -> String {
        let wanted = call.request.headers["Accept-Language"] ?? ""
        let first = wanted.split(separator: ",").lazy.map { $0.prefix { $0 != ";" && $0 != "-" }.filter { $0 != " " }.lowercased() }
            .first { ["en", "de"].contains($0) }
        return first ?? "en"
    }
}

/// `POST /auth/confirm-sign-up`
struct SignUpConfirmation: APIType {
    var token: String
    var password: String

    static var constraints: [Constraint<SignUpConfirmation>] {
        [
            .length(\.token, "token", 1...512), .writeOnly("token"),
            .describe("token", "What stands behind `#token=` in the link."),
            .length(\.password, "password", 1...4096), .writeOnly("password"),
            .describe("password", "The one that was chosen for the account, which shows that who reads the mail asked for it."),
        ]
    }
}

/// The answer to who signs up where mail is sent.
package struct MailedSignUpView: APIType {
    /// A mail is on its way.
    package var mailed: Bool
    /// For how many seconds its link is good.
    package var expiresIn: Int

    package enum CodingKeys: String, CodingKey {
        case mailed
        case expiresIn = "expires_in"
    }
}
