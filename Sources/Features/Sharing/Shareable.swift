package import Ambient
package import Database

/// What can be shared, as the feature that keeps it tells.
package protocol Shareable: Sendable {
    associatedtype Kind

    var kind: SharedKind { get }
    var table: ShareTable { get }

    /// What a thing is called if it is the owner's own; nil if it is not.
    func title(of id: Identifier<Kind>, owner: UserID, in transaction: any Transaction) async throws -> String?

    /// Why somebody whose it is not cannot share it: that there is no such thing or, to who may read it, that it is another's.
    func refusal(of id: Identifier<Kind>, to user: UserID, in transaction: any Transaction) async throws -> any Error
}

package enum SharedKind: String, Sendable, Codable, CaseIterable {
    case document, course, quiz
}
