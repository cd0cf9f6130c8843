package import Ambient
package import FoundationEssentials

/// That a person may read what is somebody else's.
package struct Share: Sendable, Hashable {
    /// Who may read it.
    package let member: UserID
    /// How the member is called.
    package let name: String
    /// The address that the owner named the member by.
    package let address: String
    package let createdAt: Date
}
