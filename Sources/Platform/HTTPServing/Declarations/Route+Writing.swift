package import Failures

// The typed declarations of what changes things: with or without a body, with or without an answer (204).

extension Route {
    package static func post<Answer: APIType>(
        _ path: String, _ summary: String, tag: String, access: Access = .signedIn, returns: Answer.Type, status: Int = 200,
        failures: [FailureCode] = [], limit: RateLimitClass = .api,
        _ handler: @escaping @Sendable (Call) async throws -> Answer
    ) -> Route {
        Route(.post, path, Details(summary, tag, access, limit, failures, returns: returns, status: status)) { call in
            call.finish(try .json(try await handler(call), status: status))
        }
    }

    package static func post(
        _ path: String, _ summary: String, tag: String, access: Access = .signedIn,
        failures: [FailureCode] = [], limit: RateLimitClass = .api,
        _ handler: @escaping @Sendable (Call) async throws -> Void
    ) -> Route {
        Route(.post, path, Details(summary, tag, access, limit, failures, status: 204)) { call in
            try await handler(call)
            return call.finish(HTTPResponse(status: 204))
        }
    }

    package static func post<Body: APIType, Answer: APIType>(
        _ path: String, _ summary: String, tag: String, access: Access = .signedIn, body: Body.Type, returns: Answer.Type,
        status: Int = 200, bodyLimit: Int = jsonLimit,
        failures: [FailureCode] = [], limit: RateLimitClass = .api,
        _ handler: @escaping @Sendable (Call, Body) async throws -> Answer
    ) -> Route {
        let rules = Body.constraints
        return Route(
            .post, path,
            Details(summary, tag, access, limit, failures, body: body, returns: returns, status: status, bodyLimit: bodyLimit)
        ) { call in
            call.finish(
                try .json(try await handler(call, try await call.body(as: body, limit: bodyLimit, rules: rules)), status: status))
        }
    }

    package static func post<Body: APIType>(
        _ path: String, _ summary: String, tag: String, access: Access = .signedIn, body: Body.Type, bodyLimit: Int = jsonLimit,
        failures: [FailureCode] = [], limit: RateLimitClass = .api,
        _ handler: @escaping @Sendable (Call, Body) async throws -> Void
    ) -> Route {
        let rules = Body.constraints
        return Route(.post, path, Details(summary, tag, access, limit, failures, body: body, status: 204, bodyLimit: bodyLimit)) {
            call in
            try await handler(call, try await call.body(as: body, limit: bodyLimit, rules: rules))
            return call.finish(HTTPResponse(status: 204))
        }
    }

    package static func put<Body: APIType, Answer: APIType>(
        _ path: String, _ summary: String, tag: String, access: Access = .signedIn, body: Body.Type, returns: Answer.Type,
        status: Int = 200, bodyLimit: Int = jsonLimit,
        failures: [FailureCode] = [], limit: RateLimitClass = .api,
        _ handler: @escaping @Sendable (Call, Body) async throws -> Answer
    ) -> Route {
        let rules = Body.constraints
        return Route(
            .put, path,
            Details(summary, tag, access, limit, failures, body: body, returns: returns, status: status, bodyLimit: bodyLimit)
        ) { call in
            call.finish(
                try .json(try await handler(call, try await call.body(as: body, limit: bodyLimit, rules: rules)), status: status))
        }
    }

    package static func put<Body: APIType>(
        _ path: String, _ summary: String, tag: String, access: Access = .signedIn, body: Body.Type, bodyLimit: Int = jsonLimit,
        failures: [FailureCode] = [], limit: RateLimitClass = .api,
        _ handler: @escaping @Sendable (Call, Body) async throws -> Void
    ) -> Route {
        let rules = Body.constraints
        return Route(.put, path, Details(summary, tag, access, limit, failures, body: body, status: 204, bodyLimit: bodyLimit)) {
            call in
            try await handler(call, try await call.body(as: body, limit: bodyLimit, rules: rules))
            return call.finish(HTTPResponse(status: 204))
        }
    }

    package static func patch<Body: APIType, Answer: APIType>(
        _ path: String, _ summary: String, tag: String, access: Access = .signedIn, body: Body.Type, returns: Answer.Type,
        status: Int = 200, bodyLimit: Int = jsonLimit,
        failures: [FailureCode] = [], limit: RateLimitClass = .api,
        _ handler: @escaping @Sendable (Call, Body) async throws -> Answer
    ) -> Route {
        let rules = Body.constraints
        return Route(
            .patch, path,
            Details(summary, tag, access, limit, failures, body: body, returns: returns, status: status, bodyLimit: bodyLimit)
        ) { call in
            call.finish(
                try .json(try await handler(call, try await call.body(as: body, limit: bodyLimit, rules: rules)), status: status))
        }
    }

    package static func patch<Body: APIType>(
        _ path: String, _ summary: String, tag: String, access: Access = .signedIn, body: Body.Type, bodyLimit: Int = jsonLimit,
        failures: [FailureCode] = [], limit: RateLimitClass = .api,
        _ handler: @escaping @Sendable (Call, Body) async throws -> Void
    ) -> Route {
        let rules = Body.constraints
        return Route(.patch, path, Details(summary, tag, access, limit, failures, body: body, status: 204, bodyLimit: bodyLimit)) {
            call in
            try await handler(call, try await call.body(as: body, limit: bodyLimit, rules: rules))
            return call.finish(HTTPResponse(status: 204))
        }
    }
}
