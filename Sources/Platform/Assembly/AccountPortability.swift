package import Ambient
package import Database

/// How what a feature keeps of one person leaves the program: as a copy for that person, and for good.
package struct AccountPortability: Sendable {
    /// One file of an export.
    package struct Entry: Sendable {
        package enum Content: Sendable {
            /// JSON, as the API would give it.
            case json(any Encodable & Sendable)
            /// A stored file, by its SHA-256.
            case blob(String)
        }

        /// Within the export: `documents/0197….pdf`.
        package let path: String
        package let content: Content

        package init(_ path: String, json: any Encodable & Sendable) {
            self.path = path
            content = .json(json)
        }

        package init(_ path: String, blob: String) {
            self.path = path
            content = .blob(blob)
        }
    }

    /// Everything that is kept of the person, read in one snapshot.
    package let export: @Sendable (UserID, any Transaction) async throws -> [Entry]
    /// Removes what the foreign keys to the person's account do not remove by themselves, in the transaction that removes the account.
    package let erase: (@Sendable (UserID, FeatureGround, any Transaction) async throws -> Void)?

    package init(
        export: @escaping @Sendable (UserID, any Transaction) async throws -> [Entry],
        erase: (@Sendable (UserID, FeatureGround, any Transaction) async throws -> Void)? = nil
    ) {
        self.export = export
        self.erase = erase
    }
}
