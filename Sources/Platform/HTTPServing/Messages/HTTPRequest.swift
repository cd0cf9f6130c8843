package import HTTPMessages

/// A request as the engine hands it on: the head is parsed and checked, the body is yet to come.
package struct HTTPRequest: Sendable {
    package var method: HTTPMethod
    /// The origin-form target as sent: `/api/v1/documents?page=2`. Never empty, always begins with `/` (or is `*` for OPTIONS).
    package var target: String
    package var headers: HTTPHeaders
    package var body: HTTPRequestBody
    /// The peer's address without the port, `127.0.0.1`.
    package var remoteAddress: String

    package init(
        method: HTTPMethod, target: String, headers: HTTPHeaders = [:], body: HTTPRequestBody = .empty,
        remoteAddress: String = "127.0.0.1"
    ) {
        self.method = method
        self.target = target
        self.headers = headers
        self.body = body
        self.remoteAddress = remoteAddress
    }
}
