import Concurrency
import SpeechMessages
import Synchronization

/// Some programs that do the same side by side. Each request takes one that is free, a warm one first.
final class SpeechWorkers: Sendable {
    let all: [SpeechWorker]
    private let places: AsyncSemaphore
    /// The last that came free is the first to be taken.
    private let idle: Mutex<[SpeechWorker]>

    var count: Int { all.count }

    init(_ count: Int, _ make: () -> SpeechWorker) {
        all = (0..<max(1, count)).map { _ in make() }
        places = AsyncSemaphore(all.count)
        idle = Mutex(all)
    }

    /// See `SpeechWorker.askWarm`.
    func ask(_ request: SpeechRequest, within limit: Duration) async throws -> SpeechReply {
        try await places.withPermit {
            // There are as many as there are places.
            let worker = idle.withLock { $0.popLast() } ?? all[0]
            defer { idle.withLock { $0.append(worker) } }
            return try await worker.askWarm(request, within: limit)
        }
    }
}
