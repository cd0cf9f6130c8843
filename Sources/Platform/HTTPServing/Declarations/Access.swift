/// Who may call a route.
package enum Access: Sendable, Hashable {
    /// With or without a token; one that is not valid is as none.
    case anyone
    /// Needs a valid access token, else 401.
    case signedIn
    /// Needs the token of somebody with this role, else 403.
    case role(Role)

    package static let administrator = Access.role(.administrator)
    package static let moderator = Access.role(.moderator)
    package static let teacher = Access.role(.teacher)

    /// The role that it takes; nil where it takes none.
    package var role: Role? { if case .role(let role) = self { role } else { nil } }
}
