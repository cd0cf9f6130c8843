import Ambient
import Concurrency
import Cryptography
import Database
import FoundationEssentials
package import Signals

extension AccountsService {
    /// Whether a session has ended. It is known for as long as an access token lives; what lives longer cannot be judged by it.
    package func hasEnded(_ session: String) -> Bool { ended.contains(session) }

    /// Hears of sessions that end in other processes. To be called before `signals` runs.
    package func follow(_ signals: SignalListener) {
        signals.on(.endedSessions) { [endedElsewhere] _ in endedElsewhere.wake() }
    }

    /// Makes the access tokens of sessions worthless and ends what is being sent to them: here when the transaction is committed,
    /// elsewhere when the signal comes, or when it is next looked.
    func forget(_ sessions: [SessionID], in transaction: any Transaction) async throws {
        guard !sessions.isEmpty else { return }
        let now = ambient.now()
        let until = now.addingTimeInterval(tokens.lifetime)
        try await sessionStore.markEnded(sessions, until: until, now: now, in: transaction)
        transaction.signal(Signal(.endedSessions))
        transaction.afterCommit { [ended] in ended.add(sessions.map { ($0, until) }, at: now) }
    }

    /// Reads which sessions ended in other processes, or before this one began. To be called before the first request.
    package func readEndedSessions() async throws {
        let now = ambient.now()
        let sessions = try await database.read(as: .system) { try await sessionStore.endedSessions(at: now, in: $0) }
        ended.add(sessions, at: now)
    }
}
