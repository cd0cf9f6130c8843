package import Ambient
import Database
import FoundationEssentials
import Sharing

package enum PlacementMarker {}
package typealias PlacementID = Identifier<PlacementMarker>

package enum PlatformContextMarker {}
package typealias PlatformContextID = Identifier<PlatformContextMarker>

/// A course of a platform, as one teacher has it here: a class of theirs.
struct PlatformContext: Sendable, Hashable {
    let id: PlatformContextID
    let teacher: UserID
    let platform: LearningPlatformID
    let deployment: String
    /// By which the platform knows it.
    let context: String
    let classID: ClassID
}

/// A thing of a teacher's that a course of a platform links to.
struct Placement: Sendable, Hashable {
    let id: PlacementID
    let teacher: UserID
    let context: PlatformContextID
    let kind: SharedKind
    let thing: UUID
    let createdAt: Date
}
