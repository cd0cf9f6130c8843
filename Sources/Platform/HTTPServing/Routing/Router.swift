package import Ambient
import Failures
import FoundationEssentials
import HTTPMessages
import Synchronization
package import Telemetry

/// Answers requests from declared routes, with everything around them: ids, traces, logs, metrics, security headers, CORS, limits,
/// authentication, compression and the error table.
///
/// The steps are plain calls in one fixed order, not closures around closures: the cost of a step is the cost of its work.
package final class Router: HTTPResponder {
    /// Answers what no route does (the web app's files); nil for 404.
    package typealias Fallback = @Sendable (HTTPRequest) async throws -> HTTPResponse?

    private let table: RouteTable
    private let authenticator: (any Authenticator)?
    private let policy: ServingPolicy
    private let ambient: Ambient
    private let logger: Logger
    private let fallback: Fallback?
    private let limiter: RateLimiter?
    private let tracer: Tracer
    private let active = ActiveRequests()
    private let ids = RequestIDs()
    private let unrouted = RouteMeter(route: "other", method: "_OTHER")

    package init(
        mounts: [RouteMount], authenticator: (any Authenticator)? = nil, policy: ServingPolicy = ServingPolicy(),
        ambient: Ambient = .live,
        logger: Logger = .silent, metrics: Metrics? = nil, tracer: Tracer = .silent, fallback: Fallback? = nil
    ) {
        table = RouteTable(mounts)
        self.authenticator = authenticator
        self.policy = policy
        self.ambient = ambient
        self.logger = logger.labelled("http")
        self.fallback = fallback
        self.tracer = tracer
        limiter = policy.rateLimits.map {
            RateLimiter(
                limits: $0, store: policy.rateLimitStore ?? MemoryRateLimits(uptime: policy.uptime), logger: logger.labelled("http")
            )
        }
        if let metrics {
            let meters = table.entries.map(\.meter) + [unrouted]
            metrics.onCollect { [active] metrics in
                for meter in meters { meter.drain(into: metrics) }
                metrics.set(
                    "http_server_active_requests", to: Double(active.count.load(ordering: .relaxed)),
                    help: "Requests whose answer has not begun.")
            }
        }
    }

    /// A router for some collections at the root; for tests.
    package convenience init(
        _ collections: [any RouteCollection], authenticator: (any Authenticator)? = nil, policy: ServingPolicy = ServingPolicy(),
        ambient: Ambient = .live, logger: Logger = .silent
    ) {
        self.init(
            mounts: [RouteMount([""], collections)], authenticator: authenticator, policy: policy, ambient: ambient, logger: logger)
    }

    package func respond(to request: HTTPRequest) async -> HTTPResponse {
        let began = policy.uptime()
        let identity = RequestIdentity(request, ids: ids, ambient: ambient)
        let origin = policy.trustedProxies.origin(of: request)
        let outcome = table.find(request.method, target: request.target)
        let span = tracer.span(
            Self.name(of: outcome, request), .server, parent: identity.trace, requestID: identity.id,
            clientAddress: origin.address)
        active.count.add(1, ordering: .relaxed)
        let response = await Span.$current.withValue(span) {
            await respond(to: request, as: outcome, identity, origin, began, span)
        }
        active.count.subtract(1, ordering: .relaxed)
        span.end()
        return response
    }

    private func respond(
        to request: HTTPRequest, as outcome: RouteTable.Outcome, _ identity: RequestIdentity, _ origin: ClientOrigin,
        _ began: Duration, _ span: Span
    ) async -> HTTPResponse {
        var principal: Principal?
        var notes: CallNotes?
        var response: HTTPResponse
        do {
            response = try await answer(request, outcome, identity, origin, &principal, &notes)
        } catch {
            response = ErrorAnswer.response(to: error, requestID: identity.id, now: ambient.now(), logger: logger)
        }
        if let minimum = policy.compressionMinimum {
            response = await ResponseCompression(minimum: minimum).apply(to: response, for: request)
        }
        response.headers.append("X-Request-ID", identity.id)
        notes?.describeQuotas(on: &response)
        policy.cors?.decorate(&response, for: request)
        policy.securityHeaders.apply(to: &response, isSecure: origin.isSecure)
        let elapsed = policy.uptime() - began
        let meter = if case .found(let entry, _) = outcome { entry.meter } else { unrouted }
        meter.record(status: response.status, elapsed)
        describe(span, request, response, outcome, origin)
        log(request, response, identity, origin, principal, elapsed)
        return response
    }

    /// `GET /api/v1/documents/:id`: of a closed set.
    private static func name(of outcome: RouteTable.Outcome, _ request: HTTPRequest) -> String {
        if case .found(let entry, _) = outcome { entry.name } else { request.method.rawValue }
    }

    /// By OpenTelemetry's names. A query is not told, since it may hold what a person searched for.
    private func describe(
        _ span: Span, _ request: HTTPRequest, _ response: HTTPResponse, _ outcome: RouteTable.Outcome, _ origin: ClientOrigin
    ) {
        guard span.isRecorded else { return }
        if response.status >= 500 { span.fail("\(response.status)") }
        span.note(
            [
                ("http.request.method", .text(request.method.rawValue)),
                ("http.response.status_code", .count(response.status)),
                ("url.path", .text(LogMask.masked(RequestIdentity.path(of: request.target)))),
                ("url.scheme", .text(origin.isSecure ? "https" : "http")),
                ("client.address", .text(NetworkAddress.shortened(origin.address))),
            ])
        if case .found(let entry, _) = outcome { span.note([("http.route", .text(entry.pattern))]) }
    }

    private func answer(
        _ request: HTTPRequest, _ outcome: RouteTable.Outcome, _ identity: RequestIdentity, _ origin: ClientOrigin,
        _ principal: inout Principal?, _ notes: inout CallNotes?
    ) async throws -> HTTPResponse {
        if request.method == .options, let preflight = policy.cors?.preflight(request) { return preflight }
        switch outcome {
        case .found(let entry, let parameters):
            let details = entry.route.details
            try refuseCodedBody(of: request)
            var request = request
            request.body = try request.body.limited(to: details.bodyLimit)
            if details.upgrades {
                try UpgradeGuard.checkOrigin(of: request, allowed: policy.cors?.origins ?? [])
                request = UpgradeGuard.withCredentials(request)
            }
            ForwardedIdentity.drop(from: &request.headers)
            let caller = try await service(of: request, for: entry)
            principal = caller == nil ? try await authenticate(request, for: entry) : nil
            if let principal { Span.current?.identify(user: principal.userID) }
            // Where no token is needed it must not buy a further allowance: accounts are free, addresses are not.
            let payer = details.access == .anyone ? nil : principal
            let call = Call(
                request: request, id: identity.id, principal: principal, caller: caller, parameters: parameters,
                clientAddress: origin.address, ambient: ambient, logger: logger, limiter: limiter)
            notes = call.notes
            // Services are few and known: what they call for is somebody's call elsewhere.
            let limit = caller == nil ? details.limit : .unlimited
            let response = try await limited(RateLimitKey(limit, payer, origin.address), call.notes) {
                try await entry.route.handler(call)
            }
            if let onFile = policy.onFile, let principal, case .file(_, 0, _) = response.body {
                onFile(principal.userID, entry.pattern, RequestIdentity.path(of: request.target))
            }
            guard let principal, principal.session != nil || principal.token != nil, let authenticator else { return response }
            return response.ending { await authenticator.sessionEnd(of: principal) }
        case .wrongMethod(let allow):
            if request.method == .options { return HTTPResponse(status: 204, headers: ["Allow": allow]) }
            throw HTTPFailure(
                .methodNotAllowed, "This address answers \(allow), not \(request.method.rawValue).", headers: ["Allow": allow])
        case .moved(let path):
            return HTTPResponse(status: 308, headers: ["Location": path])
        case .malformed:
            throw HTTPFailure(.badRequest, "The address is malformed: a % is not followed by two hexadecimal digits of UTF-8.")
        case .nowhere:
            if request.method == .options, request.target == "*" {
                return HTTPResponse(
                    status: 204,
                    headers: [
                        "Allow": HTTPMethod.allCases.filter { $0 != .trace && $0 != .query }.map(\.rawValue).joined(separator: ", ")
                    ])
            }
            if let fallback, let response = try await fallback(request) { return response }
            throw HTTPFailure(.notFound, "There is nothing at this address.")
        }
    }

    private func limited(
        _ key: RateLimitKey, _ notes: CallNotes, _ body: () async throws -> HTTPResponse
    ) async throws -> HTTPResponse {
        guard let limiter else { return try await body() }
        return try await limiter.run(key, noting: notes, isGood: { $0.status < 400 }, body)
    }

    /// Bodies are read as they come: a compressed one would be taken for a broken one.
    private func refuseCodedBody(of request: HTTPRequest) throws(HTTPFailure) {
        guard let coding = request.headers["Content-Encoding"], !HTTPHeaders.same(coding, "identity") else { return }
        throw HTTPFailure(
            .unsupportedMediaType, "The body must come as it is, not compressed.",
            details: ["Content-Encoding": "must be identity"], headers: ["Accept-Encoding": "identity"])
    }

    private func authenticate(_ request: HTTPRequest, for entry: RouteEntry) async throws -> Principal? {
        let access = entry.route.details.access
        guard let authenticator else {
            if access == .anyone { return nil }
            throw HTTPFailure(.unauthenticated, "Sign in first: this needs a valid access token.")
        }
        switch access {
        case .anyone:
            // A stale token must not keep anyone from signing in anew.
            guard let principal = try? await authenticator.principal(for: request), principal.mayUse(entry.scope) else {
                return nil
            }
            return principal
        case .signedIn, .role, .service:
            guard let principal = try await authenticator.principal(for: request) else {
                throw HTTPFailure(.unauthenticated, "Sign in first: this needs a valid access token.")
            }
            guard principal.mayUse(entry.scope) else { throw Self.beyond(entry.scope) }
            if case .role(let role) = access, !principal.roles.contains(role) {
                throw HTTPFailure(.forbidden, "Only an account with the role \(role.name) may do this.")
            }
            return principal
        }
    }

    /// Which service asks, on a route for services; nil on a route for people.
    private func service(of request: HTTPRequest, for entry: RouteEntry) async throws -> ServiceCaller? {
        guard let names = entry.route.details.access.services else { return nil }
        guard let caller = try await authenticator?.service(for: request) else {
            throw HTTPFailure(.unauthenticated, "Only services of this installation may do this.")
        }
        guard names.contains(caller.name) else {
            throw HTTPFailure(.forbidden, "The service \(caller.name) may not do this.")
        }
        guard caller.may(entry.scope) else { throw Self.beyond(entry.scope) }
        return caller
    }

    /// What a token is refused with that is not for this (RFC 6750, 3.1).
    private static func beyond(_ scope: TokenScope?) -> HTTPFailure {
        guard let scope else {
            return HTTPFailure(
                .forbidden, "No token may do this, only your own sign-in.",
                headers: ["WWW-Authenticate": "Bearer error=\"insufficient_scope\""])
        }
        return HTTPFailure(
            .forbidden, "This token is not for this; it would need \(scope.text).", details: ["scope": scope.text],
            headers: ["WWW-Authenticate": "Bearer error=\"insufficient_scope\", scope=\"\(scope.text)\""])
    }

    private func log(
        _ request: HTTPRequest, _ response: HTTPResponse, _ identity: RequestIdentity, _ origin: ClientOrigin,
        _ principal: Principal?,
        _ elapsed: Duration
    ) {
        logger.info(
            "request",
            {
                var line = [
                    "request_id": identity.id, "method": request.method.rawValue, "path": RequestIdentity.path(of: request.target),
                    "status": "\(response.status)", "duration_ms": elapsed.millisecondsText, "address": origin.address,
                ]
                if let principal { line["user_id"] = principal.userID.description }
                return line
            }())
    }
}

/// How many requests wait for their answer.
private final class ActiveRequests: Sendable {
    let count = Atomic<Int>(0)
}
