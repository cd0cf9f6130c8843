/// What a text says, sentence by sentence, and what it is about: its terms, what they mean and how sentences relate them.
///
/// Made with what questions are made with, so that a note and a quiz of one text speak of the same things.
package struct TextSurvey: Sendable {
    /// A sentence or an item of a list.
    package struct Statement: Sendable, Hashable {
        /// Where `isClear`, without an opening connective, and with `It` told; else as it stands.
        package var text: String
        /// What stands in the text, and where.
        package var origin: QuestionOrigin
        /// Sentences of one paragraph share it.
        package var paragraph: Int
        package var isListItem: Bool
        /// It needs nothing that stands before it, and is no caption, code or reference.
        package var standsAlone: Bool
        /// It is understood by who reads the heading above it: notes stand below headings. Whatever stands alone does.
        package var isClear: Bool
        /// Places of the terms that it names, in `terms`.
        package var terms: [Int]

        package init(
            text: String, origin: QuestionOrigin, paragraph: Int, isListItem: Bool, standsAlone: Bool, isClear: Bool, terms: [Int]
        ) {
            self.text = text
            self.origin = origin
            self.paragraph = paragraph
            self.isListItem = isListItem
            self.standsAlone = standsAlone
            self.isClear = isClear
            self.terms = terms
        }
    }

    /// A thing that the text is about.
    package struct Subject: Sendable, Hashable {
        /// As it stands within a sentence.
        package var name: String
        /// How much the text turns on it; comparable within one survey only.
        package var score: Double
        package var isHeading: Bool
        /// What it is, where the text says so.
        package var meaning: Meaning?

        package init(name: String, score: Double, isHeading: Bool, meaning: Meaning?) {
            self.name = name
            self.score = score
            self.isHeading = isHeading
            self.meaning = meaning
        }
    }

    /// What the text says that a thing is.
    package struct Meaning: Sendable, Hashable {
        /// `a piece of data with a header`; the whole sentence where it cannot be cut out.
        package var text: String
        package var origin: QuestionOrigin
        /// `text` is the whole sentence.
        package var isSentence: Bool

        package init(text: String, origin: QuestionOrigin, isSentence: Bool) {
            self.text = text
            self.origin = origin
            self.isSentence = isSentence
        }
    }

    /// What a sentence says between two terms.
    package struct Relation: Sendable, Hashable {
        /// Places in `terms`.
        package var from: Int
        package var to: Int
        /// The words between the two.
        package var label: String
        /// Place in `statements`.
        package var statement: Int

        package init(from: Int, to: Int, label: String, statement: Int) {
            self.from = from
            self.to = to
            self.label = label
            self.statement = statement
        }
    }

    package var statements: [Statement]
    /// Those on which it turns most first.
    package var terms: [Subject]
    package var relations: [Relation]
    /// Of the whole text.
    package var words: Int
    /// ISO 639-1; nil where it is not plain.
    package var language: String?
    /// Why less is known than might be.
    package var notes: [DraftNote]

    package init(
        statements: [Statement], terms: [Subject], relations: [Relation], words: Int, language: String?, notes: [DraftNote] = []
    ) {
        self.statements = statements
        self.terms = terms
        self.relations = relations
        self.words = words
        self.language = language
        self.notes = notes
    }
}

/// Surveys texts; where files for it are missing, it sees less and says so in `TextSurvey.notes`.
package protocol TextSurveying: Sendable {
    /// - Parameter progress: called from any thread with how many sentences are done, of all.
    func survey(_ source: QuestionSource, progress: @escaping @Sendable (Int, Int) -> Void) async throws -> TextSurvey
}
