package import Failures

/// An event stream cannot be opened.
package struct EventFailure: Failure {
    package let code: FailureCode
    package let message: String
    package let retryAfter: Duration?

    static let tooManyStreams = EventFailure(
        code: .rateLimited, message: "Too many event streams are open for this account.", retryAfter: .seconds(30))
    static let closed = EventFailure(code: .unavailable, message: "The server is stopping.", retryAfter: .seconds(5))
    static let malformedID = EventFailure(
        code: .badRequest, message: "Last-Event-ID must be the id of an event of this stream.", retryAfter: nil)
}
