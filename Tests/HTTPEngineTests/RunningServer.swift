import Concurrency
import Dispatch
import Failures
import HTTPEngine
import HTTPMessages
import HTTPServing
import Lifecycle
import Telemetry
import Testing

/// A responder made of a closure.
struct Respond: HTTPResponder {
    let make: @Sendable (HTTPRequest) async -> HTTPResponse

    func respond(to request: HTTPRequest) async -> HTTPResponse { await make(request) }

    /// Answers with the body that came; with the failure's status if it cannot be read.
    static let echo = Respond { request in
        do {
            return .text(String(decoding: try await request.body.collect(upTo: 1 << 20), as: UTF8.self))
        } catch {
            return HTTPResponse(status: FailureCode(of: error).status)
        }
    }
}

extension HTTPResponse {
    static func text(_ text: String, status: Int = 200) -> HTTPResponse {
        HTTPResponse(status: status, headers: ["Content-Type": "text/plain"], body: .bytes(Array(text.utf8)))
    }
}

/// A server on a port of its own for the time of one test.
struct RunningServer: Sendable {
    let port: Int
    let shutdown: ShutdownSignal
    let metrics: Metrics

    /// Runs blocking client code on a thread of its own.
    func talk<Value: Sendable>(_ body: @escaping @Sendable (TestClient) throws -> Value) async throws -> Value {
        try await TestClient.pool.run { [port] in
            let client = try #require(TestClient(port: port))
            defer { client.close() }
            return try body(client)
        }
    }

    /// Sends the text on a new connection and reads one response.
    func ask(_ text: String) async throws -> TestClient.Response? {
        try await talk { client in
            client.send(text)
            return client.response()
        }
    }
}

/// Serves with two loops while `body` runs, then shuts down and waits for the end.
func withServer<Value: Sendable>(
    _ responder: Respond = .echo, configure: (inout HTTPServerConfiguration) -> Void = { _ in }, logger: Logger = .silent,
    _ body: (RunningServer) async throws -> Value
) async throws -> Value {
    var configuration = HTTPServerConfiguration(port: 0, loops: 2)
    configuration.drainDeadline = .seconds(1)
    configure(&configuration)
    let metrics = Metrics()
    let server = HTTPServer(configuration: configuration, responder: responder, logger: logger, metrics: metrics)
    let shutdown = ShutdownSignal()
    let port = try server.bind()
    // The server's child task inherits the preference, so neither it nor the clients wait for a cooperative thread.
    return try await withTaskExecutorPreference(BlockingExecutor.shared) {
        async let running: Void = server.run(until: shutdown)
        do {
            let value = try await body(RunningServer(port: port, shutdown: shutdown, metrics: metrics))
            shutdown.trigger()
            try await running
            return value
        } catch {
            shutdown.trigger()
            try await running
            throw error
        }
    }
}

/// Runs tests on threads that may block: their clients do, and the cooperative pool has only as many threads as cores.
final class BlockingExecutor: TaskExecutor {
    static let shared = BlockingExecutor()

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        DispatchQueue.global().async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}

/// Something that happens once and is waited for.
struct Signal<Value: Sendable>: Sendable {
    private let stream: AsyncStream<Value>
    private let continuation: AsyncStream<Value>.Continuation

    init(_ type: Value.Type = Value.self) { (stream, continuation) = AsyncStream.makeStream() }

    func send(_ value: Value) { continuation.yield(value) }

    func wait() async throws -> Value {
        for await value in stream { return value }
        throw CancellationError()
    }
}
