package import Ambient
import Database
import FoundationEssentials
import Synchronization
import Telemetry

/// Counts how many different documents each person opens within minutes. In memory: each process counts for itself.
package final class DownloadWatch: Sendable {
    private struct Opened {
        var since: Date
        var targets: Set<Int> = []
        var isTold = false
    }

    /// People who are counted at once.
    private static let capacity = 10_000

    private let watch: AnomalyWatch
    private let limit: Int
    private let people = Mutex<[UserID: Opened]>([:])

    /// - Parameter limit: so many within ten minutes are more than anybody reads.
    package init(_ watch: AnomalyWatch, limit: Int) { (self.watch, self.limit) = (watch, limit) }

    /// A person was sent a file. Returns what tells of it if that is too many.
    @discardableResult
    package func opened(_ target: String, by user: UserID) -> Task<Void, Never>? {
        let now = watch.service.ambient.now()
        let count = people.withLock { people -> Int? in
            if people.count >= Self.capacity {
                people = people.filter { now.timeIntervalSince($0.value.since) < AnomalyWatch.window }
            }
            if people.count >= Self.capacity, people[user] == nil { return nil }
            var opened = people[user] ?? Opened(since: now)
            if now.timeIntervalSince(opened.since) >= AnomalyWatch.window { opened = Opened(since: now) }
            opened.targets.insert(target.hashValue)
            defer { people[user] = opened }
            guard opened.targets.count >= limit, !opened.isTold else { return nil }
            opened.isTold = true
            return opened.targets.count
        }
        guard let count else { return nil }
        // On its own: nobody's answer waits for it.
        return Task { [watch] in
            do {
                try await watch.service.database.transaction(as: .system) { transaction in
                    try await watch.report(
                        .massDownload, count, of: user, key: "\(Int(now.timeIntervalSince1970))", in: transaction)
                }
            } catch {
                watch.service.logger.failure("a sudden mass download cannot be told of", error, ["user_id": "\(user)"])
            }
        }
    }
}
