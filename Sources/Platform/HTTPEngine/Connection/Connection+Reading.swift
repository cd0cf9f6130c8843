import CLinux
import Failures
import Glibc
import HTTPServing
import Telemetry

extension Connection {
    /// What a rest of a body may have for the connection to be kept: less is cheaper to read than a new connection to open.
    static let discardLimit = 256 * 1024

    func readable(_ events: UInt32) {
        switch phase {
        case .upgraded: return readUpgraded()
        case .handling where exchange?.requestIsComplete == true:
            // The rest of a pipeline waits in the socket until this response is sent.
            dropInterest(EPOLLIN.rawValue)
            if events & EPOLLRDHUP.rawValue != 0 { peerHasFinished() }
            return
        case .handling where exchange?.bodyFailed == true, .closing:
            return dropInterest(EPOLLIN.rawValue | EPOLLRDHUP.rawValue)
        case .handling where readingPaused:
            // A peer that finished while its bytes wait in the socket: they come first.
            return dropInterest(EPOLLIN.rawValue | EPOLLRDHUP.rawValue)
        default: break
        }
        let count = recv(descriptor, loop.scratch.baseAddress, loop.scratch.count, 0)
        if count < 0 {
            if errno != EAGAIN, errno != EINTR { abort() }
        } else if count == 0 {
            endOfInput()
        } else if phase != .lingering {
            feed(UnsafeRawBufferPointer(rebasing: loop.scratch[..<count]))
        }
    }

    private func endOfInput() {
        switch phase {
        case .handling:
            dropInterest(EPOLLIN.rawValue | EPOLLRDHUP.rawValue)
            failBody(HTTPFailure(.badRequest, "The body ended before its announced end."))
            exchange?.handler?.cancel()
        default: close()
        }
    }

    /// Takes bytes as far as the request in hand goes.
    func feed(_ bytes: UnsafeRawBufferPointer) {
        var at = 0
        while true {
            if phase == .handling, exchange?.requestIsComplete == true {
                if at < bytes.count { backlog.append(contentsOf: bytes[at...]) }
                return
            }
            switch parser.next(bytes, from: &at) {
            case .more:
                switch phase {
                case .reading: startHeadDeadline()
                case .handling: if !readingPaused { armBodyDeadline() }
                default: break
                }
                return
            case .head(let head): begin(head)
            case .body(let range):
                if phase == .handling { take(UnsafeRawBufferPointer(rebasing: bytes[range])) }
            case .end:
                if phase == .discarding {
                    phase = .reading
                    exchange = nil
                    setDeadline(after: context.configuration.idleDeadline)
                } else {
                    requestEnded()
                }
            case .rejected(let rejection):
                switch phase {
                case .handling: failBody(HTTPFailure(rejection.code, rejection.message))
                case .discarding: linger()
                default: reject(rejection)
                }
                return
            }
            switch phase {
            case .reading, .handling, .discarding: if exchange?.bodyFailed == true { return }
            case .upgraded, .closing, .lingering, .closed: return
            }
        }
    }

    /// One absolute deadline a head: a drip of bytes does not move it.
    private func startHeadDeadline() {
        guard !isInsideHead, !parser.isFresh else { return }
        isInsideHead = true
        setDeadline(after: context.configuration.headDeadline)
    }

    private func begin(_ head: RequestHead) {
        isInsideHead = false
        exchangeCount += 1
        let configuration = context.configuration
        var pipe: RequestBodyPipe?
        var body = HTTPRequestBody.empty
        switch head.framing {
        case .none, .length(0): break
        case .length(let length):
            guard length <= configuration.maximumBodyBytes else {
                return reject(Rejection(.payloadTooLarge, "The body may have \(configuration.maximumBodyBytes) bytes at most."))
            }
            let source = RequestBodyPipe(connection: self, limit: length, highWater: configuration.bodyHighWater)
            pipe = source
            body = HTTPRequestBody(length: length, source: source)
        case .chunked:
            let source = RequestBodyPipe(
                connection: self, limit: configuration.maximumBodyBytes, highWater: configuration.bodyHighWater)
            pipe = source
            body = HTTPRequestBody(length: nil, source: source)
        }
        let request = HTTPRequest(
            method: head.method, target: head.target, headers: head.headers, body: body, remoteAddress: peer)
        let number = exchangeCount
        exchange = Exchange(
            number: number, method: head.method, minorVersion: head.minorVersion, body: pipe,
            keepsAlive: head.keepsAlive && !loop.isDraining, awaitsContinue: head.expectsContinue && pipe != nil)
        phase = .handling
        readingPaused = false
        setDeadline(after: nil)
        context.counters.requestBegan()
        loop.handlerCount += 1
        // Cancelled by `abort`; the loop's thread does not end before it does.
        exchange?.handler = Task(executorPreference: loop) { await self.handle(request, number) }
    }

    private func take(_ bytes: UnsafeRawBufferPointer) {
        exchange?.awaitsContinue = false
        switch exchange?.body?.append(Array(bytes)) {
        case .full:
            readingPaused = true
            dropInterest(EPOLLIN.rawValue)
            if output.isEmpty { setDeadline(after: nil) }
        case .over: stopReadingBody()
        case .more, nil: break
        }
    }

    private func requestEnded() {
        exchange?.requestIsComplete = true
        exchange?.body?.finish()
        if output.isEmpty { setDeadline(after: nil) }
    }

    /// Gives the reader of the body the failure; the handler's answer is still sent, and is the last.
    func failBody(_ failure: HTTPFailure) {
        guard exchange?.requestIsComplete == false else { return }
        exchange?.body?.fail(with: failure)
        stopReadingBody()
    }

    private func stopReadingBody() {
        exchange?.bodyFailed = true
        exchange?.keepsAlive = false
        dropInterest(EPOLLIN.rawValue | EPOLLRDHUP.rawValue)
        if output.isEmpty { setDeadline(after: nil) }
    }

    /// Waiting for the client: the clock runs unless it is the client who waits, for us to read or for `100 Continue`.
    func armBodyDeadline() {
        guard let exchange, phase == .handling, !exchange.requestIsComplete, output.isEmpty else { return }
        let isWaitedFor = !exchange.awaitsContinue && !exchange.bodyFailed && !readingPaused
        setDeadline(after: isWaitedFor ? context.configuration.bodyDeadline : nil)
    }

    // MARK: Called by the body's reader

    func bodyDrained(_ pipe: RequestBodyPipe) {
        if pipe === upgrade { return upgradeDrained() }
        guard phase == .handling, exchange?.body === pipe, readingPaused else { return }
        readingPaused = false
        addInterest(EPOLLIN.rawValue | EPOLLRDHUP.rawValue)
        armBodyDeadline()
    }

    func bodyAsked(_ pipe: RequestBodyPipe) {
        guard phase == .handling, exchange?.body === pipe, exchange?.awaitsContinue == true else { return }
        exchange?.awaitsContinue = false
        if exchange?.responseBegan == false {
            output.append(Array("HTTP/1.1 100 Continue\r\n\r\n".utf8))
            flush()
        }
        armBodyDeadline()
    }
}
