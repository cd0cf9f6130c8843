package import Ambient
import Concurrency

/// Who is asking, as the access token says.
package struct Principal: Sendable, Hashable {
    package let userID: UserID
    package let roles: Set<Role>
    /// The sign-in that the token came from; nil where there is none that could end.
    package let session: String?

    package init(userID: UserID, roles: Set<Role>, session: String? = nil) {
        self.userID = userID
        self.roles = roles
        self.session = session
    }

    package init(userID: UserID, isAdministrator: Bool) {
        self.init(userID: userID, roles: isAdministrator ? [.student, .administrator] : [.student])
    }

    package var isAdministrator: Bool { roles.contains(.administrator) }
}

/// Turns a request's credentials into a principal. Accounts implements it.
package protocol Authenticator: Sendable {
    /// nil if the request carries no credentials at all; throws `unauthenticated` if they are not valid.
    func principal(for request: HTTPRequest) async throws -> Principal?

    /// Returns when the principal's session has ended, wherever it was ended, or the task is cancelled. What is still being sent to
    /// them then stops.
    func sessionEnd(of principal: Principal) async
}

extension Authenticator {
    /// For sessions that never end.
    package func sessionEnd(of principal: Principal) async { await AsyncMonitor(()).wait { _ in false } }
}
