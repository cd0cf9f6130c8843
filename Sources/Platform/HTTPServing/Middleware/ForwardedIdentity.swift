import HTTPMessages

/// Header fields by which gateways tell services who asks. Nobody is believed here but by a token, so none of them comes through: no handler can
/// take one for the truth.
enum ForwardedIdentity {
    private static let names: Set<String> = [
        "x-user", "x-user-id", "x-user-email", "x-user-role", "x-user-roles", "x-user-name", "x-forwarded-user",
        "x-forwarded-email",
        "x-forwarded-groups", "x-forwarded-preferred-username", "x-remote-user", "remote-user", "remote-email", "remote-groups",
        "remote-name", "x-auth-request-user", "x-auth-request-email", "x-auth-request-groups", "x-authenticated-user",
        "x-authenticated-userid", "x-service", "x-service-name", "x-lm-user", "x-lm-user-id", "x-lm-role", "x-lm-service",
    ]

    static func drop(from headers: inout HTTPHeaders) {
        guard headers.fields.contains(where: { isIdentity($0.name) }) else { return }
        for name in Set(headers.fields.map(\.name)) where isIdentity(name) { headers[name] = nil }
    }

    /// Most fields are told by their first letters: this is asked of every field of every request.
    private static func isIdentity(_ name: String) -> Bool {
        guard let first = name.utf8.first, first | 0x20 == UInt8(ascii: "x") || first | 0x20 == UInt8(ascii: "r") else {
            return false
        }
        return names.contains(name.lowercased())
    }
}
