/// Makes questions from a text. What it gives is good enough to be shown; what is not, it drops and says why.
package protocol QuestionDrafting: Sendable {
    /// Questions as they are made, the best of each stretch first; ends when there are `count`, or when the text gives no more.
    ///
    /// Few good questions are better than many: a text that gives six gives six.
    func drafts(from source: QuestionSource, as wish: DraftWish) -> AsyncThrowingStream<DraftEvent, any Error>

    /// What is missing here that would make more or better questions, such as `wordnet`; empty where all is there.
    var missing: [DraftingResource] { get }
}

/// What questions are wanted.
package struct DraftWish: Sendable, Hashable {
    /// At most so many.
    package var count: Int
    /// nil for whatever suits the text.
    package var kinds: Set<QuestionKind>?
    /// 1 to 5; nil for any.
    package var difficulties: ClosedRange<Int>?
    /// `more` gives those kinds too that are right less often, after the standard ones.
    package var tier: QuestionTier
    /// Words that questions must have to do with; nil for the whole text.
    package var topic: String?
    /// Stems that are there already: no question is made that asks the same.
    package var known: [String]
    /// The same number gives the same questions with options in the same order.
    package var seed: UInt64

    package init(
        count: Int, kinds: Set<QuestionKind>? = nil, difficulties: ClosedRange<Int>? = nil, tier: QuestionTier = .standard,
        topic: String? = nil, known: [String] = [], seed: UInt64 = 0
    ) {
        self.count = count
        self.kinds = kinds
        self.difficulties = difficulties
        self.tier = tier
        self.topic = topic
        self.known = known
        self.seed = seed
    }
}

package enum DraftEvent: Sendable, Hashable {
    /// How much of the text has been read, of all.
    case progress(done: Int, of: Int)
    case question(DraftQuestion)
    /// Comes last, once.
    case finished(DraftSummary)
}

/// What became of a text.
package struct DraftSummary: Sendable, Hashable, Codable {
    /// Of the whole text.
    package var words: Int
    package var sentences: Int
    package var questions: Int
    /// Sentences and questions that a gate held back, by the first gate that did.
    package var dropped: [DropReason: Int]
    /// Why there are fewer questions than might be, where that is known.
    package var notes: [DraftNote]

    package init(
        words: Int = 0, sentences: Int = 0, questions: Int = 0, dropped: [DropReason: Int] = [:], notes: [DraftNote] = []
    ) {
        self.words = words
        self.sentences = sentences
        self.questions = questions
        self.dropped = dropped
        self.notes = notes
    }
}

/// Why a text gave fewer questions than might be.
package enum DraftNote: String, Sendable, Hashable, Codable, CaseIterable {
    /// Questions are made of English sentences; of another language only of its lists and glossaries.
    case notEnglish = "not_english"
    case noText = "no_text"
    /// Every question that passes was given: the text yields no more.
    case exhausted
    /// More of the kinds that are right less often could be made.
    case moreAvailable = "more_available"
    /// Numbers of the text, or the order of its steps, could be asked for: they are given only to who asks for that kind alone.
    case onlyNamed = "only_named"
    /// The parser's model is not installed: only lists and glossaries were read.
    case noParser = "no_parser"
}

/// Files that drafting reads and can do without.
package enum DraftingResource: String, Sendable, Hashable, Codable, CaseIterable {
    case parser, wordnet, frequencies, vectors
}

/// Which gate held a sentence or a question back.
package enum DropReason: String, Sendable, Hashable, Codable, CaseIterable, CodingKeyRepresentable {
    // Sentences.
    case length, form, code, reference, person, time, aboutDocument = "about_document", uncertain, noVerb = "no_verb"
    case noTerm = "no_term"
    /// Not understandable without what stands before it.
    case dangling
    /// A heading, a caption, front matter, a list of references.
    case matter
    // Questions.
    case grammar
    /// The stem gives the answer away.
    case giveAway = "give_away"
    /// Too few distractors of proven kinship, and no typed form of the question.
    case distractors
    /// An option that the text makes right too.
    case alsoRight = "also_right"
    case weakKey = "weak_key"
    case duplicate
    /// Enough of the same key or sentence.
    case repeated
    /// Not of the kinds, difficulty or topic that were wished for.
    case unwanted
}
