import Failures

/// Why a request is refused before a handler sees it. The connection closes after the answer: its framing is no longer believed.
struct Rejection: Error, Equatable, Sendable {
    let code: FailureCode
    let message: String

    init(_ code: FailureCode, _ message: String) {
        self.code = code
        self.message = message
    }

    static func bad(_ message: String) -> Rejection { Rejection(.badRequest, message) }
}
