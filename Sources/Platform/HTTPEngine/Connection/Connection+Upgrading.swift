import CLinux
import Concurrency
import Failures
import Glibc
import HTTPMessages
import HTTPServing
import Telemetry

/// The handler's end of a connection that left HTTP.
struct UpgradedStream: HTTPUpgradedStream {
    let connection: Connection
    let number: UInt64
    let pipe: RequestBodyPipe

    func read() async throws -> [UInt8]? { try await pipe.next() }
    func write(_ bytes: [UInt8]) async throws { try await connection.write(bytes, number) }

    func ending() async -> HTTPUpgradeEnd {
        await connection.ending.wait { $0 }
        return connection.ending.withLock { $0 } ? .serverStops : .cancelled
    }
}

extension Connection {
    /// Sends the head of a 101; from then on no byte is taken for HTTP. nil if the request cannot leave HTTP.
    func upgrade(_ response: HTTPResponse, _ exchange: Exchange) -> UpgradedStream? {
        guard exchange.requestIsComplete, exchange.method == .get, exchange.minorVersion == 1, response.status == 101 else {
            context.logger.error("a request that cannot be upgraded was")
            finish(HTTPResponse(Rejection(.internal, "Something went wrong on the server.")))
            return nil
        }
        let pipe = RequestBodyPipe(connection: self, limit: .max, highWater: context.configuration.bodyHighWater)
        self.exchange?.responseBegan = true
        self.exchange?.keepsAlive = false
        upgrade = pipe
        phase = .upgraded
        output.append(
            ResponseHead.bytes(
                response, framing: .upgrade, keepsAlive: true, minorVersion: 1, date: loop.dateText(), reserving: 0))
        if loop.isDraining { ending.signal { isOver, _ in isOver = true } }
        let early = backlog
        backlog = []
        readingPaused = false
        if !early.isEmpty { take(upgraded: early) }
        if !readingPaused { addInterest(EPOLLIN.rawValue | EPOLLRDHUP.rawValue) }
        flush()
        return phase == .upgraded ? UpgradedStream(connection: self, number: exchange.number, pipe: pipe) : nil
    }

    func readUpgraded() {
        guard !readingPaused else { return dropInterest(EPOLLIN.rawValue | EPOLLRDHUP.rawValue) }
        let count = recv(descriptor, loop.scratch.baseAddress, loop.scratch.count, 0)
        if count < 0 {
            if errno != EAGAIN, errno != EINTR { abort() }
        } else if count == 0 {
            dropInterest(EPOLLIN.rawValue | EPOLLRDHUP.rawValue)
            upgrade?.finish()
        } else {
            take(upgraded: Array(UnsafeRawBufferPointer(rebasing: loop.scratch[..<count])))
        }
    }

    private func take(upgraded bytes: [UInt8]) {
        guard upgrade?.append(bytes) == .full else { return }
        readingPaused = true
        dropInterest(EPOLLIN.rawValue | EPOLLRDHUP.rawValue)
    }

    func upgradeDrained() {
        guard phase == .upgraded, readingPaused else { return }
        readingPaused = false
        addInterest(EPOLLIN.rawValue | EPOLLRDHUP.rawValue)
    }

    func finishUpgrade(_ number: UInt64) {
        guard phase == .upgraded, exchange?.number == number else { return }
        exchange?.responseIsComplete = true
        flush()
    }

    func breakUpgrade(_ number: UInt64, _ error: any Error) {
        guard phase == .upgraded, exchange?.number == number else { return }
        context.logger.failure("an upgraded connection broke off", error)
        abort()
    }
}
