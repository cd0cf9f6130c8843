package import Ambient
import Database
import Events
import Telemetry

extension AccountsService {
    package func delete(_ id: UserID, password: String, code: String? = nil) async throws {
        try await delete(id, by: id, ShownProof(password: password, code: code))
    }

    /// Removes an account and, through the farewells, everything that is kept of it.
    ///
    /// - Parameter asker: its owner or an administrator, whose proof it is.
    package func delete(_ id: UserID, by asker: UserID, _ shown: ShownProof) async throws {
        _ = try await confirm(asker, shown)
        try await database.transaction(as: .system) { transaction in
            // Whatever is being brought in for this account is there by now, or comes too late.
            guard try await store.lock(id, in: transaction), let user = try await store.user(id, in: transaction) else {
                throw id == asker ? AccountsFailure.noUser : AccountsFailure.noSuchUser
            }
            // It grows with what they have.
            try await transaction.withoutTimeLimit()
            try await forget(try await sessionStore.endAll(of: id, except: nil, in: transaction), in: transaction)
            for farewell in farewells { try await farewell(id, transaction) }
            guard try await store.delete(user, in: transaction) else { throw AccountsFailure.lastAdministrator }
            // Nobody's event, since nobody is there to have it.
            try await outbox.append(
                EventDraft(
                    type: AccountsEvents.deleted.name, userID: nil, payload: AccountsEvents.Deleted(userID: id.description)),
                in: transaction)
        }
        logger.info("account removed", ["user_id": "\(id)", "by": "\(asker)"])
    }
}
