package import Failures
import SourceTexts

/// What Quizzes refuses.
package struct QuizzesFailure: Failure {
    package let code: FailureCode
    package let message: String
    package let details: [String: String]

    init(_ code: FailureCode, _ message: String, details: [String: String] = [:]) {
        self.code = code
        self.message = message
        self.details = details
    }

    static let noQuiz = QuizzesFailure(.notFound, "There is no such quiz.")
    static let noQuestion = QuizzesFailure(.notFound, "There is no such question.")
    static let noAttempt = QuizzesFailure(.notFound, "There is no such attempt at this quiz.")
    static let readOnly = QuizzesFailure(
        .forbidden, "Somebody shares this quiz with you: you can take it and copy it, and change nothing of it.")
    static let noCourse = QuizzesFailure(.conflict, "This quiz is in no course whose readers it could be given to.")
    static let foreignCourse = QuizzesFailure(.forbidden, "This course is another's: only its owner gives quizzes to its readers.")
    static let notReady = QuizzesFailure(.conflict, "This quiz has no questions yet. Wait until it is made, or add some.")
    static let isGenerating = QuizzesFailure(.conflict, "This quiz is being made. Wait until it is ready, or stop it.")
    static let notGenerated = QuizzesFailure(.conflict, "This quiz was not made from documents, so it cannot be made anew.")
    static let isSubmitted = QuizzesFailure(.conflict, "This attempt has been submitted already.")
    static let notSubmitted = QuizzesFailure(.conflict, "This attempt has not been submitted yet.")
    static let notPractice = QuizzesFailure(.conflict, "In an exam, answers are judged at the end.")
    static let noModel = QuizzesFailure(
        .conflict,
        "There is no language model here that could look at it again. Compare it with the right answer, and decide yourself.")
    static let notRejudged = QuizzesFailure(
        .conflict, "This answer is not looked at again: it is chosen and not typed, you have decided it, or it has been already.")
    static let modelUnavailable = QuizzesFailure(
        .unavailable, "The language model could not be asked. What stands stays; you can decide it yourself.")
    static let stale = QuizzesFailure(
        .conflict, "This question has been changed meanwhile. Read it again, and make your change in what is there now.",
        details: ["version": "is not the question's version any more"])
    static let nothingWrong = QuizzesFailure(.unprocessable, "There are no mistakes to practise: every question is known.")
    static let full = QuizzesFailure(.unprocessable, "A quiz has \(QuizService.mostQuestions) questions at most.")

    static let noFile = QuizzesFailure(.badRequest, "The form has no file.", details: ["file": "is missing"])
    static let notText = QuizzesFailure(.unprocessable, "This file is neither text nor XML.")
    static let damagedFile = QuizzesFailure(.unprocessable, "This file is damaged, or protected by a password.")
    static let fileTooLarge = QuizzesFailure(.unprocessable, "This file unpacks to more than is read.")
    static let unknownFormat = QuizzesFailure(
        .unprocessable, "No questions were found. GIFT, Moodle XML, Aiken, CSV and QTI 2.1 can be read.")

    static func nothingToImport(_ first: String?) -> QuizzesFailure {
        QuizzesFailure(
            .unprocessable,
            first.map { "No question of this file could be read. First problem, \($0)." } ?? "This file has no questions.",
            details: first.map { ["file": $0] } ?? [:])
    }

    init(_ problem: SourceProblem) {
        switch problem {
        case .unknown(let id):
            self.init(
                .validationFailed, "There is no such document.", details: ["document_ids": "\(id) is not a document of yours"])
        case .preparing(let title): self.init(.conflict, "“\(title)” is still being read. Make the quiz when that is done.")
        case .failed(let title): self.init(.unprocessable, "“\(title)” could not be read, so no questions can be made from it.")
        }
    }

    static func invalid(_ field: String, _ reason: String) -> QuizzesFailure {
        QuizzesFailure(.validationFailed, "The request is not valid: \(field) \(reason).", details: [field: reason])
    }
}
