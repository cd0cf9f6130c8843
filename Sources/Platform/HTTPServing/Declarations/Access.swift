/// Who may call a route.
package enum Access: Sendable, Hashable {
    /// With or without a token; one that is not valid is as none.
    case anyone
    /// Needs a valid access token, else 401.
    case signedIn
    /// Needs the token of somebody with this role, else 403.
    case role(Role)

    package static let administrator = Access.role(.administrator)
}
