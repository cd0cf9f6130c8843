import CLinux
import Concurrency
import Failures
import Glibc
import HTTPMessages
import HTTPServing
import Telemetry

extension Connection {
    private enum Rest: Sendable {
        case none
        case file(path: String, offset: Int, length: Int)
        case stream(@Sendable (any HTTPBodyWriter) async throws -> Void)
        case upgraded(any HTTPUpgradedStream, @Sendable (any HTTPUpgradedStream) async throws -> Void)
    }

    /// The handler's task: on the loop's thread whenever it is not waiting, so the connection is entered without a hop.
    nonisolated func handle(_ request: HTTPRequest, _ number: UInt64) async {
        let response = await context.responder.respond(to: request)
        switch enter({ $0.start(response, number) }) {
        case .none: break
        case .file(let path, let offset, let length):
            let file = await BlockingPool.shared.run { OpenFile(path: path, start: offset, end: offset + length) }
            enter { $0.send(file, offset: offset, length: length, response, number) }
        case .stream(let produce):
            do {
                try await produce(StreamWriter(connection: self, number: number))
                enter { $0.finishStream(number) }
            } catch {
                enter { $0.breakStream(number, error) }
            }
        case .upgraded(let stream, let run):
            do {
                try await run(stream)
                enter { $0.finishUpgrade(number) }
            } catch {
                enter { $0.breakUpgrade(number, error) }
            }
        }
        enter { $0.loop.handlerCount -= 1 }
    }

    private nonisolated func enter<Value: Sendable>(_ body: (isolated Connection) -> Value) -> Value { assumeIsolated(body) }

    private func isCurrent(_ number: UInt64) -> Bool { phase == .handling && exchange?.number == number }

    private func start(_ response: HTTPResponse, _ number: UInt64) -> Rest {
        guard isCurrent(number), let exchange else { return .none }
        let isHead = exchange.method == .head
        if case .upgrade(let run) = response.body {
            return upgrade(response, exchange).map { .upgraded($0, run) } ?? .none
        }
        if ResponseHead.isBodiless(response.status) {
            finish(response, .none)
            return .none
        }
        switch response.body {
        case .empty:
            let length = isHead ? response.headers["Content-Length"].flatMap { Int($0) } : nil
            finish(response, .length(length ?? 0))
        case .bytes(let bytes): finish(response, .length(bytes.count), body: isHead ? [] : bytes)
        case .file(let path, let offset, let length):
            if !isHead, length > 0 { return .file(path: path, offset: offset, length: length) }
            finish(response, .length(length))
        case .stream(let produce):
            if isHead {
                finish(response, .none)
                return .none
            }
            self.exchange?.isChunked = exchange.minorVersion == 1
            self.exchange?.isEventStream = response.headers["Content-Type"]?.hasPrefix("text/event-stream") ?? false
            self.exchange?.isBetweenEvents = true
            if exchange.minorVersion == 0 { self.exchange?.keepsAlive = false }
            begin(response, exchange.minorVersion == 1 ? .chunked : .untilClose)
            flush()
            return phase == .handling ? .stream(produce) : .none
        case .upgrade: break  // has 101, and is begun above
        }
        return .none
    }

    private func send(_ file: OpenFile?, offset: Int, length: Int, _ response: HTTPResponse, _ number: UInt64) {
        guard isCurrent(number) else { return }
        guard let file else {
            context.logger.error("a file to be sent cannot be read")
            return finish(HTTPResponse(Rejection(.internal, "Something went wrong on the server.")))
        }
        begin(response, .length(length))
        output.append(file, offset: offset, length: length)
        exchange?.responseIsComplete = true
        flush()
    }

    /// A whole response whose body is bytes.
    func finish(_ response: HTTPResponse) {
        guard case .bytes(let bytes) = response.body else { return }
        finish(response, .length(bytes.count), body: exchange?.method == .head ? [] : bytes)
    }

    private func finish(_ response: HTTPResponse, _ framing: ResponseHead.Framing, body: [UInt8] = []) {
        begin(response, framing, body)
        exchange?.responseIsComplete = true
        flush()
    }

    /// Decides whether the connection lives on, and puts the head, with a small body in the same piece, into the queue.
    private func begin(_ response: HTTPResponse, _ framing: ResponseHead.Framing, _ body: [UInt8] = []) {
        guard let exchange else { return }
        var keepsAlive = exchange.keepsAlive && !loop.isDraining
        if !exchange.requestIsComplete {
            // What is left of the request must be thrown away before the next one; too much, or of unknown length, ends it here.
            let left = parser.remainingLength ?? .max
            keepsAlive = keepsAlive && !exchange.awaitsContinue && left <= Connection.discardLimit
        }
        if let option = response.headers["Connection"], HTTPHeaders.same(option, "close") { keepsAlive = false }
        self.exchange?.keepsAlive = keepsAlive
        self.exchange?.responseBegan = true
        let isSmall = body.count <= 16 * 1024
        var head = ResponseHead.bytes(
            response, framing: framing, keepsAlive: keepsAlive, minorVersion: exchange.minorVersion, date: loop.dateText(),
            reserving: isSmall ? body.count : 0)
        if isSmall { head.append(contentsOf: body) }
        output.append(head)
        if !isSmall { output.append(body) }
    }

    private func finishStream(_ number: UInt64) {
        guard isCurrent(number), let exchange else { return }
        if exchange.isChunked { output.append(Array("0\r\n\r\n".utf8)) }
        self.exchange?.responseIsComplete = true
        flush()
    }

    private func breakStream(_ number: UInt64, _ error: any Error) {
        guard isCurrent(number) else { return }
        context.logger.failure("a streamed response broke off", error)
        abort()
    }

    /// The last byte of the response is with the system.
    func responseSent() {
        guard let done = exchange else { return }
        guard done.keepsAlive, !loop.isDraining else { return endAfterResponse(done) }
        if done.requestIsComplete {
            exchange = nil
            nextRequest()
        } else {
            phase = .discarding
            setDeadline(after: context.configuration.bodyDeadline)
            addInterest(EPOLLIN.rawValue | EPOLLRDHUP.rawValue)
            readingPaused = false
        }
    }

    private func nextRequest() {
        phase = .reading
        setDeadline(after: context.configuration.idleDeadline)
        addInterest(EPOLLIN.rawValue | EPOLLRDHUP.rawValue)
        guard !backlog.isEmpty else { return }
        let bytes = backlog
        backlog = []
        bytes.withUnsafeBytes { feed($0) }
    }

    /// Answers a request that no handler gets, and ends the connection.
    func reject(_ rejection: Rejection) {
        context.counters.requestRefused()
        context.logger.debug("request refused", ["status": "\(rejection.code.status)", "reason": rejection.message, "peer": peer])
        let response = HTTPResponse(rejection)
        guard case .bytes(let body) = response.body else { return }
        phase = .closing
        exchange = nil
        backlog = []
        var bytes = ResponseHead.bytes(
            response, framing: .length(body.count), keepsAlive: false, minorVersion: 1, date: loop.dateText(), reserving: body.count
        )
        bytes.append(contentsOf: body)
        output.append(bytes)
        flush()
    }
}
