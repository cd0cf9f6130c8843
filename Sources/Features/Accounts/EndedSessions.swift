import Ambient
import FoundationEssentials
import Synchronization

/// Sessions that ended while their last access token may still be good, so that signing out takes effect without a database look-up a
/// request: at once in this process, and elsewhere, or after a restart, as soon as `SessionWatch` has read them.
final class EndedSessions: Sendable {
    private let until = Mutex<[String: Date]>([:])

    func add(_ sessions: [(id: SessionID, until: Date)], at now: Date) {
        guard !sessions.isEmpty else { return }
        until.withLock { until in
            until = until.filter { $0.value > now }
            for session in sessions { until[session.id.description] = session.until }
        }
    }

    func contains(_ session: String) -> Bool { until.withLock { $0[session] != nil } }
}
