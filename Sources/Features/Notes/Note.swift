package import Ambient
package import Courses
package import FoundationEssentials
package import Jobs
package import Passages
package import Summaries

package enum NoteIdentity {}
package typealias NoteID = Identifier<NoteIdentity>

/// What somebody wrote, or had made of their documents, to learn from.
package struct Note: Sendable, Hashable {
    package enum Status: String, Sendable, Codable, CaseIterable {
        case generating, ready, failed
    }

    package let id: NoteID
    package let userID: UserID
    package var courseID: CourseID?
    package var title: String
    package var form: NoteForm
    package var status: Status
    package var content: CitedContent
    /// What was made last: by that is known what its owner has edited since. nil where nothing was made.
    package var base: CitedContent?
    package var map: NoteMap?
    /// What it is made from; nil where it is written by hand.
    package var wish: NoteWish?
    package var making: NoteMaking
    package var problem: NoteProblem?
    /// Grows with each change; who changes it says which one they saw.
    package var version: Int
    package var jobID: JobID?
    package var createdAt: Date
    package var updatedAt: Date
}

/// How a note came about: made as one of the kinds, or written by hand.
package enum NoteForm: String, Sendable, Codable, CaseIterable {
    case outline, summary, glossary, cornell, written
    case keyPoints = "key_points"
    case cheatSheet = "cheat_sheet"
    case conceptMap = "concept_map"

    package init(_ kind: NoteKind) { self = NoteForm(rawValue: kind.rawValue) ?? .written }

    /// nil where it is written by hand.
    package var kind: NoteKind? { NoteKind(rawValue: rawValue) }
}

/// Of which texts a note is wanted, and by whom.
package struct NoteWish: Sendable, Hashable, Codable {
    package var documents: [DocumentID]?
    package var course: CourseID?
    package var topic: String?
    /// Whether the configured model may write it; else only the text's own sentences stand in it.
    package var usesModel: Bool
}

/// What making came to.
package struct NoteMaking: Sendable, Hashable, Codable {
    /// Words of the text that was read.
    package var words = 0
    /// Who wrote it; nil for sentences of the text itself.
    package var model: String?
    /// Lines of the model's that its sources do not bear out.
    package var refused = 0
    /// Why it says less than it might.
    package var remarks: [String] = []
}

/// Why a note could not be made.
package enum NoteProblem: String, Sendable, Codable, CaseIterable {
    /// There is no text in what it was to be made from.
    case noText = "no_text"
    /// The text has nothing of what this kind of note is made of, such as terms that it explains.
    case nothingFound = "nothing_found"
    case cancelled
    case failed
}

/// A note in a list.
package struct NoteOverview: Sendable, Hashable {
    package let id: NoteID
    package var courseID: CourseID?
    package var title: String
    package var form: NoteForm
    package var status: Note.Status
    package var problem: NoteProblem?
    package var version: Int
    /// How it begins.
    package var excerpt: String
    package var createdAt: Date
    package var updatedAt: Date
}
