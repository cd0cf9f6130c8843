import CLinux
import Concurrency
import Failures
import Glibc
import HTTPServing
import Telemetry

/// One client's socket: reads requests, starts a handler for each in turn, sends what it answers.
///
/// An actor on its loop's thread. The loop enters it with `assumeIsolated`; handlers and body readers hop to it.
/// `Connection+Reading` parses, `Connection+Responding` answers, `Connection+Writing` sends, `Connection+Upgrading` hands the bytes
/// of another protocol on, `Connection+Closing` ends.
actor Connection {
    enum Phase {
        /// Between requests or inside a head.
        case reading
        /// A handler has the request, or its response is being sent.
        case handling
        /// The request is answered by 101: bytes go both ways until the handler ends.
        case upgraded
        /// The response is sent and a rest of the request's body is thrown away, so that the connection can be used again.
        case discarding
        /// A last response is being sent; nothing more is read.
        case closing
        /// All is sent and our side is shut; what still comes is thrown away so that the client sees the response, not a reset.
        case lingering
        case closed
    }

    nonisolated let loop: Loop
    nonisolated let descriptor: Int32
    nonisolated let generation: UInt32
    nonisolated let peer: String
    nonisolated let context: ServerContext

    var phase = Phase.reading
    var parser: RequestParser
    var exchange: Exchange?
    var exchangeCount: UInt64 = 0
    /// Bytes of the next request that came with this one.
    var backlog: [UInt8] = []
    var output = OutputQueue()
    var waitingWriters: [UInt64: CheckedContinuation<Void, any Error>] = [:]
    var writerCount: UInt64 = 0
    /// The deadline of a head runs.
    var isInsideHead = false
    /// The body's reader is behind: the socket is left alone.
    var readingPaused = false
    /// What an upgraded connection's client sends.
    var upgrade: RequestBodyPipe?
    /// Whether an upgraded connection is to end, for who waits to say so.
    nonisolated let ending = AsyncMonitor(false)
    var interest: UInt32 = 0
    private var deadline = UInt64.max
    private var scheduled = UInt64.max

    nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

    init(descriptor: Int32, generation: UInt32, peer: String, loop: Loop, context: ServerContext) {
        self.descriptor = descriptor
        self.generation = generation
        self.peer = peer
        self.loop = loop
        self.context = context
        parser = RequestParser(limits: context.configuration.parserLimits)
    }

    // MARK: Called by the loop

    func open() {
        interest = EPOLLIN.rawValue | EPOLLRDHUP.rawValue
        guard loop.control(EPOLL_CTL_ADD, descriptor, interest, generation: generation) else { return abort() }
        setDeadline(after: context.configuration.idleDeadline)
    }

    func ready(_ events: UInt32) {
        guard phase != .closed else { return }
        // Both sides shut is the good end of a lingering close, and a reset otherwise.
        if events & EPOLLERR.rawValue != 0 || events & EPOLLHUP.rawValue != 0 && phase != .lingering { return abort() }
        if events & EPOLLOUT.rawValue != 0 { flush() }
        if events & (EPOLLIN.rawValue | EPOLLRDHUP.rawValue | EPOLLHUP.rawValue) != 0, phase != .closed { readable(events) }
    }

    /// A time asked for with `setDeadline` has come, unless it was moved since.
    func wake(scheduledFor time: UInt64) {
        guard phase != .closed, time == scheduled else { return }
        scheduled = .max
        if loop.now >= deadline {
            deadline = .max
            expire()
        } else if deadline != .max {
            schedule()
        }
    }

    func drain() {
        switch phase {
        case .reading where parser.isFresh && backlog.isEmpty: close()
        case .handling, .reading: exchange?.keepsAlive = false
        case .upgraded: ending.signal { isOver, _ in isOver = true }
        case .discarding: linger()
        case .closing, .lingering, .closed: break
        }
    }

    // MARK: Interest and deadline

    func setInterest(_ wanted: UInt32) {
        guard wanted != interest, phase != .closed else { return }
        interest = wanted
        loop.control(EPOLL_CTL_MOD, descriptor, wanted, generation: generation)
    }

    func addInterest(_ wanted: UInt32) { setInterest(interest | wanted) }
    func dropInterest(_ unwanted: UInt32) { setInterest(interest & ~unwanted) }

    func setDeadline(after duration: Duration?) {
        deadline = duration.map { loop.now + $0.nanoseconds } ?? .max
        if deadline < scheduled { schedule() }
    }

    /// Moving a deadline further away costs nothing: the entry in the loop's queue stays, and finds out when it comes up.
    private func schedule() {
        scheduled = deadline
        loop.schedule(deadline, descriptor, generation: generation)
    }

    private func expire() {
        let configuration = context.configuration
        switch phase {
        case .reading where parser.isFresh: close()
        case .reading:
            reject(
                Rejection(
                    .requestTimeout, "The request's head took longer than \(configuration.headDeadline.components.seconds) s."))
        case .handling where !output.isEmpty: abort()
        case .handling:
            failBody(
                HTTPFailure(.requestTimeout, "No byte of the body came for \(configuration.bodyDeadline.components.seconds) s."))
        case .discarding, .closing, .upgraded: abort()
        case .lingering: close()
        case .closed: break
        }
    }
}
