import Failures
import HTTPMessages
package import HTTPServing

/// Knows a fixed set of tokens.
package struct TestAuthenticator: Authenticator {
    package let principals: [String: Principal]

    package init(_ principals: [String: Principal]) { self.principals = principals }

    package func principal(for request: HTTPRequest) async throws -> Principal? {
        guard let value = request.headers["Authorization"] else { return nil }
        guard let principal = principals[String(value.dropFirst("Bearer ".count))] else {
            throw HTTPFailure(.unauthenticated, "The access token is not valid.")
        }
        return principal
    }
}
