import Ambient
import Failures
import FoundationEssentials
package import HTTPServing

/// `/users/me/email`: the address of an account, whether it is its owner's, and another in its place.
package struct EmailRoutes: RouteCollection {
    private let service: AccountsService

    package init(service: AccountsService) { self.service = service }

    private static let path = "/users/me/email"

    package var routes: [Route] {
        [
            .get(Self.path, "Look at your address", tag: "Accounts", returns: EmailView.self) { [service] call in
                EmailView(try await service.email(of: try call.user()))
            },
            .post(
                Self.path, "Have another address", tag: "Accounts", body: EmailRequest.self, returns: EmailView.self,
                failures: [.conflict, .rateLimited], limit: .login
            ) { [service] call, input in
                EmailView(
                    try await service.requestEmail(
                        input.email, of: try call.user(), call.shown(input.password, input.code)))
            }.described(
                "A link goes to the new address and is good for 30 minutes, once; until it is followed the old one stays. Where the "
                    + "installation sends no mail it changes at once. The answer is the same whether or not somebody has the address."
            ),
            .delete(Self.path, "Keep the address that you have", tag: "Accounts") { [service] call in
                try await service.keepEmail(of: try call.user())
            },
            .post(
                "\(Self.path)/verification", "Have the link to verify your address sent again", tag: "Accounts",
                failures: [.forbidden, .rateLimited], limit: .login
            ) { [service] call in try await service.requestVerification(of: try call.user()) },
            .post(
                "/auth/confirm-email", "Confirm an address with a one-time link", tag: "Accounts", access: .anyone,
                body: EmailConfirmationRequest.self, returns: ConfirmedEmailView.self, failures: [.notFound, .conflict],
                limit: .login
            ) { [service] _, input in
                let confirmed = try await service.confirmEmail(with: input.token)
                return ConfirmedEmailView(email: confirmed.email, isChange: confirmed.purpose == .change)
            }.described("Signs nobody in."),
        ]
    }
}

/// `POST /users/me/email`
struct EmailRequest: APIType {
    var email: String
    var password: String?
    var code: String?

    static var constraints: [Constraint<EmailRequest>] {
        [
            .length(\.email, "email", 3...254), .format(\.email, "email", .email), .length(\.password, "password", 1...4096),
            .writeOnly("password"), .length(\.code, "code", 1...40), .writeOnly("code"),
        ]
    }
}

/// `POST /auth/confirm-email`
struct EmailConfirmationRequest: APIType {
    var token: String

    static var constraints: [Constraint<EmailConfirmationRequest>] {
        [
            .length(\.token, "token", 1...512), .writeOnly("token"),
            .describe("token", "What stands behind `#token=` in the link."),
        ]
    }
}

/// An account's address.
struct EmailView: APIType {
    var email: String
    var isVerified: Bool
    var pendingEmail: String?
    var pendingUntil: Date?

    init(_ state: AccountsService.EmailState) {
        (email, isVerified) = (state.user.email, state.user.isEmailVerified)
        (pendingEmail, pendingUntil) = (state.pending?.email.text, state.pending?.expiresAt)
    }

    enum CodingKeys: String, CodingKey {
        case email
        case isVerified = "is_verified"
        case pendingEmail = "pending_email"
        case pendingUntil = "pending_until"
    }
}

/// What was confirmed.
struct ConfirmedEmailView: APIType {
    var email: String
    var isChange: Bool

    enum CodingKeys: String, CodingKey {
        case email
        case isChange = "is_change"
    }
}
