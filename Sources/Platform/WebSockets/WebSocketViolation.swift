/// What a client did that ends the connection, with the code that tells it so.
package struct WebSocketViolation: Error, Equatable, Sendable {
    package let code: WebSocketCloseCode
    package let reason: String

    static func framing(_ reason: String) -> WebSocketViolation { WebSocketViolation(code: .protocolError, reason: reason) }
    static let notText = WebSocketViolation(code: .invalidData, reason: "text is not UTF-8")

    static func tooLarge(_ limit: Int) -> WebSocketViolation {
        WebSocketViolation(code: .tooLarge, reason: "a message may have \(limit) bytes at most")
    }
}
