package import Ambient
import Database
import Events
import Telemetry

extension AccountsService {
    /// Removes the account and, through the farewells, everything that is kept of it.
    package func delete(_ id: UserID, password: String, code: String? = nil) async throws {
        let user = try await confirm(id, password, code: code, field: "password")
        try await database.transaction(as: .system) { transaction in
            // Whatever is being brought in for this account is there by now, or comes too late.
            guard try await store.lock(id, in: transaction) else { throw AccountsFailure.noUser }
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
        logger.info("account removed", ["user_id": "\(id)"])
    }
}
