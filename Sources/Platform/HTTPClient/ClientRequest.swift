package import HTTPMessages

/// A request to another server.
package struct ClientRequest: Sendable {
    package enum Body: Sendable {
        case none
        case bytes([UInt8])
        /// Pulled piece by piece as the server takes it; nil ends it. Cannot be sent twice, so such a request is not retried.
        case stream(length: Int?, next: @Sendable () async throws -> [UInt8]?)

        var isReplayable: Bool { if case .stream = self { false } else { true } }
    }

    package var method: HTTPMethod
    package var url: String
    package var headers: HTTPHeaders
    package var body: Body
    /// Overrides the method's own answer to whether it may be repeated.
    package var isIdempotent: Bool
    /// Overrides the client's deadlines.
    package var timeouts: ClientTimeouts?
    /// Overrides how many bytes the response may have.
    package var responseLimit: Int?

    package init(_ method: HTTPMethod, _ url: String, headers: HTTPHeaders = [:], body: Body = .none) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        isIdempotent = method.isIdempotent
    }
}

/// Deadlines of one exchange; nil means none.
package struct ClientTimeouts: Sendable {
    /// Until the connection stands, TLS included.
    package var connect: Duration
    /// From start to end. nil for streams that may take as long as they like.
    package var total: Duration?
    /// Without a byte in either direction, while nobody holds the transfer back.
    package var idle: Duration?

    package init(connect: Duration = .seconds(10), total: Duration? = .seconds(60), idle: Duration? = .seconds(30)) {
        self.connect = connect
        self.total = total
        self.idle = idle
    }

    /// For answers of a language model: they may take long, but not fall silent for long.
    package static let streaming = ClientTimeouts(connect: .seconds(10), total: nil, idle: .seconds(120))
}
