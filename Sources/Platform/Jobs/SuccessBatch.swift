import Database

/// Writes down jobs that succeeded, those together that end while the ones before are being written: one transaction, and one wait for the
/// disk, for all of them.
actor SuccessBatch {
    private struct Entry {
        let success: JobStore.Success
        let continuation: CheckedContinuation<Bool, any Error>
    }

    /// How many at most: a statement has a bound on its values.
    private static let limit = 200

    private let store: JobStore
    private var waiting: [Entry] = []
    private var isWriting = false

    init(store: JobStore) { self.store = store }

    /// False if the job was not this attempt's any more.
    func write(_ job: Job, _ result: JobResult?) async throws -> Bool {
        try await withCheckedThrowingContinuation { continuation in
            waiting.append(Entry(success: .init(job: job, result: result), continuation: continuation))
            if isWriting { return }
            isWriting = true
            Task { await writeAll() }
        }
    }

    private func writeAll() async {
        while !waiting.isEmpty {
            let entries = waiting.prefix(Self.limit)
            waiting.removeFirst(entries.count)
            do {
                let kept = try await store.succeed(entries.map(\.success))
                for entry in entries { entry.continuation.resume(returning: kept.contains(entry.success.job.id)) }
            } catch {
                // Each is told, and tries again by itself: one whose result cannot be kept does not hold up the others.
                for entry in entries { entry.continuation.resume(throwing: error) }
            }
        }
        isWriting = false
    }
}
