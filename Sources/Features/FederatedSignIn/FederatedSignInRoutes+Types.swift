import FoundationEssentials
import Accounts
import HTTPServing

/// A service by which one may sign in.
struct ProviderView: APIType {
    var name: String
    var title: String

    static var schemaName: String { "SignInProvider" }
}

/// `POST /auth/authorize`
struct AuthorizationBody: APIType {
    var provider: String
    var purpose: SignInPurpose?
    var returnTo: String?
    var invitation: String?
    var password: String?
    var code: String?
    var binding: String?

    enum CodingKeys: String, CodingKey {
        case provider, purpose, invitation, password, code, binding
        case returnTo = "return_to"
    }

    static var constraints: [Constraint<AuthorizationBody>] {
        [
            .length(\.provider, "provider", 1...30), .length(\.returnTo, "return_to", 0...1000),
            .length(\.invitation, "invitation", 1...512), .writeOnly("invitation"),
            .describe("invitation", "The token of an invitation, for a newcomer."),
            .length(\.password, "password", 0...4096), .writeOnly("password"), .length(\.code, "code", 0...40), .writeOnly("code"),
            .length(\.binding, "binding", 0...64), .writeOnly("binding"),
            .describe("return_to", "The app's page to go to afterwards."),
            .describe("password", "Of the account, to link or to choose a password anew."),
            .describe("binding", "Of an earlier answer, for a program that is in the middle of several."),
        ]
    }
}

/// `DELETE /users/me/identities/{id}`
struct UnlinkBody: APIType {
    var password: String?
    var code: String?

    static var constraints: [Constraint<UnlinkBody>] {
        [
            .length(\.password, "password", 0...4096), .writeOnly("password"), .length(\.code, "code", 0...40), .writeOnly("code"),
            .describe("password", "Of the account, where it has one and the session was not proved a moment ago."),
        ]
    }
}

/// Where the browser goes.
struct AuthorizationView: APIType {
    var address: String
    var binding: String?

    static var constraints: [Constraint<AuthorizationView>] {
        [.describe("binding", "To be shown with the answer; absent where it went into a cookie.")]
    }
}

/// `POST /auth/callback`
struct CallbackBody: APIType {
    var provider: String
    var state: String
    var code: String?
    var iss: String?
    var error: String?
    var secondFactor: String?
    var binding: String?

    enum CodingKeys: String, CodingKey {
        case provider, state, code, iss, error, binding
        case secondFactor = "second_factor"
    }

    static var constraints: [Constraint<CallbackBody>] {
        [
            .length(\.provider, "provider", 1...30), .length(\.state, "state", 1...200), .length(\.code, "code", 0...4096),
            .writeOnly("code"), .length(\.iss, "iss", 0...1000), .length(\.error, "error", 0...200),
            .length(\.secondFactor, "second_factor", 0...40), .writeOnly("second_factor"), .length(\.binding, "binding", 0...64),
            .writeOnly("binding"),
            .describe("iss", "Who says that they answered (RFC 9207)."), .describe("error", "In place of a code."),
            .describe("second_factor", "A code of the authenticator app, or a recovery code."),
        ]
    }
}

/// What came of it.
struct CallbackView: APIType {
    var outcome: SignInPurpose
    /// The app's page to go to.
    var page: String
    var grant: GrantView?
    var token: String?

    static var constraints: [Constraint<CallbackView>] {
        [
            .describe("grant", "Where somebody is signed in now."),
            .describe("token", "Of the link by which a password is chosen, for `POST /auth/reset`."),
        ]
    }
}

/// An account elsewhere by which one signs in.
struct IdentityView: APIType {
    var id: LinkedIdentityID
    var provider: String
    /// Absent of a provider that is not asked any more.
    var title: String?
    var email: String?
    var createdAt: Date
    var lastUsedAt: Date?

    enum CodingKeys: String, CodingKey {
        case id, provider, title, email
        case createdAt = "created_at"
        case lastUsedAt = "last_used_at"
    }

    init(_ identity: LinkedIdentity, title: String?) {
        (id, provider, email, self.title) = (identity.id, identity.provider, identity.email, title)
        (createdAt, lastUsedAt) = (identity.createdAt, identity.lastUsedAt)
    }

    static var schemaName: String { "LinkedIdentity" }
}

/// The ways into an account.
struct IdentitiesView: APIType {
    var hasPassword: Bool
    var data: [IdentityView]
    /// Those that could be linked.
    var providers: [ProviderView]

    enum CodingKeys: String, CodingKey {
        case data, providers
        case hasPassword = "has_password"
    }
}
