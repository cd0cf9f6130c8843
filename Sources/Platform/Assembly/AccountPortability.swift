package import Ambient
package import Database

/// How what a feature keeps of one person leaves the program, as a copy for that person and for good, and how such a copy comes in.
package struct AccountPortability: Sendable {
    /// The store of what people brought; others are named by their folders.
    package static let documents = "files"

    /// One file of an export.
    package struct Entry: Sendable {
        package enum Content: Sendable {
            /// JSON, as the API would give it.
            case json(any Encodable & Sendable)
            /// A file of a store, by its SHA-256.
            case blob(String, store: String)
        }

        /// Within the export: `documents/0197….pdf`.
        package let path: String
        package let content: Content

        package init(_ path: String, json: any Encodable & Sendable) {
            self.path = path
            content = .json(json)
        }

        package init(_ path: String, blob: String, in store: String = AccountPortability.documents) {
            self.path = path
            content = .blob(blob, store: store)
        }
    }

    /// Everything that is kept of the person, read in one snapshot.
    package let export: @Sendable (UserID, any Transaction) async throws -> [Entry]
    /// What of its tables comes in again on another installation, each after those that it refers to.
    package let tables: [PortableTable]
    /// Its tables with rows of people that do not travel, and why: secrets, what others have a part in, what can be made again.
    package let staying: [String: StayingReason]
    /// Goes on with what came in, in a transaction after all of it did. May be called again.
    package let arrived: (@Sendable (UserID, FeatureGround, any Transaction) async throws -> Void)?
    /// Removes what the foreign keys to the person's account do not remove by themselves, in the transaction that removes the account.
    package let erase: (@Sendable (UserID, FeatureGround, any Transaction) async throws -> Void)?

    package init(
        export: @escaping @Sendable (UserID, any Transaction) async throws -> [Entry], tables: [PortableTable] = [],
        staying: [String: StayingReason] = [:],
        arrived: (@Sendable (UserID, FeatureGround, any Transaction) async throws -> Void)? = nil,
        erase: (@Sendable (UserID, FeatureGround, any Transaction) async throws -> Void)? = nil
    ) {
        self.export = export
        self.tables = tables
        self.staying = staying
        self.arrived = arrived
        self.erase = erase
    }
}

/// Why rows of a person stay where they are.
package enum StayingReason: String, Sendable, Codable, CaseIterable {
    /// It opens something, or is bound to this server.
    case secret
    /// Others have a part in it, who have no accounts at the other end.
    case people
    /// It is made again from what travels.
    case derived
    /// What was in hand, and what happened.
    case passing
}
