package import Ambient

/// Who is asking, as the access token says.
package struct Principal: Sendable, Hashable {
    package let userID: UserID
    package let isAdministrator: Bool

    package init(userID: UserID, isAdministrator: Bool) {
        self.userID = userID
        self.isAdministrator = isAdministrator
    }
}

/// Turns a request's credentials into a principal. Accounts implements it.
package protocol Authenticator: Sendable {
    /// nil if the request carries no credentials at all; throws `unauthenticated` if they are not valid.
    func principal(for request: HTTPRequest) async throws -> Principal?
}
