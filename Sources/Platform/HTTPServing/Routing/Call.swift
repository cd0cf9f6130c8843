import Failures
package import Ambient
import HTTPMessages
package import Telemetry

/// One request on its way through a route: what came, who asks, and what the handler may need.
package struct Call: Sendable {
    package let request: HTTPRequest
    /// The request's id, in the answer as `X-Request-ID`, in errors and on log lines.
    package let id: String
    /// Who asks; nil without a valid token.
    package let principal: Principal?
    /// Which service asks, on a route that services call; nil elsewhere.
    package let caller: ServiceCaller?
    package let ambient: Ambient
    /// The address of the person's machine; behind a trusted proxy, what the proxy says.
    package let clientAddress: String

    let parameters: PathParameters
    private let baseLogger: Logger
    let notes = CallNotes()
    /// nil where nothing is limited.
    private let limiter: RateLimiter?

    init(
        request: HTTPRequest, id: String, principal: Principal?, caller: ServiceCaller? = nil, parameters: PathParameters,
        clientAddress: String, ambient: Ambient, logger: Logger, limiter: RateLimiter? = nil
    ) {
        self.limiter = limiter
        self.request = request
        self.id = id
        self.principal = principal
        self.caller = caller
        self.parameters = parameters
        self.clientAddress = clientAddress
        self.ambient = ambient
        baseLogger = logger
    }

    /// Carries the request's id and user on every line.
    package var logger: Logger {
        var metadata = ["request_id": id]
        if let principal { metadata["user_id"] = principal.userID.description }
        return baseLogger.with(metadata)
    }

    /// The person's id; throws `unauthenticated` if nobody is signed in.
    package func user() throws(HTTPFailure) -> UserID {
        guard let principal else { throw HTTPFailure(.unauthenticated, "Sign in first: this needs a valid access token.") }
        return principal.userID
    }

    /// A path parameter, decoded. Text that is no `Value` names nothing, so it is `notFound`.
    package func parameter<Value: LosslessStringConvertible>(_ name: String, as type: Value.Type = Value.self) throws(HTTPFailure)
        -> Value
    {
        guard let text = parameters[name] else { preconditionFailure("the route's path has no parameter \(name)") }
        guard let value = Value(text) else {
            throw HTTPFailure(.notFound, "There is nothing here: “\(name)” in the address does not name anything.")
        }
        return value
    }

    /// Adds a header to the answer, for handlers that return a value rather than a response: `Set-Cookie`, `Location`.
    package func addHeader(_ name: String, _ value: String) { notes.add(name, value) }

    /// Does something within an allowance for what the request is about, from where it came: guessing at one account.
    ///
    /// - Parameter part: names what it is about; a digest where that is somebody's.
    package func limited<Value: Sendable>(
        _ limit: RateLimitClass, by part: String, _ body: () async throws -> Value
    ) async throws -> Value {
        guard let limiter else { return try await body() }
        let key = RateLimitKey(limit, .part(of: RateLimitKey.Subject(address: clientAddress), name: part))
        return try await limiter.run(key, noting: notes, isGood: { _ in true }, body)
    }

    func finish(_ response: HTTPResponse) -> HTTPResponse {
        let extra = notes.fields
        guard !extra.isEmpty else { return response }
        var response = response
        for (name, value) in extra { response.headers.append(name, value) }
        return response
    }
}
