package import Failures
import SourceTexts

/// What Notes refuses.
package struct NotesFailure: Failure {
    package let code: FailureCode
    package let message: String
    package let details: [String: String]

    init(_ code: FailureCode, _ message: String, details: [String: String] = [:]) {
        self.code = code
        self.message = message
        self.details = details
    }

    static let noNote = NotesFailure(.notFound, "There is no such note.")
    static let noVersion = NotesFailure(.notFound, "There is no such version of this note.")
    static let noMap = NotesFailure(.notFound, "This note has no concept map.")
    static let isGenerating = NotesFailure(.conflict, "This note is being made. Wait until it is ready, or stop it.")
    static let notGenerated = NotesFailure(.conflict, "This note was not made from documents, so it cannot be made anew.")
    static let tooLong = NotesFailure(
        .validationFailed, "The request is not valid: content is too long.",
        details: ["content": "has more than \(NoteService.longest) bytes"])
    static let notPrinted = NotesFailure(
        .unprocessable, "This note could not be made into such a file. Shorten it, or take another format.")
    static let noPrinter = NotesFailure(
        .unavailable, "This server cannot make PDFs: WeasyPrint is not installed on it. Take another format.")

    static func stale(_ version: Int) -> NotesFailure {
        NotesFailure(
            .conflict, "This note has been changed meanwhile. Read it again, and make your change in what is there now.",
            details: ["version": "is \(version) now"])
    }

    init(_ problem: SourceProblem) {
        switch problem {
        case .unknown(let id):
            self.init(
                .validationFailed, "There is no such document.", details: ["document_ids": "\(id) is not a document of yours"])
        case .preparing(let title): self.init(.conflict, "“\(title)” is still being read. Make the note when that is done.")
        case .failed(let title): self.init(.unprocessable, "“\(title)” could not be read, so no note can be made of it.")
        }
    }

    static func invalid(_ field: String, _ reason: String) -> NotesFailure {
        NotesFailure(.validationFailed, "The request is not valid: \(field) \(reason).", details: [field: reason])
    }
}
