import Ambient
import Cryptography
import Database
import FoundationEssentials

extension AccountsService {
    /// Makes the access tokens of sessions worthless: here when the transaction is committed, elsewhere when it is next looked.
    func forget(_ sessions: [SessionID], in transaction: any Transaction) async throws {
        guard !sessions.isEmpty else { return }
        let now = ambient.now()
        let until = now.addingTimeInterval(tokens.lifetime)
        try await store.markEnded(sessions, until: until, now: now, in: transaction)
        transaction.afterCommit { [ended] in ended.add(sessions.map { ($0, until) }, at: now) }
    }

    /// Reads which sessions ended in other processes, or before this one began. To be called before the first request.
    package func readEndedSessions() async throws {
        let now = ambient.now()
        let sessions = try await database.read(as: .system) { try await store.endedSessions(at: now, in: $0) }
        ended.add(sessions, at: now)
    }
}
