package import Database
import Failures

/// Whether the database keeps people's rows apart, whatever a statement forgets.
///
/// Where PostgreSQL is asked by a role that passes by row-level security, one account may live; several may not.
package enum AccountsIsolation: Sendable {
    case holds
    /// The role passes by row-level security, and there is nobody to be kept from anybody.
    case needless
    /// The role passes by row-level security, and there are several accounts.
    case broken

    package static func found(in database: any Database) async throws -> AccountsIsolation {
        try await database.read(as: .system) { transaction in
            guard try await RowSecurity.isBypassed(in: transaction) else { return .holds }
            return try await AccountStore().hasSeveralUsers(in: transaction) ? .broken : .needless
        }
    }

    package static let remedy = "Name a plain role that owns the database in LM_DATABASE_URL."
}

extension AccountsService {
    /// Throws `unavailable` where several people's rows are not kept apart.
    package func checkIsolation() async throws {
        if try await AccountsIsolation.found(in: database) == .broken { throw AccountsFailure.notIsolated }
    }
}
