import Concurrency
import Database
package import Signals

extension SignalTopic {
    /// A job was added, or put in line again.
    static let waitingJobs = SignalTopic("jobs.waiting")
    /// A job that may be running was cancelled or removed.
    static let cancelledJobs = SignalTopic("jobs.cancelled")
}

extension JobQueue {
    /// Has the workers of this process look at once when another process adds or cancels a job. To be called before `signals` runs.
    package func follow(_ signals: SignalListener) {
        signals.on(.waitingJobs) { [bell] queue in bell.ring(queue.flatMap { $0.isEmpty ? nil : $0 }) }
        // What to stop stands in the table: the signal says only that it is time to look.
        signals.on(.cancelledJobs) { [bell] _ in bell.cancelled.wake() }
    }

    func tellOfWaiting(in queue: String, _ transaction: any Transaction) {
        transaction.signal(Signal(.waitingJobs, queue))
        transaction.afterCommit { [bell] in bell.ring(queue) }
    }

    func tellOfCancelled(_ ids: [JobID], in transaction: any Transaction) {
        if ids.isEmpty { return }
        transaction.signal(Signal(.cancelledJobs))
        transaction.afterCommit { [bell] in for id in ids { bell.cancel(id) } }
    }
}
