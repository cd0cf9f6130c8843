package import Ambient
import Concurrency

/// Who is asking, as the access token says.
package struct Principal: Sendable, Hashable {
    /// A token that is for less than a sign-in.
    package struct Token: Sendable, Hashable {
        package let id: String
        package let scopes: Set<TokenScope>

        package init(id: String, scopes: Set<TokenScope>) { (self.id, self.scopes) = (id, scopes) }
    }

    package let userID: UserID
    package let roles: Set<Role>
    /// The sign-in that the token came from; nil where there is none that could end.
    package let session: String?
    /// What they came with where it was not their own sign-in, by which they may do all that is theirs.
    package let token: Token?

    package init(userID: UserID, roles: Set<Role>, session: String? = nil, token: Token? = nil) {
        self.token = token
        self.userID = userID
        self.roles = roles
        self.session = session
    }

    package init(userID: UserID, isAdministrator: Bool) {
        self.init(userID: userID, roles: isAdministrator ? [.student, .administrator] : [.student])
    }

    /// Whether what they came with is for this; a sign-in is for everything.
    func mayUse(_ scope: TokenScope?) -> Bool {
        guard let token else { return true }
        return scope.map { needed in token.scopes.contains { $0.covers(needed) } } ?? false
    }

    package var isAdministrator: Bool { roles.contains(.administrator) }
}

/// Turns a request's credentials into a principal. Accounts implements it.
package protocol Authenticator: Sendable {
    /// nil if the request carries no credentials at all; throws `unauthenticated` if they are not valid.
    func principal(for request: HTTPRequest) async throws -> Principal?

    /// The service of the installation that asks; nil if the request carries no credentials at all. Throws `unauthenticated` if they are
    /// not a service's, or not good.
    func service(for request: HTTPRequest) async throws -> ServiceCaller?

    /// Returns when the principal's session has ended, wherever it was ended, or the task is cancelled. What is still being sent to
    /// them then stops.
    func sessionEnd(of principal: Principal) async
}

extension Authenticator {
    /// For where no service calls.
    package func service(for request: HTTPRequest) async throws -> ServiceCaller? { nil }

    /// For sessions that never end.
    package func sessionEnd(of principal: Principal) async { await AsyncMonitor(()).wait { _ in false } }
}
