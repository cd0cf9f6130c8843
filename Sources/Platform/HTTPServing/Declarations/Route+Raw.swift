package import Failures
package import HTTPMessages

extension Route {
    /// A route that makes its own response: streams, files, forms, events.
    ///
    /// `body`, `query`, `form` and `returns` are for the document; the handler reads with `call.body(as:)`, `call.query(as:)` or
    /// `MultipartReader`. The body's size is limited before the handler runs.
    package static func raw(
        _ method: HTTPMethod, _ path: String, _ summary: String, tag: String, access: Access = .signedIn, consumes: String? = nil,
        form: [FormField] = [], body: (any APIType.Type)? = nil, query: (any APIType.Type)? = nil, produces: [String] = [],
        returns: (any APIType.Type)? = nil, status: Int = 200, bodyLimit: Int = jsonLimit, failures: [FailureCode] = [],
        limit: RateLimitClass = .api, _ handler: @escaping @Sendable (Call) async throws -> HTTPResponse
    ) -> Route {
        var details = Details(
            summary, tag, access, limit, failures, body: body, query: query, returns: returns, status: status, bodyLimit: bodyLimit)
        details.consumes = consumes
        details.form = form
        details.produces = produces
        return Route(method, path, details) { call in call.finish(try await handler(call)) }
    }
}

extension Route.Details {
    init(
        _ summary: String, _ tag: String, _ access: Access, _ limit: RateLimitClass, _ failures: [FailureCode],
        body: (any APIType.Type)? = nil, query: (any APIType.Type)? = nil, returns: (any APIType.Type)? = nil, status: Int = 200,
        bodyLimit: Int = Route.jsonLimit
    ) {
        self.init(
            summary: summary, description: nil, tag: tag, access: access, limit: limit, status: status, failures: failures,
            bodyLimit: bodyLimit, body: body, query: query, returns: returns, consumes: nil, produces: [], form: [],
            parameters: [:],
            operationID: nil, isHidden: false, needsSignIn: Self.tagsOfSignIn.contains(tag))
    }
}
