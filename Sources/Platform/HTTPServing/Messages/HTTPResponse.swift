package import HTTPMessages

/// A response. The engine adds `Content-Length` or chunked framing, `Date` and `Connection`.
package struct HTTPResponse: Sendable {
    package var status: Int
    package var headers: HTTPHeaders
    package var body: HTTPResponseBody

    package init(status: Int = 200, headers: HTTPHeaders = [:], body: HTTPResponseBody = .empty) {
        self.status = status
        self.headers = headers
        self.body = body
    }
}

package enum HTTPResponseBody: Sendable {
    case empty
    case bytes([UInt8])
    /// `length` bytes of a file from `offset`, sent without passing through the program.
    case file(path: String, offset: Int, length: Int)
    /// Written as it comes into being; chunked, or to the end of the connection on HTTP/1.0. The task is cancelled when the client
    /// goes away. A thrown error after the head is sent closes the connection, so the client sees a broken stream, not a short one.
    case stream(@Sendable (any HTTPBodyWriter) async throws -> Void)
    /// The connection leaves HTTP after this head, whose status is 101, and belongs to the function until it returns; then it closes.
    /// A thrown error resets it. The request must be a GET of HTTP/1.1 without a body.
    case upgrade(@Sendable (any HTTPUpgradedStream) async throws -> Void)
}

/// The engine's end of a streamed response.
package protocol HTTPBodyWriter: Sendable {
    /// Returns once the bytes are taken; waits while the client reads slower than this writes. Throws when the client is gone.
    func write(_ bytes: [UInt8]) async throws
}
