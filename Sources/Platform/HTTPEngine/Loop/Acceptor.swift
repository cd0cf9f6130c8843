import CLinux
import Glibc
import Synchronization
import Telemetry

/// Takes connections from a loop's listener, and pauses when there are too many or the system has no more descriptors.
final class Acceptor {
    private static let perTurn = 64
    private static let fullPause: UInt64 = 50_000_000
    private static let exhaustedPause: UInt64 = 500_000_000

    private let listener: Int32
    private unowned let loop: Loop
    private let context: ServerContext
    private var isArmed = false
    /// A shortage is told once, not at each try. It is over when all who waited are taken.
    private var hasWarned = false
    /// When a pause ends; `.max` outside a pause.
    private(set) var resumesAt = UInt64.max

    init(listener: Int32, loop: Loop, context: ServerContext) {
        self.listener = listener
        self.loop = loop
        self.context = context
    }

    func resume() {
        resumesAt = .max
        guard !isArmed else { return }
        isArmed = loop.control(EPOLL_CTL_ADD, listener, EPOLLIN.rawValue, generation: 0)
    }

    func stop() {
        pause(until: .max)
        close(listener)
    }

    func accept() {
        guard isArmed else { return }
        for _ in 0..<Acceptor.perTurn {
            guard context.counters.open.load(ordering: .relaxed) < context.configuration.maximumConnections else {
                warn("too many connections, new ones wait")
                return pause(until: loop.now + Acceptor.fullPause)
            }
            var address = [CChar](repeating: 0, count: Int(LINUX_ADDRESS_LENGTH))
            let descriptor = linux_accept(listener, &address)
            switch -descriptor {
            case EAGAIN:
                hasWarned = false
                return
            case EMFILE, ENFILE, ENOBUFS, ENOMEM:
                warn("no descriptor for a new connection, waiting", ["errno": "\(-descriptor)"])
                return pause(until: loop.now + Acceptor.exhaustedPause)
            case 1...: continue  // the client gave up before it was accepted
            default:
                context.counters.connectionOpened()
                let peer = address.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
                loop.adopt(descriptor, peer: String(decoding: peer, as: UTF8.self), context: context)
            }
        }
    }

    private func warn(_ message: StaticString, _ metadata: Logger.Metadata = [:]) {
        guard !hasWarned else { return }
        hasWarned = true
        context.logger.warning(message, metadata)
    }

    private func pause(until time: UInt64) {
        resumesAt = time
        guard isArmed else { return }
        isArmed = false
        loop.control(EPOLL_CTL_DEL, listener, 0, generation: 0)
    }
}
