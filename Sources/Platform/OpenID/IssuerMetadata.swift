import FoundationEssentials

/// What an issuer says of itself at `/.well-known/openid-configuration` (OpenID Connect Discovery).
package struct IssuerMetadata: Decodable, Sendable {
    package let issuer: String
    package let authorizationEndpoint: String
    package let tokenEndpoint: String
    package let keysAddress: String
    package let userInfoEndpoint: String?
    package let tokenAuthentication: [String]?
    /// Every answer names its issuer (RFC 9207).
    package let namesIssuer: Bool?

    enum CodingKeys: String, CodingKey {
        case issuer
        case authorizationEndpoint = "authorization_endpoint"
        case tokenEndpoint = "token_endpoint"
        case keysAddress = "jwks_uri"
        case userInfoEndpoint = "userinfo_endpoint"
        case tokenAuthentication = "token_endpoint_auth_methods_supported"
        case namesIssuer = "authorization_response_iss_parameter_supported"
    }

    /// How the client's secret is shown: in a header unless only the body is taken. The default of the standard is the header.
    package var takesSecretInBody: Bool {
        guard let tokenAuthentication else { return false }
        return !tokenAuthentication.contains("client_secret_basic") && tokenAuthentication.contains("client_secret_post")
    }

    /// The stretch of Microsoft's issuer that stands for any of its tenants.
    static let tenant = "{tenantid}"

    /// Whether it is the document of this issuer, letter by letter. Microsoft's say another for a tenant that is not named by its id: any
    /// tenant's, or that id.
    func isOf(_ expected: String) -> Bool {
        if issuer == expected { return true }
        guard let named = Self.microsoftTenant(expected), UUID(uuidString: named) == nil,
            let told = Self.microsoftTenant(issuer)
        else { return false }
        return told == Self.tenant || UUID(uuidString: told) != nil
    }

    private static func microsoftTenant(_ issuer: String) -> String? {
        let (head, tail) = ("https://login.microsoftonline.com/", "/v2.0")
        guard issuer.hasPrefix(head), issuer.hasSuffix(tail), issuer.count > head.count + tail.count else { return nil }
        let tenant = issuer.dropFirst(head.count).dropLast(tail.count)
        return tenant.contains("/") ? nil : String(tenant)
    }
}
