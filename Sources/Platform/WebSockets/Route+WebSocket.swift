package import Failures
import HTTPMessages
package import HTTPServing

extension Route {
    /// A route whose answer is a WebSocket. A GET that asks for anything else gets 426.
    ///
    /// The token comes as everywhere else, or as the subprotocol `bearer.<token>` beside `name`, since a page cannot give its socket a
    /// header. Extensions that a client offers are not taken up: frames come as they are.
    /// - Parameter prepare: what can be refused as HTTP: it throws, or returns what runs on the socket.
    package static func webSocket(
        _ path: String, _ summary: String, tag: String, access: Access = .signedIn, subprotocol name: String,
        limits: WebSocketLimits = WebSocketLimits(), query: (any APIType.Type)? = nil, failures: [FailureCode] = [],
        limit: RateLimitClass = .api,
        _ prepare: @escaping @Sendable (Call) async throws -> @Sendable (WebSocket) async throws -> Void
    ) -> Route {
        Route.raw(
            .get, path, summary, tag: tag, access: access, query: query, status: 101,
            failures: failures + [.badRequest, .forbidden],
            limit: limit
        ) { call in
            let accept: HTTPHeaders
            switch WebSocketHandshake.judge(call.request, subprotocol: name) {
            case .accepted(let headers): accept = headers
            case .refused(let response): return response
            case .malformed(let failure): throw failure
            }
            let run = try await prepare(call)
            return HTTPResponse(
                status: 101, headers: accept, body: .upgrade { try await WebSocket.serve($0, limits: limits, run) })
        }.with { $0.upgrades = true }
    }
}
