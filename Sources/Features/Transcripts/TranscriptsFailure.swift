package import Failures

/// What transcripts refuse.
package struct TranscriptsFailure: Failure {
    package let code: FailureCode
    package let message: String
    package let details: [String: String]

    init(_ code: FailureCode, _ message: String, details: [String: String] = [:]) {
        (self.code, self.message, self.details) = (code, message, details)
    }

    static let noTranscript = TranscriptsFailure(.notFound, "There is no such transcript.")
    static let signedOut = TranscriptsFailure(.unauthenticated, "This address was given to somebody who has signed out.")
    static let noJob = TranscriptsFailure(.notFound, "There is no such job.")
    static let noFile = TranscriptsFailure(.badRequest, "The form has no file.", details: ["file": "is missing"])
    static let emptyFile = TranscriptsFailure(.unprocessable, "The file is empty.", details: ["file": "has no bytes"])
    static let noSound = TranscriptsFailure(
        .unsupportedMediaType, "This is no recording that can be read: WAV, MP3, M4A, MP4, OGG, WebM or FLAC can.",
        details: ["file": "is of another kind"])
    static let silent = TranscriptsFailure(.unprocessable, "There is no sound in it that can be read; the file may be damaged.")
    static let noRecording = TranscriptsFailure(.notFound, "There is no such recording.")
    static let otherPiece = TranscriptsFailure(
        .conflict, "Another piece of the recording has this number already.", details: ["sha256": "is not that of the piece"])
    static let damagedPiece = TranscriptsFailure(
        .unprocessable, "The piece did not come as it was sent; send it again.", details: ["sha256": "is not that of what came"])
    static let noMorePieces = TranscriptsFailure(.conflict, "This recording is finished; it takes no more pieces.")
    static let takenID = TranscriptsFailure(.conflict, "There is a recording of this id.", details: ["id": "is taken"])
    static let nothingToShelve = TranscriptsFailure(.conflict, "Nothing is said in it that a document could be made of.")

    /// For the operator at the start of the program.
    static let amazonIncomplete = TranscriptsFailure(
        .unavailable,
        "LM_STT_AMAZON_URL is set; LM_STT_AMAZON_BUCKET, LM_STT_AMAZON_ACCESS_KEY and LM_STT_AMAZON_KEY must be too.")
    static let nobodySpeaks = TranscriptsFailure(.conflict, "Nothing is said in it by anybody who could be told apart.")
    static let noSpeakers = TranscriptsFailure(
        .unavailable, "Speakers cannot be told apart yet: the model for it is not here. `lm speech fetch` brings it.")

    /// - Parameter next: the number of the piece that is waited for.
    static func notNext(_ next: Int) -> TranscriptsFailure {
        TranscriptsFailure(
            .conflict, "Pieces come one after the other; the next is number \(next).", details: ["next": "\(next)"])
    }

    static let overAlready = TranscriptsFailure(.conflict, "It is written down already, or has ended.")
    static let underWay = TranscriptsFailure(.conflict, "It is being written down; wait for it, or stop it first.")
    static let notReady = TranscriptsFailure(
        .unavailable, "Speech cannot be written down yet: its model is still being fetched. It goes on by itself.")
    static let noSegment = TranscriptsFailure(
        .unprocessable, "There is no such segment in it.", details: ["segment_id": "is none of its segments"])
    static let notNeighbours = TranscriptsFailure(
        .unprocessable, "Only segments that follow each other can be joined.", details: ["segment_ids": "must follow each other"])
    static let noSuchWord = TranscriptsFailure(
        .unprocessable, "A segment is parted between two of its words.",
        details: ["word": "must be the number of a word but the first"])
}
