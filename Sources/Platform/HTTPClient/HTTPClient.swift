import Failures
import HTTPMessages
import Synchronization
package import Telemetry

/// Asks other servers over libcurl: one thread, streams both ways, deadlines, retries, a circuit breaker for each host and a guard
/// against addresses that a user must not reach through us.
///
/// The policy belongs to the client and not to the request, since connections and resolved names are shared within one client.
package final class HTTPClient: Sendable {
    private let configuration: HTTPClientConfiguration
    private let logger: Logger
    private let loop: CurlLoop
    private let breakers = Mutex<[String: CircuitBreaker]>([:])
    let meter: OutgoingMeter

    package init(_ configuration: HTTPClientConfiguration = .init(), logger: Logger = .silent) throws {
        self.configuration = configuration
        self.logger = logger
        loop = try CurlLoop(connectionsPerHost: configuration.connectionsPerHost)
        meter = OutgoingMeter(purpose: configuration.purpose)
        OutgoingCalls.shared.add(self)
    }

    /// What is asked through it.
    package var purpose: String { configuration.purpose }

    /// How the breakers of the servers stand that were asked: the worst one counts. nil where none was, or where users choose the servers,
    /// so that one which is down says nothing of this installation.
    package var breakerState: BreakerState? {
        guard configuration.policy == .operatorConfigured else { return nil }
        let now = configuration.now()
        return breakers.withLock { $0.values.map { BreakerState($0.state, at: now) }.max() }
    }

    deinit { loop.stop() }

    /// Sends the request and returns when the head of the response has come. Any status is a response; see
    /// `ClientResponse.successful()`.
    ///
    /// Throws `HTTPClientFailure`, or `CancellationError` when the task is cancelled, which ends the transfer at once.
    package func send(_ request: ClientRequest) async throws -> ClientResponse {
        var request = request
        guard var url = RequestURL(request.url) else { throw HTTPClientFailure(.invalidURL, host: "") }
        for _ in 0...max(0, configuration.redirects) {
            if let objection = configuration.policy.objection(to: url) {
                throw HTTPClientFailure(.refused(objection), host: url.host)
            }
            let response = try await sendWithRetries(request, to: url)
            guard configuration.redirects > 0, [301, 302, 303, 307, 308].contains(response.status),
                let location = response.headers["Location"], request.body.isReplayable
            else { return response }
            guard let next = url.resolving(location) else { throw HTTPClientFailure(.invalidURL, host: url.host) }
            if response.status == 303 && request.method != .head || response.status < 303 && request.method == .post {
                request.method = .get
                request.body = .none
                request.headers["Content-Type"] = nil
            }
            if next.origin != url.origin {
                request.headers["Authorization"] = nil
                request.headers["Cookie"] = nil
            }
            url = next
        }
        throw HTTPClientFailure(.tooManyRedirects, host: url.host)
    }

    /// One question with all its tries, as one span and one duration.
    private func sendWithRetries(_ request: ClientRequest, to url: RequestURL) async throws -> ClientResponse {
        let began = configuration.now()
        guard let span = Span.current?.child(request.method.rawValue, .client) else {
            do {
                let response = try await tryToSend(request, to: url, span: nil)
                meter.record(configuration.now() - began, failed: response.status >= 500)
                return response
            } catch {
                meter.record(configuration.now() - began, failed: true)
                throw error
            }
        }
        defer { span.end() }
        span.note(
            [
                ("http.request.method", .text(request.method.rawValue)), ("peer.service", .text(configuration.purpose)),
            ])
        // What servers a user names is theirs.
        if configuration.policy == .operatorConfigured {
            span.note([("server.address", .text(url.host)), ("server.port", .count(url.port))])
        }
        do {
            let response = try await Span.$current.withValue(span) { try await tryToSend(request, to: url, span: span) }
            span.note([("http.response.status_code", .count(response.status))])
            if response.status >= 400 { span.fail("\(response.status)") }
            meter.record(configuration.now() - began, failed: response.status >= 500)
            return response
        } catch {
            let problem = (error as? HTTPClientFailure).map { $0.word } ?? "\(type(of: error))"
            span.fail(problem)
            span.note([("error.type", .text(problem))])
            meter.record(configuration.now() - began, failed: true)
            throw error
        }
    }

    private func tryToSend(_ request: ClientRequest, to url: RequestURL, span: Span?) async throws -> ClientResponse {
        var request = request
        // A trace goes on in servers that belong to this installation, not in those that users name.
        if let span, configuration.policy == .operatorConfigured, request.headers["traceparent"] == nil {
            request.headers["traceparent"] = span.context.traceparent
            if !span.context.state.text.isEmpty { request.headers["tracestate"] = span.context.state.text }
        }
        var attempt = 1
        while true {
            var outcome: RetryPolicy.Outcome
            let result: Result<ClientResponse, any Error>
            do {
                let response = try await sendOnce(request, to: url)
                let asked = RetryPolicy.retryAfter(response.headers["Retry-After"], now: configuration.unixTime())
                outcome = .status(response.status, retryAfter: asked)
                result = .success(response)
            } catch let failure as HTTPClientFailure {
                switch failure.kind {
                case .invalidURL, .refused, .tooLarge, .circuitOpen: throw failure
                default: break
                }
                outcome = .failed(nothingWasSent: failure.nothingWasSent)
                result = .failure(failure)
            }
            let wait = configuration.retry.wait(
                after: outcome, attempt: attempt, isIdempotent: request.isIdempotent, isReplayable: request.body.isReplayable,
                random: configuration.random())
            guard let wait else { return try result.get() }
            logger.debug("request is tried again", ["host": url.host, "attempt": "\(attempt)", "outcome": "\(outcome)"])
            attempt += 1
            span?.note([("http.request.resend_count", .count(attempt - 1))])
            try await configuration.sleep(wait)
        }
    }

    private func sendOnce(_ request: ClientRequest, to url: RequestURL) async throws -> ClientResponse {
        let now = configuration.now()
        if let wait = withBreaker(of: url, { $0.admit(at: now) }) {
            throw HTTPClientFailure(.circuitOpen, host: url.host, retryAfter: wait)
        }
        do {
            let transfer = try CurlTransfer(request, to: url, configuration: configuration, loop: loop)
            let head = try await transfer.start()
            withBreaker(of: url) {
                if head.status >= 500, head.status != 501 { $0.failed(at: configuration.now()) } else { $0.succeeded() }
            }
            return ClientResponse(
                status: head.status, headers: head.headers, body: ResponseBody(transfer: transfer, host: url.host, client: self))
        } catch {
            withBreaker(of: url) {
                switch (error as? HTTPClientFailure)?.kind {
                case nil, .refused, .invalidURL, .tooLarge: $0.abandoned(at: configuration.now())
                default: $0.failed(at: configuration.now())
                }
            }
            throw error
        }
    }

    private func withBreaker<Value>(of url: RequestURL, _ body: (inout CircuitBreaker) -> Value) -> Value {
        breakers.withLock { breakers in
            // Users choose hosts under `.publicInternet`: what is known of healthy ones is dropped before the table grows large.
            if breakers.count > 1000 { breakers = breakers.filter { $0.value.state != .closed(failures: 0) } }
            if breakers.count > 4000 { breakers.removeAll() }
            return body(&breakers[url.origin, default: CircuitBreaker(configuration.breaker)])
        }
    }
}
