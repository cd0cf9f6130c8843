package import Ambient
import Cryptography
import Database
import Telemetry

extension AccountsService {
    /// Sets a new password and ends every other session.
    ///
    /// - Parameter old: nil where the session was proved a moment ago.
    package func changePassword(of id: UserID, from old: String?, to new: String, code: String? = nil, keeping session: SessionID?)
        async throws
    {
        let user = try await confirm(
            id, ShownProof(password: old, code: code, session: session), field: "current_password")
        if let objection = passwordRules.objection(to: new, email: EmailAddress(user.email)) {
            throw AccountsFailure.invalid("new_password", objection)
        }
        let hash = try await passwords.hash(new.composed)
        try await database.transaction(as: .user(id)) { transaction in
            try await store.setPassword(hash, of: id, at: ambient.now(), in: transaction)
            try await tellChanged(AccountSecurityEvents.passwordChanged, of: id, in: transaction)
            try await forget(try await sessionStore.endAll(of: id, except: session, in: transaction), in: transaction)
        }
        logger.info("password changed", ["user_id": "\(id)"])
    }
}
