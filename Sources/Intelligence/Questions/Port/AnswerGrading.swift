/// Grades answers without asking anybody: only what is certain is right or wrong, the rest is asked of the student.
package protocol AnswerGrading: Sendable {
    /// - Parameters:
    ///   - stem: of the question; its words count for nothing in an answer.
    /// - Throws: what the embedder throws; an answer of another form than the question is wrong with the reason `form`.
    func grade(_ answer: GivenAnswer, to content: QuestionContent, stem: String) async throws -> Grade

    /// What turns round in a typed answer what the key says: denied, opposite or exchanged. Whoever else judges it, it is not right.
    func conflict(of text: String, with key: TypedKey) async throws -> GradeReason?
}

/// What a student answered.
package enum GivenAnswer: Sendable, Hashable, Codable {
    /// Places of the chosen options; of multiple choice one.
    case choice([Int])
    case truth(Bool)
    /// Short answers and numbers.
    case text(String)
    /// One for each gap of a cloze.
    case texts([String])
    /// For each prompt of a matching question the place of the chosen answer; nil where none was chosen.
    case matches([Int?])
    /// Places of the items in the order given: `[2, 0, 1]` puts the third first.
    case order([Int])
    /// Not answered.
    case nothing
}

/// What an answer is worth.
package struct Grade: Sendable, Hashable, Codable {
    package enum Verdict: String, Sendable, Hashable, Codable, CaseIterable {
        case right, partly, wrong
        /// Not certain: shown to the student beside the reference, who says whether they said it; or judged by a model.
        case ask
    }

    package var verdict: Verdict
    /// From 0 to 1 of the question's points; of `ask` what it is worth until it is decided.
    package var share: Double
    package var reason: GradeReason

    package init(_ verdict: Verdict, share: Double, reason: GradeReason) {
        self.verdict = verdict
        self.share = share
        self.reason = reason
    }
}

/// Why an answer got its grade; worded by whoever shows it.
package enum GradeReason: String, Sendable, Hashable, Codable, CaseIterable {
    case exact
    /// The same but for case, articles, plurals, hyphens, accents.
    case normalised
    /// One letter away.
    case misspelt
    /// Its key terms are there.
    case keyTerms = "key_terms"
    /// A part of what was asked for.
    case part
    /// Says the opposite: denied where the reference does not, or the other way round.
    case negated
    /// A word that means the opposite of the reference's.
    case opposite
    /// The same words about other things: from and to exchanged, before and after.
    case exchanged
    case number
    case unit
    case numberOff = "number_off"
    /// Has nothing to do with the reference.
    case unrelated
    /// Neither certainly right nor wrong.
    case unsure
    case empty
    /// Of another form than the question asks for.
    case form
    /// By a language model, which says why.
    case judged
    /// Not certain, and the language model could not be asked.
    case modelUnavailable = "model_unavailable"
    /// Another option, place or order than the right one.
    case differs
}
