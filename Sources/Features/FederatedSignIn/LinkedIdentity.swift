package import Ambient
package import FoundationEssentials

package enum LinkedIdentityMarker {}
package typealias LinkedIdentityID = Identifier<LinkedIdentityMarker>

/// An account elsewhere by which somebody signs in here.
package struct LinkedIdentity: Sendable, Hashable {
    package let id: LinkedIdentityID
    package let userID: UserID
    /// The provider by its name here.
    package let provider: String
    let issuer: String
    let subject: String
    /// As the provider told it when it was linked, for the person to know it by; nothing is decided by it.
    package let email: String?
    package let createdAt: Date
    package var lastUsedAt: Date?
}
