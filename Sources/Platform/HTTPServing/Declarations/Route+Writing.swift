package import Failures
import HTTPMessages

// The typed declarations of what changes things: with or without a body, with or without an answer (204).

extension Route {
    package static func post<Answer: APIType>(
        _ path: String, _ summary: String, tag: String, access: Access = .signedIn, returns: Answer.Type, status: Int = 200,
        failures: [FailureCode] = [], limit: RateLimitClass = .api,
        _ handler: @escaping @Sendable (Call) async throws -> Answer
    ) -> Route {
        Route(.post, path, Details(summary, tag, access, limit, failures, returns: returns, status: status), answering: handler)
    }

    package static func post(
        _ path: String, _ summary: String, tag: String, access: Access = .signedIn,
        failures: [FailureCode] = [], limit: RateLimitClass = .api,
        _ handler: @escaping @Sendable (Call) async throws -> Void
    ) -> Route {
        Route(.post, path, Details(summary, tag, access, limit, failures), doing: handler)
    }

    package static func post<Body: APIType, Answer: APIType>(
        _ path: String, _ summary: String, tag: String, access: Access = .signedIn, body: Body.Type, returns: Answer.Type,
        status: Int = 200, bodyLimit: Int = jsonLimit,
        failures: [FailureCode] = [], limit: RateLimitClass = .api,
        _ handler: @escaping @Sendable (Call, Body) async throws -> Answer
    ) -> Route {
        writing(
            .post, path, body,
            Details(summary, tag, access, limit, failures, returns: returns, status: status, bodyLimit: bodyLimit), handler)
    }

    package static func post<Body: APIType>(
        _ path: String, _ summary: String, tag: String, access: Access = .signedIn, body: Body.Type, bodyLimit: Int = jsonLimit,
        failures: [FailureCode] = [], limit: RateLimitClass = .api,
        _ handler: @escaping @Sendable (Call, Body) async throws -> Void
    ) -> Route {
        writing(.post, path, body, Details(summary, tag, access, limit, failures, bodyLimit: bodyLimit), handler)
    }

    package static func put<Body: APIType, Answer: APIType>(
        _ path: String, _ summary: String, tag: String, access: Access = .signedIn, body: Body.Type, returns: Answer.Type,
        status: Int = 200, bodyLimit: Int = jsonLimit,
        failures: [FailureCode] = [], limit: RateLimitClass = .api,
        _ handler: @escaping @Sendable (Call, Body) async throws -> Answer
    ) -> Route {
        writing(
            .put, path, body,
            Details(summary, tag, access, limit, failures, returns: returns, status: status, bodyLimit: bodyLimit), handler)
    }

    package static func put<Body: APIType>(
        _ path: String, _ summary: String, tag: String, access: Access = .signedIn, body: Body.Type, bodyLimit: Int = jsonLimit,
        failures: [FailureCode] = [], limit: RateLimitClass = .api,
        _ handler: @escaping @Sendable (Call, Body) async throws -> Void
    ) -> Route {
        writing(.put, path, body, Details(summary, tag, access, limit, failures, bodyLimit: bodyLimit), handler)
    }

    package static func patch<Body: APIType, Answer: APIType>(
        _ path: String, _ summary: String, tag: String, access: Access = .signedIn, body: Body.Type, returns: Answer.Type,
        status: Int = 200, bodyLimit: Int = jsonLimit,
        failures: [FailureCode] = [], limit: RateLimitClass = .api,
        _ handler: @escaping @Sendable (Call, Body) async throws -> Answer
    ) -> Route {
        writing(
            .patch, path, body,
            Details(summary, tag, access, limit, failures, returns: returns, status: status, bodyLimit: bodyLimit), handler)
    }

    package static func patch<Body: APIType>(
        _ path: String, _ summary: String, tag: String, access: Access = .signedIn, body: Body.Type, bodyLimit: Int = jsonLimit,
        failures: [FailureCode] = [], limit: RateLimitClass = .api,
        _ handler: @escaping @Sendable (Call, Body) async throws -> Void
    ) -> Route {
        writing(.patch, path, body, Details(summary, tag, access, limit, failures, bodyLimit: bodyLimit), handler)
    }

    /// A route whose body is read and checked before `handler` sees it, and which has an answer.
    private static func writing<Body: APIType, Answer: APIType>(
        _ method: HTTPMethod, _ path: String, _ body: Body.Type, _ details: Details,
        _ handler: @escaping @Sendable (Call, Body) async throws -> Answer
    ) -> Route {
        Route(method, path, details.taking(body), answering: reading(body, details.bodyLimit, handler))
    }

    /// The same without an answer.
    private static func writing<Body: APIType>(
        _ method: HTTPMethod, _ path: String, _ body: Body.Type, _ details: Details,
        _ handler: @escaping @Sendable (Call, Body) async throws -> Void
    ) -> Route {
        Route(method, path, details.taking(body), doing: reading(body, details.bodyLimit, handler))
    }

    private static func reading<Body: APIType, Answer>(
        _ body: Body.Type, _ limit: Int, _ handler: @escaping @Sendable (Call, Body) async throws -> Answer
    ) -> @Sendable (Call) async throws -> Answer {
        let rules = Body.constraints
        return { call in try await handler(call, try await call.body(as: body, limit: limit, rules: rules)) }
    }
}

extension Route.Details {
    fileprivate func taking(_ body: any APIType.Type) -> Self {
        var details = self
        details.body = body
        return details
    }
}
