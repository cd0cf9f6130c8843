/// Who may call a route.
package enum Access: Sendable, Hashable {
    /// With or without a token; one that is not valid is as none.
    case anyone
    /// Needs a valid access token, else 401.
    case signedIn
    /// Needs the token of somebody with this role, else 403.
    case role(Role)
    /// Needs the token of one of these services of the installation, with the route's scope, else 401 or 403. People may not.
    case service(Set<String>)

    package static let administrator = Access.role(.administrator)
    package static let moderator = Access.role(.moderator)
    package static let teacher = Access.role(.teacher)

    /// The services that it takes, by their names; nil where it takes people.
    package var services: Set<String>? { if case .service(let names) = self { names } else { nil } }

    /// The role that it takes; nil where it takes none.
    package var role: Role? { if case .role(let role) = self { role } else { nil } }
}
