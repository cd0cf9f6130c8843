/// Who may call a route.
package enum Access: Sendable, Hashable {
    /// With or without a token; one that is not valid is as none.
    case anyone
    /// Needs a valid access token, else 401.
    case signedIn
    /// Needs an administrator's token, else 403.
    case administrator
}
