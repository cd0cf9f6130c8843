import Dispatch
import Synchronization

/// One thread of its own for the owner of a C handle: the executor of that owner's actor, and of tasks that work with it closely.
///
/// Blocking calls made on it hold up nobody else. Run the code that uses such an actor again and again under
/// `withTaskExecutorPreference` with the same executor, and its calls cost no change of threads.
///
/// The thread starts with the first job. After `retire` it ends when it has nothing left to do; a job that comes later still runs.
package final class ThreadExecutor: SerialExecutor, TaskExecutor {
    private struct State {
        var queue: [UnownedJob] = []
        var isRunning = false
        /// The thread waits, or is about to, and one signal is due to it.
        var isAsleep = false
        var isRetired = false
    }

    private let name: String
    private let state = Mutex(State())
    private let work = DispatchSemaphore(value: 0)

    /// - Parameter name: of the thread, cut at 15 bytes.
    package init(name: String) { self.name = name }

    package func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let (start, wake) = state.withLock { state -> (Bool, Bool) in
            state.queue.append(job)
            defer { (state.isRunning, state.isAsleep) = (true, false) }
            return (!state.isRunning, state.isAsleep)
        }
        if start { startThread() } else if wake { work.signal() }
    }

    /// Lets the thread end once its queue is empty.
    package func retire() {
        let wake = state.withLock { state in
            state.isRetired = true
            defer { state.isAsleep = false }
            return state.isAsleep
        }
        if wake { work.signal() }
    }

    private func startThread() {
        do {
            try SystemThread.start(name: name, stackSize: 2 << 20) { self.loop() }
        } catch {
            // An executor cannot refuse a job, and an actor whose job never runs hangs its callers for ever.
            preconditionFailure("\(error)")
        }
    }

    private func loop() {
        while true {
            let (jobs, ended) = state.withLock { state -> ([UnownedJob], Bool) in
                let jobs = state.queue
                state.queue = []
                if jobs.isEmpty, state.isRetired { state.isRunning = false }
                state.isAsleep = jobs.isEmpty && state.isRunning
                return (jobs, !state.isRunning)
            }
            if ended { return }
            if jobs.isEmpty { work.wait() }
            for job in jobs {
                job.runSynchronously(isolatedTo: asUnownedSerialExecutor(), taskExecutor: asUnownedTaskExecutor())
            }
        }
    }
}
