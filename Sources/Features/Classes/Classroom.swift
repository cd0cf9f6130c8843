import Ambient
import FoundationEssentials
import Sharing

/// A teacher and the students who have joined.
struct Classroom: Sendable, Hashable {
    let id: ClassID
    /// Whose it is.
    let teacher: UserID
    var name: String
    /// What it is about, in the teacher's words.
    var about: String
    /// By which students join; nil where the teacher has none.
    var code: String?
    /// Nobody joins any more, and nothing is shared with it any more.
    var isArchived: Bool
    let createdAt: Date
    var updatedAt: Date
}

/// A student of a class.
struct ClassMember: Sendable, Hashable {
    let id: UserID
    let name: String
    let joinedAt: Date
}

enum ClassShareKind {}
typealias ClassShareID = Identifier<ClassShareKind>

/// That a thing of the teacher's is there for a class.
struct ClassShare: Sendable, Hashable {
    let id: ClassShareID
    let kind: SharedKind
    /// Of the document, the course or the quiz.
    let thing: UUID
    let sharedAt: Date
}
