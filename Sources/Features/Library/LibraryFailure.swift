package import Failures
import Passages

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
    /// What the address names is shared with who asks, and another's to change.
    static let readOnly = LibraryFailure(.forbidden, "This document is shared with you: only its owner can change it.")
    /// One that a body names: not there, or another student's.
    static func unknownDocument(_ id: DocumentID) -> LibraryFailure {
        LibraryFailure(.unprocessable, "There is no such document.", details: ["ids": "there is no document \(id)"])
    }
    static let twoCourses = LibraryFailure(
        .validationFailed, "The form names the course twice: send course_id or subject.",
        details: ["subject": "and course_id name the same: send one"])
    static let noCourseID = LibraryFailure(
        .validationFailed, "The request is not valid: course_id must be a course's id.",
        details: ["course_id": "must be a course's id"])
    static let noWords = LibraryFailure(.notFound, "Text recognition has not read this page.")
    static let noVersion = LibraryFailure(.notFound, "There is no such version.")
    /// What an upload is to replace: not there, or another student's.
    static let unknownReplaced = LibraryFailure(
        .unprocessable, "There is no such document to replace.", details: ["replaces": "is none of your documents"])
    static let noReplacedID = LibraryFailure(
        .validationFailed, "The request is not valid: replaces must be a document's id.",
        details: ["replaces": "must be a document's id"])
    static let archiveReplaces = LibraryFailure(
        .unprocessable, "An archive cannot replace a document: add the file itself.", details: ["file": "is an archive"])
    static let noPicture = LibraryFailure(.notFound, "There is no such picture.")
    static let noTIFFReader = LibraryFailure(
        .unavailable, "This server cannot show TIFF pictures: its administrator has to install the package libtiff-tools.")
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

    static let archiveTooLarge = LibraryFailure(
        .unprocessable,
        "The archive holds more than can be taken at once: 500 files, or 240 MB unpacked. Split it and add the parts.",
        details: ["file": "unpacks to too much"])
    static let archiveOfNone = LibraryFailure(
        .unsupportedMediaType, "None of the files in the archive can be read. \(DocumentFormat.accepted) can.",
        details: ["file": "holds no file that can be read"])
    static let protectedFile = LibraryFailure(
        .unprocessable, "The file is protected by a password. Save a copy without the password and add that.",
        details: ["file": "is protected by a password"])

    /// What Office programs wrote until 2007.
    static func olderOffice(_ program: String, _ ending: String) -> LibraryFailure {
        LibraryFailure(
            .unsupportedMediaType,
            "This is a file of an older \(program), which cannot be read. Open it and save it as \(ending), then add that.",
            details: ["file": "is in an older form: save it as \(ending)"])
    }

    /// A text under the name of another kind of file.
    static func misnamed(_ filename: String, ending: String, isWebPage: Bool) -> LibraryFailure {
        let kind = ending.uppercased()
        let words =
            isWebPage
            ? "“\(filename)” is a web page, not a \(kind) file: the download may have failed or asked to sign in. Download it anew; or, "
                + "to add the page itself, give it the ending .html."
            : "“\(filename)” is plain text, not a \(kind) file. Get the file anew; or, to add the text itself, give it the ending .txt."
        return LibraryFailure(
            .unsupportedMediaType, words, details: ["file": "is \(isWebPage ? "a web page" : "plain text"), not what its name says"]
        )
    }

    static func tooLarge(_ limit: Int) -> LibraryFailure {
        let words = limit >= 1 << 20 ? "\(limit >> 20) MB" : "\(limit) bytes"
        return LibraryFailure(
            .payloadTooLarge, "The file is too large: it may have \(words) at most.",
            details: ["file": "must have at most \(words)"])
    }
}
