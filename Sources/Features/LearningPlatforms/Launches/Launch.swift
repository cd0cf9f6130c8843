package import Ambient
import FoundationEssentials

package enum LaunchMarker {}
package typealias LaunchID = Identifier<LaunchMarker>

/// A launch that is under way: from the platform's first word until the page that it leads to, or what was chosen is given back.
struct Launch: Sendable {
    /// Seconds that signing in may take.
    static let lifetime: TimeInterval = 600
    /// Seconds for which one that has come in may be gone on with: to agree to a class, or to choose.
    static let enteredLifetime: TimeInterval = 3600

    let id: LaunchID
    let platform: LearningPlatformID
    /// Who came by it; nil until they are signed in.
    var userID: UserID?
    /// What the platform said, sealed; nil until its answer came.
    let told: String?
    /// What was chosen, in a deep-linking launch.
    let placements: [PlacementID]?
    let expiresAt: Date
    /// When the platform's answer came: it is taken once.
    let answeredAt: Date?
    let enteredAt: Date?

    /// Where what is sealed of one belongs.
    static func place(_ id: LaunchID) -> String { "learning_launches.told/\(id)" }
}
