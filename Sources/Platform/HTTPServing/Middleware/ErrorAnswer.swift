import Ambient
import Failures
package import FoundationEssentials
import HTTPMessages
import Telemetry

/// The one way from an error to an answer: status and loudness from the failure's code, text from the failure.
///
/// What is no `Failure`, or is `internal`, tells the client its request id and nothing else.
package struct ErrorAnswer: APIType {
    package let error: String
    package let message: String
    package let details: [String: String]
    package let requestID: String
    package let timestamp: Date

    enum CodingKeys: String, CodingKey {
        case error, message, details, timestamp
        case requestID = "request_id"
    }

    package static var schemaName: String { "Error" }

    package static var constraints: [Constraint<ErrorAnswer>] {
        [
            .describe("error", "What kind of failure it is; one of a closed list."),
            .describe("message", "A sentence to show."),
            .describe("details", "The fields at fault, each with the reason."),
            .describe("request_id", "Names the request in the server's log."),
        ]
    }

    /// When to come back if what is down does not say: it is looked for again within seconds.
    private static let unavailableWait = Duration.seconds(5)

    static func response(to error: any Error, requestID: String, now: Date, logger: Logger) -> HTTPResponse {
        let code = FailureCode(of: error)
        logger.failure("request failed", error, ["request_id": requestID])
        let failure = code == .internal ? nil : error as? any Failure
        let answer = ErrorAnswer(
            error: code.rawValue, message: failure?.message ?? text(for: code), details: failure?.details ?? [:],
            requestID: requestID,
            timestamp: now)
        var response = (try? HTTPResponse.json(answer, status: code.status)) ?? HTTPResponse(status: code.status)
        if code == .unauthenticated { response.headers.append("WWW-Authenticate", "Bearer") }
        let wait = failure?.retryAfter ?? (code == .unavailable ? unavailableWait : nil)
        if let wait { response.headers.append("Retry-After", "\(wait.wholeSeconds)") }
        for field in (failure as? HTTPFailure)?.headers.fields ?? [] { response.headers.append(field.name, field.value) }
        return response
    }

    private static func text(for code: FailureCode) -> String {
        code == .cancelled
            ? "The request was cancelled." : "Something went wrong on the server. The request's id finds it in the log."
    }
}
