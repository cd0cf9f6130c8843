package import FoundationEssentials

/// What is known of one stage of a document's way: when it began, how long it has worked, whether it is done.
package struct StageRecord: Sendable, Codable, Hashable {
    package let stage: Document.Stage
    /// Of its first attempt.
    package let startedAt: Date
    /// nil while it is not done.
    package fileprivate(set) var finishedAt: Date?
    /// Since when it works; nil while it does not.
    fileprivate var since: Date?
    /// How long it has worked, in seconds, without the waits between attempts.
    package fileprivate(set) var seconds = 0.0
    package fileprivate(set) var done: Int
    package fileprivate(set) var total: Int

    fileprivate init(_ progress: Document.Progress, at now: Date) {
        (stage, startedAt, since) = (progress.stage, now, now)
        (done, total) = (progress.done, progress.total)
    }

    fileprivate mutating func rest(at now: Date) {
        // Clocks of several machines differ.
        if let since { seconds += max(0, now.timeIntervalSince(since)) }
        since = nil
    }
}

/// The stages that a document has gone through, in order. Kept with the document, so that any process goes on with it.
package struct StageLog: Sendable, Hashable {
    package private(set) var records: [StageRecord] = []

    package init() {}

    package subscript(_ stage: Document.Stage) -> StageRecord? { records.first { $0.stage == stage } }

    /// A stage is worked on, and has come so far: those before it are done. One that is done and begins anew takes back what came after.
    mutating func enter(_ progress: Document.Progress, at now: Date) {
        if let index = records.firstIndex(where: { $0.stage == progress.stage }) {
            if records[index].finishedAt != nil {
                records.removeSubrange(index...)
            } else {
                if records[index].since == nil { records[index].since = now }
                (records[index].done, records[index].total) = (progress.done, progress.total)
                return
            }
        }
        finish(at: now)
        records.append(StageRecord(progress, at: now))
    }

    /// Nothing is worked on: it failed, or was stopped.
    mutating func rest(at now: Date) { for index in records.indices { records[index].rest(at: now) } }

    /// All that was begun is done.
    mutating func finish(at now: Date) {
        for index in records.indices where records[index].finishedAt == nil {
            records[index].rest(at: now)
            records[index].finishedAt = now
        }
    }
}

extension StageLog: Codable {
    package init(from decoder: any Decoder) throws { records = try [StageRecord](from: decoder) }
    package func encode(to encoder: any Encoder) throws { try records.encode(to: encoder) }
}
