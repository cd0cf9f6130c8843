import Glibc
package import HTTPServing
package import Lifecycle
import Synchronization
package import Telemetry

/// The HTTP/1.1 server: event loops that parse, call the responder and send, with deadlines and back-pressure both ways.
///
/// TLS and HTTP/2 are for what stands in front.
package final class HTTPServer: Service {
    private enum State {
        case idle
        case bound(descriptors: [Int32], port: Int)
        case running(port: Int)
        case stopped
    }

    package let name = "http"
    private let context: ServerContext
    private let state = Mutex(State.idle)

    package init(configuration: HTTPServerConfiguration, responder: any HTTPResponder, logger: Logger, metrics: Metrics) {
        context = ServerContext(configuration: configuration, responder: responder, logger: logger)
        let counters = context.counters
        metrics.onCollect { counters.report(to: $0) }
    }

    deinit {
        if case .bound(let descriptors, _) = state.withLock({ $0 }) {
            for descriptor in descriptors { close(descriptor) }
        }
    }

    /// The port listened on; 0 before `bind` and after the end.
    package var port: Int {
        state.withLock { state in
            switch state {
            case .idle, .stopped: 0
            case .bound(_, let port), .running(let port): port
            }
        }
    }

    /// Takes the address, so that clients may connect from now on and are served once `run` runs. Does nothing a second time.
    ///
    /// - Returns: the port.
    @discardableResult
    package func bind() throws -> Int {
        try state.withLock { state in
            guard case .idle = state else { return }
            HTTPServer.raiseDescriptorLimit()
            let (descriptors, port) = try ListenSocket.open(
                host: context.configuration.host, port: context.configuration.port, count: loopCount)
            state = .bound(descriptors: descriptors, port: port)
        }
        return port
    }

    package func run(until shutdown: ShutdownSignal) async throws {
        try bind()
        let descriptors = state.withLock { state -> [Int32] in
            guard case .bound(let descriptors, let port) = state else { return [] }
            state = .running(port: port)
            return descriptors
        }
        precondition(!descriptors.isEmpty, "a server runs once")
        let loops = try makeLoops(descriptors)
        for (loop, descriptor) in zip(loops, descriptors) {
            loop.execute { [context] in $0.listen(on: descriptor, context: context) }
        }
        context.logger.info("listening", ["host": context.configuration.host, "port": "\(port)", "loops": "\(loops.count)"])

        await shutdown.wait()
        for loop in loops { loop.execute { $0.drain() } }
        await drained(loops)
        state.withLock { $0 = .stopped }
    }

    private var loopCount: Int { max(1, context.configuration.loops ?? sysconf(Int32(_SC_NPROCESSORS_ONLN))) }

    private func makeLoops(_ descriptors: [Int32]) throws -> [Loop] {
        do {
            return try descriptors.indices.map { try Loop(name: "http-\($0)") }
        } catch {
            for descriptor in descriptors { close(descriptor) }
            throw error
        }
    }

    /// Waits for the requests in hand, and ends them when the time is over or this task is cancelled.
    private func drained(_ loops: [Loop]) async {
        let grace = context.configuration.drainDeadline
        let abort: @Sendable () -> Void = { for loop in loops { loop.execute { $0.abortAll() } } }
        await withTaskCancellationHandler {
            await withTaskGroup(of: Void.self) { group in
                group.addTask { if (try? await Task.sleep(for: grace)) != nil { abort() } }
                for loop in loops {
                    await withCheckedContinuation { continuation in loop.execute { $0.notifyWhenEmpty(continuation) } }
                }
                group.cancelAll()
            }
        } onCancel: {
            abort()
        }
    }

    /// A connection is a descriptor, and the usual soft limit of 1024 is for programs that still use `select`.
    private static func raiseDescriptorLimit() {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0, limit.rlim_cur < limit.rlim_max else { return }
        limit.rlim_cur = max(limit.rlim_cur, min(limit.rlim_max, 65_536))
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    }
}
