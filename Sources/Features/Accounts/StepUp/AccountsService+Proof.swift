import Ambient
import Database
import FoundationEssentials

extension AccountsService {
    /// For how long a session that was proved needs no other proof, in seconds.
    static let proofLifetime: TimeInterval = 600

    /// Makes sure that it is the account's owner who asks: before what cannot be undone.
    ///
    /// - Parameter field: that the password stands in.
    func confirm(_ id: UserID, _ shown: ShownProof, field: String = "password") async throws -> User {
        if let password = shown.password { return try await confirm(id, password, code: shown.code, field: field) }
        return try await database.read(as: .user(id)) { transaction in
            guard let user = try await store.user(id, in: transaction) else { throw AccountsFailure.noUser }
            guard let session = shown.session,
                let proved = try await sessionStore.proved(session, of: id, in: transaction),
                ambient.now().timeIntervalSince(proved) < Self.proofLifetime
            else { throw AccountsFailure.invalid(field, "is required") }
            return user
        }
    }

    /// Takes a password, and a code where one is asked for, as a proof that holds for ten minutes.
    ///
    /// - Returns: until when.
    func prove(_ id: UserID, password: String, code: String?, session: SessionID) async throws -> Date {
        _ = try await confirm(id, password, code: code, field: "password")
        return try await database.transaction(as: .user(id)) { try await markProved(session, of: id, in: $0) }
    }

    func markProved(_ session: SessionID, of id: UserID, in transaction: any Transaction) async throws -> Date {
        let now = ambient.now()
        guard try await sessionStore.setProved(session, of: id, at: now, in: transaction) else {
            throw AccountsFailure.sessionOver
        }
        return now.addingTimeInterval(Self.proofLifetime)
    }
}
