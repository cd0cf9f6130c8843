import HTTPMessages

/// The headers that tell browsers what a page may do. A handler's own value for one of them stays.
package struct SecurityHeaders: Sendable {
    /// Scripts, styles and connections from this server only; nothing inline, neither script nor style. What a page takes for HTML or for
    /// the address of a script comes from the sanitiser, or from the app's own check of addresses, where a browser has Trusted Types; each
    /// copy of the sanitiser makes a policy of its own under one name.
    package static let strictPolicy = [
        "default-src 'self'", "script-src 'self'", "style-src 'self'", "img-src 'self' blob: data:",
        "font-src 'self' data:", "media-src 'self' blob:", "connect-src 'self'", "worker-src 'self' blob:", "object-src 'none'",
        "base-uri 'none'", "form-action 'self'", "frame-ancestors 'none'",
        "require-trusted-types-for 'script'", "trusted-types default dompurify 'allow-duplicates'",
    ].joined(separator: "; ")

    private let fields: [(name: String, value: String)]
    /// A bit for each length that a name of ours has: an answer without a name of such a length has none of them.
    private let lengths: UInt64

    package init(contentSecurityPolicy: String = strictPolicy) {
        fields = [
            ("Content-Security-Policy", contentSecurityPolicy),
            ("X-Content-Type-Options", "nosniff"),
            ("X-Frame-Options", "DENY"),
            ("Referrer-Policy", "no-referrer"),
            ("Permissions-Policy", "camera=(), geolocation=(), microphone=(self), payment=(), usb=()"),
            ("Cross-Origin-Opener-Policy", "same-origin"),
            ("Cross-Origin-Resource-Policy", "same-origin"),
        ]
        lengths = fields.reduce(0) { $0 | 1 << UInt64($1.name.utf8.count & 63) }
    }

    func apply(to response: inout HTTPResponse, isSecure: Bool) {
        if response.headers.fields.contains(where: { lengths & (1 << UInt64($0.name.utf8.count & 63)) != 0 }) {
            let own = response.headers
            for field in fields where own[field.name] == nil { response.headers.append(field.name, field.value) }
        } else {
            response.headers.append(contentsOf: fields)
        }
        if isSecure { response.headers.append("Strict-Transport-Security", "max-age=31536000; includeSubDomains") }
    }
}
