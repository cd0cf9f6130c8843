package import Assembly

/// What an answer would have a tool make: it is made when the student says so, and can be taken back.
package struct Proposal: Codable, Sendable, Hashable {
    package enum State: String, Codable, Sendable, Hashable, CaseIterable {
        /// The student has not said anything to it.
        case proposed
        /// It is made.
        case done
        /// It was made, and taken back.
        case undone
    }

    /// `quiz_make`: the tool's name.
    package var tool: String
    /// What it is to be about, of a tool that has such a field; nil for everything that the conversation is about.
    package var topic: String?
    package var count: Int?
    /// Which of several kinds, such as `cheat_sheet`.
    package var kind: String?
    package var title: String?
    package var state: State
    /// What was made.
    package var deed: ToolDeed?
}
