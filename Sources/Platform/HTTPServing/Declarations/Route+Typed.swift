import HTTPMessages

// What every typed declaration comes down to: an answer as JSON, or none (204).

extension Route {
    /// A route that answers with what `handler` returns, as JSON, under the status of `details`.
    init<Answer: APIType>(
        _ method: HTTPMethod, _ path: String, _ details: Details,
        answering handler: @escaping @Sendable (Call) async throws -> Answer
    ) {
        self.init(method, path, details) { [status = details.status] call in
            call.finish(try .json(try await handler(call), status: status))
        }
    }

    /// A route without an answer: 204 once `handler` is done.
    init(
        _ method: HTTPMethod, _ path: String, _ details: Details, doing handler: @escaping @Sendable (Call) async throws -> Void
    ) {
        var details = details
        details.status = 204
        self.init(method, path, details) { call in
            try await handler(call)
            return call.finish(HTTPResponse(status: 204))
        }
    }
}
