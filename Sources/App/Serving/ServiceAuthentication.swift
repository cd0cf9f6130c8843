import Ambient
import Cryptography
import HTTPMessages
import HTTPServing

/// Reads `Authorization: Bearer` of services of the installation, on the routes that are for them; people are left to another.
struct ServiceAuthentication: Authenticator {
    let tokens: ServiceTokens
    /// What this process serves: tokens for other services are not for it.
    let services: Set<String>
    let people: any Authenticator
    let ambient: Ambient

    func principal(for request: HTTPRequest) async throws -> Principal? { try await people.principal(for: request) }

    func sessionEnd(of principal: Principal) async { await people.sessionEnd(of: principal) }

    func service(for request: HTTPRequest) async throws -> ServiceCaller? {
        guard let header = request.headers["Authorization"] else { return nil }
        let parts = header.split(separator: " ", omittingEmptySubsequences: true)
        guard parts.count == 2, HTTPHeaders.same(String(parts[0]), "Bearer") else { throw TokenFailure.malformed }
        let claims = try tokens.verify(String(parts[1]), for: services, at: ambient.now())
        return ServiceCaller(
            name: claims.subject, scopes: Set(claims.scope.split(separator: " ").compactMap { TokenScope(String($0)) }))
    }
}
