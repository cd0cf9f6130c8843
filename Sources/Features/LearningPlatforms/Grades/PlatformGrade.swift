import Ambient
import Database
import FoundationEssentials

enum PlatformGradeMarker {}
typealias PlatformGradeID = Identifier<PlatformGradeMarker>

/// What goes to a platform of one learner and one link: where it goes, what it is, and whether it arrived.
struct PlatformGrade: Sendable, Hashable {
    enum State: String, Sendable, Codable, CaseIterable, SQLCodable {
        /// Nothing was handed in yet.
        case open
        case waiting
        case sent
        case failed
    }

    let id: PlatformGradeID
    let learner: UserID
    let placement: PlacementID
    /// The link, in the platform's own words.
    let resourceLink: String
    /// The learner, in the platform's own words.
    let subject: String
    let lineItems: String?
    let lineItem: String?
    let scopes: [String]
    let state: State
    /// What was told last.
    let score: Double?
    let maximum: Double?
    /// When what is to be told changed.
    let changedAt: Date?
    let sentAt: Date?
    /// Why it did not arrive, for the teacher.
    let failure: String?
    /// Since when the learner came by the link: what was handed in before is not told.
    let createdAt: Date
}
