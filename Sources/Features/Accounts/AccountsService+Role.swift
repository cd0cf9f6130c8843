package import Ambient
import Database
import Events
import Telemetry

extension AccountsService {
    /// Gives somebody another role; returns the account as it is now.
    ///
    /// Their access tokens hold the role. Who may do more from now on does so with the next token; who may no longer do
    /// something is signed out everywhere at once.
    ///
    /// - Parameter by: the administrator who does it; nil on the machine's command line.
    /// - Throws: `notFound` if there is no such account; `conflict` if nobody would be an administrator any more.
    package func setRole(_ role: UserRole, of id: UserID, by actor: UserID? = nil) async throws -> User {
        let (user, hasChanged) = try await database.transaction(as: .system) { transaction -> (User, Bool) in
            let administrators = try await store.lockAdministrators(in: transaction)
            // Nobody signs in with the old role meanwhile.
            guard try await store.lock(id, in: transaction), let known = try await store.user(id, in: transaction) else {
                throw AccountsFailure.noSuchUser
            }
            if known.role == role { return (known, false) }
            if role != .administrator, administrators == [id] { throw AccountsFailure.nobodyLeft }
            if !role.includes.isSuperset(of: known.role.includes) {
                try await forget(try await sessionStore.endAll(of: id, except: nil, in: transaction), in: transaction)
            }
            guard let user = try await store.setRole(role, of: id, in: transaction) else { throw AccountsFailure.noSuchUser }
            try await outbox.append(
                EventDraft(
                    type: AccountsEvents.roleChanged.name, userID: id,
                    payload: AccountsEvents.RoleChanged(userID: id.description, role: role.rawValue)),
                in: transaction)
            return (user, true)
        }
        if hasChanged {
            logger.notice(
                "role changed", ["user_id": "\(id)", "role": role.rawValue, "by": actor?.description ?? "command line"])
        }
        return user
    }
}
