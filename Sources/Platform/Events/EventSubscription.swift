import Synchronization

/// The events of one listener, in order, in a queue that never grows past its bound.
///
/// A listener that falls behind loses the queue and is told so by `resync`; what it missed stands in the outbox.
package final class EventSubscription: AsyncSequence, Sendable {
    package enum Element: Sendable {
        case event(Event)
        /// Events before this one were dropped.
        case resync
    }

    private struct State {
        var queue: [Element] = []
        var waiter: CheckedContinuation<Element?, Never>?
        var hasEnded = false
    }

    private let capacity: Int
    private let state = Mutex(State())

    init(capacity: Int) { self.capacity = capacity }

    func offer(_ event: Event) { add(.event(event)) }

    func offerResync() { add(.resync) }

    private func add(_ element: Element) {
        let waiter = state.withLock { state -> CheckedContinuation<Element?, Never>? in
            if state.hasEnded { return nil }
            if let waiter = state.waiter {
                state.waiter = nil
                return waiter
            }
            if state.queue.count >= capacity { state.queue = [.resync] }
            state.queue.append(element)
            return nil
        }
        waiter?.resume(returning: element)
    }

    /// Ends the sequence after what is in the queue.
    package func end() {
        let waiter = state.withLock { state in
            state.hasEnded = true
            defer { state.waiter = nil }
            return state.waiter
        }
        waiter?.resume(returning: nil)
    }

    /// One consumer at a time. nil at the end or when the task is cancelled.
    fileprivate func next() async -> Element? {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let now = state.withLock { state -> Element?? in
                    if Task.isCancelled { return .some(nil) }
                    if !state.queue.isEmpty { return .some(state.queue.removeFirst()) }
                    if state.hasEnded { return .some(nil) }
                    precondition(state.waiter == nil, "a subscription has one consumer")
                    state.waiter = continuation
                    return nil
                }
                if let now { continuation.resume(returning: now) }
            }
        } onCancel: {
            let waiter = state.withLock { state in
                defer { state.waiter = nil }
                return state.waiter
            }
            waiter?.resume(returning: nil)
        }
    }

    package struct AsyncIterator: AsyncIteratorProtocol {
        let subscription: EventSubscription
        package mutating func next() async -> Element? { await subscription.next() }
    }

    package func makeAsyncIterator() -> AsyncIterator { AsyncIterator(subscription: self) }
}
