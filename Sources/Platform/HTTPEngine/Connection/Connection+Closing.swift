import CLinux
import Glibc
import HTTPServing

extension Connection {
    /// Closes in order: what is sent arrives.
    func close() {
        guard let descriptor = leave() else { return }
        Glibc.close(descriptor)
    }

    /// Closes at once and cancels the handler. A peer that still reads sees a reset, so a cut-off body never looks whole.
    func abort() {
        guard let descriptor = leave() else { return }
        linux_reset(descriptor)
    }

    /// After the last response: at once if nothing of the peer's is unread, else the peer is read out for a while.
    func endAfterResponse(_ done: Exchange) {
        if done.requestIsComplete, backlog.isEmpty, interest & EPOLLIN.rawValue != 0 { close() } else { linger() }
    }

    /// Shuts our side and throws away what still comes: closing over unread bytes would make the system send a reset, which can
    /// overtake the response.
    func linger() {
        phase = .lingering
        exchange = nil
        backlog = []
        shutdown(descriptor, Int32(SHUT_WR))
        setInterest(EPOLLIN.rawValue)
        setDeadline(after: context.configuration.lingerDeadline)
    }

    private func leave() -> Int32? {
        guard phase != .closed else { return nil }
        phase = .closed
        setDeadline(after: nil)
        loop.control(EPOLL_CTL_DEL, descriptor, 0, generation: generation)
        loop.forget(descriptor)
        context.counters.connectionClosed()
        exchange?.body?.fail(with: Connection.clientIsGone)
        exchange?.handler?.cancel()
        if let upgrade {
            upgrade.fail(with: Connection.clientIsGone)
            self.upgrade = nil
        }
        exchange = nil
        backlog = []
        output.removeAll()
        let writers = waitingWriters
        waitingWriters = [:]
        for writer in writers.values { writer.resume(throwing: Connection.clientIsGone) }
        return descriptor
    }
}
