/// Everything that an answer is made from.
package struct AnswerPrompt: Sendable, Hashable {
    /// As the person wrote it.
    package var question: String
    /// The same, understandable without the conversation: “and in plants?” has become “What is respiration in plants?”.
    package var standaloneQuestion: String
    /// Earlier turns, oldest first.
    package var history: [ChatTurn]
    /// The best first, numbered from 1 in that order.
    package var passages: [SourcePassage]

    package init(question: String, standaloneQuestion: String? = nil, history: [ChatTurn] = [], passages: [SourcePassage]) {
        self.question = question
        self.standaloneQuestion = standaloneQuestion ?? question
        self.history = history
        self.passages = passages
    }
}

package struct ChatTurn: Sendable, Hashable {
    package enum Role: String, Sendable, Hashable, Codable { case user, assistant }

    package var role: Role
    package var content: String

    package init(_ role: Role, _ content: String) {
        self.role = role
        self.content = content
    }
}

/// A passage as a model sees it. The answer cites it as `[number]`.
package struct SourcePassage: Sendable, Hashable {
    package var number: Int
    /// The document's title.
    package var title: String
    package var section: String?
    package var page: Int?
    package var text: String

    package init(number: Int, title: String, section: String? = nil, page: Int? = nil, text: String) {
        self.number = number
        self.title = title
        self.section = section
        self.page = page
        self.text = text
    }
}
