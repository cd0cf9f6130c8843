package import Ambient
package import Database
package import Events

/// Tells of sign-ins that failed, by whichever way somebody tried: for the audit log, and for whoever watches how often that is.
package struct SignInFailures: Sendable {
    /// How somebody wanted in.
    package enum Way: String, Sendable, Codable, CaseIterable {
        case password
        case passkey
        /// By another service, and then with a wrong code.
        case provider
        /// The password of a program, such as a calendar's.
        case appPassword = "app_password"
    }

    private let database: any Database
    private let outbox: EventOutbox

    package init(database: any Database, outbox: EventOutbox) { (self.database, self.outbox) = (database, outbox) }

    /// In a transaction of its own: what failed is rolled back. The same is done where there is no such account.
    ///
    /// - Parameter user: nil where nobody has such an account.
    package func tell(_ user: UserID?, way: Way, userAgent: String) async throws {
        try await database.transaction(as: .system) { transaction in
            try await outbox.append(
                EventDraft(
                    type: AccountSecurityEvents.signInFailed.name, userID: user,
                    payload: AccountSecurityEvents.SignInFailed(device: DeviceName.of(userAgent), way: way)),
                in: transaction)
        }
    }

    /// The same by the address that somebody gave.
    package func tell(email: String, way: Way, userAgent: String) async throws {
        let user = try await database.read(as: .system) { try await PeopleDirectory().find(email: email, in: $0)?.id }
        try await tell(user, way: way, userAgent: userAgent)
    }
}
