import Ambient
package import FoundationEssentials
package import HTTPServing

/// `POST /auth/register`
package struct RegisterRequest: APIType {
    package var email: String
    package var password: String
    package var displayName: String
    package var invitation: String?

    package enum CodingKeys: String, CodingKey {
        case email, password, invitation
        case displayName = "display_name"
    }

    package static var constraints: [Constraint<RegisterRequest>] {
        [
            .length(\.invitation, "invitation", 1...512), .writeOnly("invitation"),
            .describe("invitation", "What stands behind `#invitation=` in the link of an invitation."),
            .length(\.email, "email", 3...254), .format(\.email, "email", .email),
            .length(\.password, "password", PasswordRules.minimumCharacters...PasswordRules.maximumBytes), .writeOnly("password"),
            .length(\.displayName, "display_name", 1...80), .notBlank(\.displayName, "display_name"), .checked("display_name"),
            .describe("password", "At least 10 characters, not a common one, not the email address."),
            .describe("display_name", "How the person wants to be called."),
        ]
    }
}

/// `POST /auth/login`
package struct LoginRequest: APIType {
    package var email: String
    package var password: String
    package var code: String?
    var passkey: PasskeyCredential?

    package static var constraints: [Constraint<LoginRequest>] {
        [
            .length(\.email, "email", 1...254), .length(\.password, "password", 1...4096), .writeOnly("password"),
            .length(\.code, "code", 1...40), .writeOnly("code"),
            .describe("code", "Of the authenticator app, or a recovery code, where the account asks for one."),
            .describe("passkey", "In the place of a code, an answer to `POST /auth/passkey/options`."),
        ]
    }
}

extension LoginRequest {
    /// What is shown after the password.
    var second: AccountsService.SecondStep {
        get throws {
            guard let passkey else { return .code(code) }
            guard let assertion = passkey.assertion else {
                throw AccountsFailure.invalid("passkey", "is not in base 64 for URLs")
            }
            return .passkey(assertion)
        }
    }
}

/// `POST /auth/forgot`
struct ForgottenPasswordRequest: APIType {
    var email: String

    static var constraints: [Constraint<ForgottenPasswordRequest>] {
        [.length(\.email, "email", 3...254), .format(\.email, "email", .email)]
    }
}

/// `POST /auth/reset`
package struct PasswordResetRequest: APIType {
    package var token: String
    package var password: String
    package var code: String?

    package static var constraints: [Constraint<PasswordResetRequest>] {
        [
            .length(\.token, "token", 1...512), .writeOnly("token"),
            .length(\.password, "password", PasswordRules.minimumCharacters...PasswordRules.maximumBytes), .writeOnly("password"),
            .length(\.code, "code", 1...40), .writeOnly("code"),
            .describe("token", "What stands behind `#token=` in the link."),
        ]
    }
}

/// `POST /auth/refresh`, `POST /auth/logout`; the web app sends the cookie instead.
package struct RefreshRequest: APIType {
    package var refreshToken: String?

    package enum CodingKeys: String, CodingKey { case refreshToken = "refresh_token" }

    package static var constraints: [Constraint<RefreshRequest>] {
        [.length(\.refreshToken, "refresh_token", 1...512), .writeOnly("refresh_token")]
    }
}

package struct RenameRequest: APIType {
    package var displayName: String

    package enum CodingKeys: String, CodingKey { case displayName = "display_name" }

    package static var constraints: [Constraint<RenameRequest>] {
        [.length(\.displayName, "display_name", 1...80), .notBlank(\.displayName, "display_name"), .checked("display_name")]
    }
}

package struct PasswordChangeRequest: APIType {
    package var currentPassword: String?
    package var newPassword: String
    package var code: String?

    package enum CodingKeys: String, CodingKey {
        case code
        case currentPassword = "current_password"
        case newPassword = "new_password"
    }

    package static var constraints: [Constraint<PasswordChangeRequest>] {
        [
            .length(\.currentPassword, "current_password", 1...4096), .writeOnly("current_password"),
            .length(\.newPassword, "new_password", PasswordRules.minimumCharacters...PasswordRules.maximumBytes),
            .describe("current_password", "Not needed where you have proved that it is you within ten minutes."),
            .writeOnly("new_password"), .length(\.code, "code", 1...40), .writeOnly("code"),
        ]
    }
}

package struct AccountDeletionRequest: APIType {
    package var password: String?
    package var code: String?

    package static var constraints: [Constraint<AccountDeletionRequest>] {
        [
            .length(\.password, "password", 1...4096), .writeOnly("password"), .length(\.code, "code", 1...40), .writeOnly("code"),
        ]
    }
}

/// A person on the wire.
package struct UserView: APIType, Hashable {
    package var id: String
    package var email: String
    package var displayName: String
    package var role: UserRole
    /// Its sign-in takes a code.
    package var hasSecondFactor: Bool
    /// It may be signed in to by a passkey.
    package var hasPasskeys: Bool
    package var avatarColour: AvatarColour?
    package var emailVerified: Bool
    /// Whether the address is to be confirmed.
    package var verification: EmailVerification

    package init(_ user: User) {
        (avatarColour, emailVerified, verification) = (user.avatarColour, user.isEmailVerified, user.verification)
        (hasSecondFactor, hasPasskeys) = (user.hasSecondFactor, user.hasPasskeys)
        id = user.id.description
        email = user.email
        displayName = user.displayName
        role = user.role
    }

    package enum CodingKeys: String, CodingKey {
        case id, email, role, verification
        case displayName = "display_name"
        case avatarColour = "avatar_colour"
        case emailVerified = "email_verified"
        case hasSecondFactor = "has_second_factor"
        case hasPasskeys = "has_passkeys"
    }
}

/// What signing in gives.
package struct GrantView: APIType {
    package var user: UserView
    package var accessToken: String
    /// Absent where it went into the cookie.
    package var refreshToken: String?
    package var tokenType: String
    /// Seconds.
    package var expiresIn: Int

    package enum CodingKeys: String, CodingKey {
        case user
        case accessToken = "access_token"
        case refreshToken = "refresh_token"
        case tokenType = "token_type"
        case expiresIn = "expires_in"
    }
}

/// `GET /auth/status`
package struct AccountsStatusView: APIType {
    package var isRegistrationOpen: Bool
    /// Who may make an account once there is one.
    package var registration: RegistrationMode
    package var hasUsers: Bool
    /// Who lost the password gets a link by mail.
    package var mailsResets: Bool
    /// Where passkeys are good: the app's origin. Absent where browsers make none for it.
    package var passkeyOrigin: String?

    package enum CodingKeys: String, CodingKey {
        case isRegistrationOpen = "registration_open"
        case registration
        case hasUsers = "has_users"
        case mailsResets = "mails_resets"
        case passkeyOrigin = "passkey_origin"
    }
}

/// A sign-in on the wire.
package struct SessionView: APIType {
    package var id: String
    package var userAgent: String
    package var createdAt: Date
    package var lastUsedAt: Date
    package var expiresAt: Date
    /// Where it was used last, by tables of addresses on the server; absent where they do not know, as in a network of one's own.
    package var country: String?
    package var city: String?
    /// Whether it is the one that asks.
    package var isCurrent: Bool

    package enum CodingKeys: String, CodingKey {
        case id, country, city
        case userAgent = "user_agent"
        case createdAt = "created_at"
        case lastUsedAt = "last_used_at"
        case expiresAt = "expires_at"
        case isCurrent = "current"
    }

    package static var constraints: [Constraint<SessionView>] { [.describe("country", "ISO 3166-1, two letters.")] }
}
