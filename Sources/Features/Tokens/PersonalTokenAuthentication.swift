package import Accounts
import Ambient
import HTTPMessages
package import HTTPServing

/// Reads `Authorization: Bearer lm_pat_…`; whatever else comes is left to the sign-ins.
package struct PersonalTokenAuthentication: Authenticator {
    /// How often it is looked whether a token that a stream goes to is still good.
    private static let interval = Duration.milliseconds(500)

    private let service: PersonalTokenService
    private let signIns: TokenAuthenticator

    package init(_ service: PersonalTokenService, signIns: TokenAuthenticator) { (self.service, self.signIns) = (service, signIns) }

    package func principal(for request: HTTPRequest) async throws -> Principal? {
        guard let secret = Self.secret(of: request) else { return try await signIns.principal(for: request) }
        let (token, role) = try await service.owner(of: secret)
        return Principal(
            userID: token.userID, roles: role.rolesOfTokens,
            token: .init(id: token.id.description, scopes: Set(token.scopes.compactMap { TokenScope($0) })))
    }

    package func sessionEnd(of principal: Principal) async {
        guard let id = principal.token.flatMap({ PersonalTokenID($0.id) }) else { return await signIns.sessionEnd(of: principal) }
        while !Task.isCancelled {
            do { try await Task.sleep(for: Self.interval) } catch { return }
            // A database that cannot be asked ends nothing: what is sent comes from there too.
            if (try? await service.isGood(id)) == false { return }
        }
    }

    private static func secret(of request: HTTPRequest) -> String? {
        guard let header = request.headers["Authorization"] else { return nil }
        let parts = header.split(separator: " ", omittingEmptySubsequences: true)
        guard parts.count == 2, HTTPHeaders.same(String(parts[0]), "Bearer"), parts[1].hasPrefix(PersonalToken.prefix) else {
            return nil
        }
        return String(parts[1])
    }
}
