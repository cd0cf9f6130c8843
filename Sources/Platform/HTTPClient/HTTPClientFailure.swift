package import Failures

/// What can go wrong between us and another server.
package struct HTTPClientFailure: Failure {
    package enum Kind: Sendable, Hashable {
        /// Not a URL that we can ask.
        case invalidURL
        /// The policy forbids that scheme, port or address.
        case refused(String)
        case unresolved
        case connect
        case tls
        case timeout(Phase)
        /// The server closed, or broke the protocol, before the end.
        case broken
        case tooLarge(limit: Int)
        /// It failed so often that we leave it alone for a while.
        case circuitOpen
        case status(Int)
        case tooManyRedirects
    }

    /// For traces: without what varies.
    var word: String {
        switch kind {
        case .invalidURL: "invalid_url"
        case .refused: "refused"
        case .unresolved: "unresolved"
        case .connect: "connect"
        case .tls: "tls"
        case .timeout: "timeout"
        case .broken: "broken"
        case .tooLarge: "too_large"
        case .circuitOpen: "circuit_open"
        case .status(let status): "\(status)"
        case .tooManyRedirects: "too_many_redirects"
        }
    }

    package enum Phase: String, Sendable { case connect, total, idle }

    package let kind: Kind
    /// The server's name, without path or query, which may hold secrets.
    package let host: String
    /// What libcurl said, for the log.
    package let detail: String
    package let retryAfter: Duration?

    package init(_ kind: Kind, host: String, detail: String = "", retryAfter: Duration? = nil) {
        self.kind = kind
        self.host = host
        self.detail = detail
        self.retryAfter = retryAfter
    }

    package var code: FailureCode {
        switch kind {
        case .invalidURL, .refused: .validationFailed
        case .unresolved, .connect, .timeout, .circuitOpen: .unavailable
        case .status(429): .rateLimited
        case .status(503): .unavailable
        case .tls, .broken, .tooLarge, .status, .tooManyRedirects: .badGateway
        }
    }

    package var message: String {
        switch kind {
        case .invalidURL: "That is not a web address that can be opened."
        case .refused(let why): "That address may not be opened: \(why)."
        case .unresolved: "There is no server called \(host)."
        case .connect: "No connection to \(host)."
        case .tls: "No secure connection to \(host)."
        case .timeout(let phase): "\(host) took too long (\(phase.rawValue))."
        case .broken: "\(host) broke the connection off."
        case .tooLarge(let limit): "\(host) sent more than \(limit) bytes."
        case .circuitOpen: "\(host) keeps failing; it is left alone for a moment."
        case .status(let status): "\(host) answered \(status)."
        case .tooManyRedirects: "\(host) redirects in circles."
        }
    }

    package var description: String { "\(code.rawValue): \(message)\(detail.isEmpty ? "" : " [\(detail)]")" }

    /// Whether the request surely had no effect, so that any method may be tried again.
    var nothingWasSent: Bool {
        switch kind {
        case .unresolved, .connect, .tls, .timeout(.connect): true
        default: false
        }
    }
}
