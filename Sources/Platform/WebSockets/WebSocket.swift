import Concurrency
import HTTPServing
import Synchronization

/// One client's WebSocket (RFC 6455), server side: whole messages both ways.
///
/// Pings are answered, and the closing handshake is kept, while someone receives. One task receives; any may send.
package final class WebSocket: Sendable {
    private struct State {
        /// Our close frame is sent; nothing may follow it.
        var sentClose = false
        /// The client's close frame, or its end, has come.
        var heardClose = false
        var closeCode: WebSocketCloseCode?
        /// Since when the client has been silent while it was listened to; nil while nobody receives.
        var listeningSince: ContinuousClock.Instant?
    }

    private let stream: any HTTPUpgradedStream
    private let limits: WebSocketLimits
    private let state = Mutex(State())
    private let inbox: Mutex<Inbox>

    private struct Inbox {
        var parser: WebSocketParser
        var bytes: [UInt8] = []
        var at = 0
    }

    init(_ stream: any HTTPUpgradedStream, limits: WebSocketLimits) {
        self.stream = stream
        self.limits = limits
        inbox = Mutex(Inbox(parser: WebSocketParser(limit: limits.message)))
    }

    /// What the client gave as its reason to close, once it has; nil if it gave none.
    package var closeCode: WebSocketCloseCode? { state.withLock { $0.closeCode } }

    /// The next message; nil once the client has closed. A client that breaks the protocol is told so, and then it throws.
    package func receive() async throws -> WebSocketMessage? {
        while true {
            let event: WebSocketParser.Event?
            do {
                event = try nextHeld()
            } catch let violation as WebSocketViolation {
                state.withLock { $0.heardClose = true }
                try await sendClose(violation.code, violation.reason)
                throw violation
            }
            switch event {
            case .message(let message): return message
            case .ping(let payload): try await send(frame: WebSocketFrame.pong(payload))
            case .pong: break
            case .close(let code, _):
                state.withLock {
                    $0.heardClose = true
                    $0.closeCode = code
                }
                try await sendClose(code, "")
                return nil
            case nil:
                if state.withLock({ $0.heardClose }) { return nil }
                state.withLock { $0.listeningSince = .now }
                defer { state.withLock { $0.listeningSince = nil } }
                guard let bytes = try await stream.read() else {
                    state.withLock { $0.heardClose = true }
                    return nil
                }
                inbox.withLock { inbox in
                    inbox.bytes = bytes
                    inbox.at = 0
                }
            }
        }
    }

    private func nextHeld() throws -> WebSocketParser.Event? {
        try inbox.withLock { inbox in
            guard inbox.at < inbox.bytes.count else { return nil }
            return try inbox.bytes.withUnsafeBytes { try inbox.parser.next($0, from: &inbox.at) }
        }
    }

    package func send(_ text: String) async throws { try await send(frame: WebSocketFrame.text(text)) }
    package func send(_ bytes: [UInt8]) async throws { try await send(frame: WebSocketFrame.binary(bytes)) }

    /// After a close frame there is nobody who would read it.
    private func send(frame: [UInt8]) async throws {
        guard !state.withLock({ $0.sentClose }) else { return }
        try await stream.write(frame)
    }

    /// Says goodbye; what still comes may be received until the client has answered.
    package func close(_ code: WebSocketCloseCode = .normal, _ reason: String = "") async throws {
        try await sendClose(code, reason)
    }

    private func sendClose(_ code: WebSocketCloseCode?, _ reason: String) async throws {
        let isFirst = state.withLock { state in
            defer { state.sentClose = true }
            return !state.sentClose
        }
        if isFirst { try await stream.write(WebSocketFrame.close(code, reason)) }
    }

    // MARK: The life of the connection

    /// Runs a handler on a connection, asks the client now and then whether it is there, and ends both in order.
    static func serve(
        _ stream: any HTTPUpgradedStream, limits: WebSocketLimits, _ handler: @Sendable @escaping (WebSocket) async throws -> Void
    ) async throws {
        let socket = WebSocket(stream, limits: limits)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                do {
                    try await handler(socket)
                } catch is WebSocketViolation {
                    return  // the client knows
                } catch {
                    try? await socket.sendClose(error is CancellationError ? .goingAway : .internalError, "")
                    throw error
                }
                try await socket.finish()
            }
            group.addTask { try await socket.keepAlive() }
            group.addTask { try await socket.awaitEnd() }
            defer { group.cancelAll() }
            try await group.next()
        }
    }

    /// The handler is done: the client hears so, and its answer is waited for, so that nothing of ours is lost.
    private func finish() async throws {
        try await sendClose(.normal, "")
        guard !state.withLock({ $0.heardClose }) else { return }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { while try await self.receive() != nil {} }
            group.addTask { [limits] in try await Task.sleep(for: limits.farewell) }
            defer { group.cancelAll() }
            try await group.next()
        }
    }

    private func keepAlive() async throws {
        while true {
            try await Task.sleep(for: limits.ping)
            let since = state.withLock { $0.listeningSince }
            if let since, since.duration(to: .now) > limits.silence {
                try await sendClose(.internalError, "nothing came for too long")
                return
            }
            try await send(frame: WebSocketFrame.ping())
        }
    }

    private func awaitEnd() async throws {
        switch await stream.ending() {
        case .cancelled: try await Task.sleep(for: .seconds(86_400))
        case .serverStops: try await sendClose(.goingAway, "the server stops")
        case .sessionEnded: try await sendClose(.policyViolation, "signed out")
        }
        try await Task.sleep(for: limits.grace)
    }
}
