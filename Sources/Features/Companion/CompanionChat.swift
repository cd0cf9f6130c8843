package import Ambient
package import Courses
package import FoundationEssentials
package import Passages

package enum SessionKind {}
/// A session is a conversation of the chat under the same id: what is said can be read and continued in text.
package typealias SessionID = Identifier<SessionKind>

/// What the companion asks of the chat: a port that the program wires, since features do not know each other.
package struct CompanionChat: Sendable {
    /// A finished answer.
    package struct Answer: Sendable, Codable, Equatable {
        package var messageID: UUID
        package var text: String
        package var citations: Int
        /// Why there is none, where it failed.
        package var problem: String?

        package init(messageID: UUID, text: String, citations: Int, problem: String? = nil) {
            (self.messageID, self.text, self.citations, self.problem) = (messageID, text, citations, problem)
        }
    }

    /// A message, as far as summaries need it.
    package struct Turn: Sendable, Equatable {
        package let number: Int
        package let isStudent: Bool
        package let text: String

        package init(number: Int, isStudent: Bool, text: String) {
            (self.number, self.isStudent, self.text) = (number, isStudent, text)
        }
    }

    /// Begins a conversation about some of the student's documents, of which something may be remembered or not.
    let begin: @Sendable (CourseID?, [DocumentID]?, _ remembers: Bool, UserID) async throws -> SessionID
    /// Whether a conversation is remembered from and for. Throws where it is not the student's.
    let remembers: @Sendable (SessionID, UserID) async throws -> Bool
    /// Asks; the answer's message is being written when this returns.
    let ask: @Sendable (String, SessionID, UserID) async throws -> UUID
    /// Follows an answer to its end, and hands on its text as it grows.
    let follow: @Sendable (UUID, UserID, @Sendable (String) async throws -> Void) async throws -> Answer
    /// Ends an answer where it stands.
    let stop: @Sendable (UUID, UserID) async throws -> Void
    /// Adds a turn that the companion answered itself.
    let note: @Sendable (_ said: String, _ answered: String, _ model: String, SessionID, UserID) async throws -> UUID
    /// What was said before the last messages, in short; nil while there are few.
    let summary: @Sendable (SessionID, UserID) async throws -> String?
    /// Sums up what has come, if it is enough.
    let sumUp: @Sendable (SessionID, UserID) async throws -> Void
    /// Messages behind a number, and the number of the last.
    let turns: @Sendable (SessionID, _ after: Int, _ limit: Int, UserID) async throws -> (list: [Turn], last: Int)

    package init(
        begin: @escaping @Sendable (CourseID?, [DocumentID]?, Bool, UserID) async throws -> SessionID,
        remembers: @escaping @Sendable (SessionID, UserID) async throws -> Bool,
        ask: @escaping @Sendable (String, SessionID, UserID) async throws -> UUID,
        follow: @escaping @Sendable (UUID, UserID, @Sendable (String) async throws -> Void) async throws -> Answer,
        stop: @escaping @Sendable (UUID, UserID) async throws -> Void,
        note: @escaping @Sendable (String, String, String, SessionID, UserID) async throws -> UUID,
        summary: @escaping @Sendable (SessionID, UserID) async throws -> String?,
        sumUp: @escaping @Sendable (SessionID, UserID) async throws -> Void,
        turns: @escaping @Sendable (SessionID, Int, Int, UserID) async throws -> (list: [Turn], last: Int)
    ) {
        (self.begin, self.remembers, self.ask, self.follow) = (begin, remembers, ask, follow)
        (self.stop, self.note, self.summary, self.sumUp, self.turns) = (stop, note, summary, sumUp, turns)
    }
}

/// What the companion remembers of a student beyond a conversation: a port, behind which another feature keeps it.
///
/// What is said is kept by the chat, with the message that it becomes.
package struct CompanionMemory: Sendable {
    /// The memories that bear on what is said, the best first.
    let recall: @Sendable (_ said: String, _ limit: Int, UserID) async throws -> [String]

    package init(recall: @escaping @Sendable (String, Int, UserID) async throws -> [String]) { self.recall = recall }

    /// Remembers nothing.
    package static let none = CompanionMemory { _, _, _ in [] }
}

/// What writes recordings down for the companion: a port.
package struct CompanionHearing: Sendable {
    /// What is said in the parts of a file of sound, and in which language.
    let hear:
        @Sendable (AsyncThrowingStream<[UInt8], any Error>, _ language: String?) async throws -> (text: String, language: String?)

    package init(
        hear:
            @escaping @Sendable (AsyncThrowingStream<[UInt8], any Error>, String?) async throws -> (text: String, language: String?)
    ) {
        self.hear = hear
    }
}
