package import Failures

/// What the library refuses.
package struct LibraryFailure: Failure {
    package let code: FailureCode
    package let message: String
    package let details: [String: String]

    package init(_ code: FailureCode, _ message: String, details: [String: String] = [:]) {
        self.code = code
        self.message = message
        self.details = details
    }

    /// The document is there and its bytes are not: a fault of ours, or of whoever put the data folder back.
    static let lostFile = LibraryFailure(.internal, "The file is not in the store.")
    static let noDocument = LibraryFailure(.notFound, "There is no such document.")
    static let noPassage = LibraryFailure(.notFound, "There is no such passage.")
    static let emptyFile = LibraryFailure(.unprocessable, "The file is empty.", details: ["file": "is empty"])
    static let noFile = LibraryFailure(
        .validationFailed, "The form has no file: send it as multipart/form-data in the field “file”.",
        details: ["file": "is missing"])

    /// A file of the store cannot be opened or read, whatever is in it.
    static let unreadable = LibraryFailure(.unavailable, "The server cannot read its files just now; try again.")
    static let noScratch = LibraryFailure(
        .unavailable, "The server cannot write to its temporary folder. Its administrator has to make room there.")

    static let unknownType = LibraryFailure(
        .unsupportedMediaType, "This kind of file cannot be read. \(DocumentFormat.accepted) can.",
        details: ["file": "must be \(DocumentFormat.accepted)"])

    static func tooLarge(_ limit: Int) -> LibraryFailure {
        let words = limit >= 1 << 20 ? "\(limit >> 20) MB" : "\(limit) bytes"
        return LibraryFailure(
            .payloadTooLarge, "The file is too large: it may have \(words) at most.",
            details: ["file": "must have at most \(words)"])
    }
}
