package import Ambient

/// Judges typed answers that rules leave open: a language model, by a rubric.
package protocol AnswerJudging: Sendable {
    /// - Parameter user: on whose behalf.
    /// - Throws: where it cannot be asked, or does not keep to the form; what stood before then stands.
    func judge(_ answer: OpenAnswer, for user: UserID) async throws -> RubricJudgement
}

/// A typed answer, and what it is measured against.
package struct OpenAnswer: Sendable, Hashable {
    /// What was asked.
    package var stem: String
    /// Of which the first is the reference.
    package var key: TypedKey
    /// Why the reference is right, as the document says it.
    package var explanation: String
    package var text: String
    /// What the student holds against an earlier judgement.
    package var objection: String?

    package init(stem: String, key: TypedKey, explanation: String, text: String, objection: String? = nil) {
        self.stem = stem
        self.key = key
        self.explanation = explanation
        self.text = text
        self.objection = objection
    }
}

/// How an answer does by its rubric.
package struct RubricJudgement: Sendable, Hashable {
    package var grade: Grade
    /// In a sentence, for the student.
    package var why: String

    package init(_ grade: Grade, why: String) {
        self.grade = grade
        self.why = why
    }
}
