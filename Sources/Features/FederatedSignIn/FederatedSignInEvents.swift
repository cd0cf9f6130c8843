import Events
import HTTPServing

/// What is told of accounts elsewhere.
enum FederatedSignInEvents {
    /// An account elsewhere opens this one from now on, or no longer does.
    struct IdentityChanged: APIType {
        var userID: String
        /// Such as `google`.
        var provider: String

        enum CodingKeys: String, CodingKey {
            case provider
            case userID = "user_id"
        }
    }

    static let linked = EventKind(
        "user.identity_linked", "An account at another service opens this one from now on.", payload: IdentityChanged.self,
        isSecurity: true)
    static let unlinked = EventKind(
        "user.identity_unlinked", "An account at another service opens this one no longer.", payload: IdentityChanged.self,
        isSecurity: true)
    static let all = [linked, unlinked]
}
