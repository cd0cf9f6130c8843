import Ambient
import FoundationEssentials
import Synchronization

/// Sessions that ended while their last access token may still be good. Kept in memory for that long, so that signing out takes
/// effect at once in this process and within an access token's lifetime elsewhere, without a database look-up a request.
final class EndedSessions: Sendable {
    private let until = Mutex<[String: Date]>([:])

    func add(_ sessions: [SessionID], at now: Date, lifetime: TimeInterval) {
        guard !sessions.isEmpty else { return }
        until.withLock { until in
            until = until.filter { $0.value > now }
            for session in sessions { until[session.description] = now.addingTimeInterval(lifetime) }
        }
    }

    func contains(_ session: String) -> Bool { until.withLock { $0[session] != nil } }
}
