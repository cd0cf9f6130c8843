package import Failures
import HTTPMessages

// The typed declarations. Every function is one shape: with or without a query or a body, with or without an answer.
// A route without an answer gives 204.

extension Route {
    package static func get<Answer: APIType>(
        _ path: String, _ summary: String, tag: String, access: Access = .signedIn, returns: Answer.Type, status: Int = 200,
        failures: [FailureCode] = [], limit: RateLimitClass = .api,
        _ handler: @escaping @Sendable (Call) async throws -> Answer
    ) -> Route {
        Route(.get, path, Details(summary, tag, access, limit, failures, returns: returns, status: status), answering: handler)
    }

    package static func get<Query: APIType, Answer: APIType>(
        _ path: String, _ summary: String, tag: String, access: Access = .signedIn, query: Query.Type, returns: Answer.Type,
        status: Int = 200,
        failures: [FailureCode] = [], limit: RateLimitClass = .api,
        _ handler: @escaping @Sendable (Call, Query) async throws -> Answer
    ) -> Route {
        let rules = Query.constraints
        let details = Details(summary, tag, access, limit, failures, query: query, returns: returns, status: status)
        return Route(.get, path, details, answering: { try await handler($0, try $0.query(as: query, rules: rules)) })
    }

    package static func delete(
        _ path: String, _ summary: String, tag: String, access: Access = .signedIn,
        failures: [FailureCode] = [], limit: RateLimitClass = .api,
        _ handler: @escaping @Sendable (Call) async throws -> Void
    ) -> Route {
        Route(.delete, path, Details(summary, tag, access, limit, failures), doing: handler)
    }

    package static func delete<Answer: APIType>(
        _ path: String, _ summary: String, tag: String, access: Access = .signedIn, returns: Answer.Type, status: Int = 200,
        failures: [FailureCode] = [], limit: RateLimitClass = .api,
        _ handler: @escaping @Sendable (Call) async throws -> Answer
    ) -> Route {
        Route(.delete, path, Details(summary, tag, access, limit, failures, returns: returns, status: status), answering: handler)
    }
}
