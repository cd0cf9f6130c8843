package import FoundationEssentials

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
    /// What stands around the passages in their documents, numbered on from them: for who reads whole sections.
    package var neighbours: [SourcePassage]
    /// The passages are not what a search found but a part of a document, in its order, that is to be told in short: what stands
    /// under these headings, all of it where there are none. nil where a question is to be answered.
    package var reading: [String]?
    /// What is known of the student, for a model that reads notes. They are no sources.
    package var notes: [StudentNote] = []
    /// How the student wants to be spoken to, for a model that reads notes: of a persona that they chose.
    package var manner: String?
    /// What was said in the conversation before `history`, in short, for a model that reads notes. It is no source.
    package var summary: String?
    /// What may be called instead of answering, for a model that reads notes.
    package var tools: [ModelTool] = []
    /// The student wants short answers.
    package var wantsShort = false

    package init(
        question: String, standaloneQuestion: String? = nil, history: [ChatTurn] = [], passages: [SourcePassage],
        neighbours: [SourcePassage] = [], reading: [String]? = nil
    ) {
        self.question = question
        self.standaloneQuestion = standaloneQuestion ?? question
        self.history = history
        self.passages = passages
        self.neighbours = neighbours
        self.reading = reading
    }
}

/// Something that a student said of themself, for who answers to suit them.
package struct StudentNote: Sendable, Hashable {
    package var text: String
    /// `preference`, `goal`, `weak_topic`.
    package var about: String
    package var toldAt: Date

    package init(text: String, about: String, toldAt: Date) {
        self.text = text
        self.about = about
        self.toldAt = toldAt
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
    /// Where a stretch of a passage's text begins that stands under other headings than what is before it.
    package struct Section: Sendable, Hashable {
        /// In Unicode scalars.
        package var offset: Int
        /// The headings above, outermost first.
        package var path: [String]

        package init(offset: Int, path: [String]) {
            self.offset = offset
            self.path = path
        }
    }

    package var number: Int
    /// The document's title.
    package var title: String
    package var section: String?
    package var page: Int?
    package var text: String
    /// Tells documents of the same title apart.
    package var document: String
    /// Its place among the passages of its document, if that is known.
    package var ordinal: Int?
    /// The sections that it holds, in order; the first begins at 0.
    package var sections: [Section]
    /// What the search gave it; nil where no search found it.
    package var score: Double?

    package init(
        number: Int, title: String, section: String? = nil, page: Int? = nil, text: String, document: String? = nil,
        ordinal: Int? = nil, sections: [Section]? = nil, score: Double? = nil
    ) {
        self.number = number
        self.title = title
        self.section = section
        self.page = page
        self.text = text
        self.document = document ?? title
        self.ordinal = ordinal
        let path = section.map { $0.split(separator: " › ").map(String.init) } ?? []
        self.sections = sections ?? [Section(offset: 0, path: path)]
        self.score = score
    }
}
