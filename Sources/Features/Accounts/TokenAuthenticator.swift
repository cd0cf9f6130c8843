import Ambient
package import Cryptography
package import Database
import Failures
import HTTPMessages
package import HTTPServing

extension Principal {
    /// As whom the database is asked in this person's name.
    package var actor: Actor { .user(userID, roles: Set(roles.map(\.name))) }
}

/// Reads `Authorization: Bearer`. No database is asked: a check takes tens of microseconds.
package struct TokenAuthenticator: Authenticator {
    private let tokens: AccessTokens
    private let ambient: Ambient
    private let ended: EndedSessions

    /// What stands in the place of a role while an address is to be verified first.
    static let unverified = "unverified"

    package init(_ service: AccountsService) {
        tokens = service.tokens
        ambient = service.ambient
        ended = service.ended
    }

    package func principal(for request: HTTPRequest) async throws -> Principal? {
        guard let claims = try claims(for: request) else { return nil }
        guard let user = UserID(claims.subject) else { throw TokenFailure.malformed }
        guard claims.role != Self.unverified || Self.isOwnAccount(request.target) else { throw AccountsFailure.unverified }
        return Principal(userID: user, roles: UserRole(rawValue: claims.role)?.roles ?? [], session: claims.session)
    }

    /// Whether a route is below `/users/me`, wherever the API is mounted.
    private static func isOwnAccount(_ target: String) -> Bool {
        let segments = target.prefix { $0 != "?" }.split(separator: "/").prefix(4)
        guard let users = segments.prefix(3).firstIndex(of: "users") else { return false }
        return segments.dropFirst(users + 1).first == "me"
    }

    package func sessionEnd(of principal: Principal) async {
        if let session = principal.session { await ended.wait(for: session) }
    }

    /// nil if the request carries no bearer token; throws `unauthenticated` if it carries one that is not good.
    package func claims(for request: HTTPRequest) throws -> TokenClaims? {
        guard let header = request.headers["Authorization"] else { return nil }
        let parts = header.split(separator: " ", omittingEmptySubsequences: true)
        guard parts.count == 2, HTTPHeaders.same(String(parts[0]), "Bearer") else {
            throw AccountsFailure(.unauthenticated, "Sign in with “Authorization: Bearer” and an access token.")
        }
        let claims = try tokens.verify(String(parts[1]), at: ambient.now())
        guard !ended.contains(claims.session) else { throw AccountsFailure.sessionOver }
        return claims
    }
}
