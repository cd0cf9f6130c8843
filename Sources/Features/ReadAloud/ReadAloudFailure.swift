package import Failures

/// What reading aloud refuses.
package struct ReadAloudFailure: Failure {
    package let code: FailureCode
    package let message: String
    package let details: [String: String]

    init(_ code: FailureCode, _ message: String, details: [String: String] = [:]) {
        (self.code, self.message, self.details) = (code, message, details)
    }

    static let noAudio = ReadAloudFailure(.notFound, "There is no such recording of a text.")
    static let noDocument = ReadAloudFailure(.notFound, "There is no such document.")
    static let noMessage = ReadAloudFailure(.notFound, "There is no such message.")
    static let nothingToSay = ReadAloudFailure(
        .unprocessable, "There is nothing in it that can be read aloud.", details: ["text": "has no words"])
    static let notOne = ReadAloudFailure(
        .validationFailed, "Give one of text, document_id and message_id.", details: ["text": "or document_id, or message_id"])

    static func tooLong(_ count: Int) -> ReadAloudFailure {
        ReadAloudFailure(
            .payloadTooLarge,
            "That is too much to be read aloud at once: \(count) characters, where \(ReadAloudService.longest) are the most. Choose fewer pages.",
            details: ["text": "may have \(ReadAloudService.longest) characters"])
    }

    static func unknownVoice(_ id: String, choices: [String]) -> ReadAloudFailure {
        let shown = choices.prefix(12).joined(separator: ", ") + (choices.count > 12 ? " and \(choices.count - 12) more" : "")
        return ReadAloudFailure(
            .validationFailed, "There is no voice “\(id.prefix(60))” here. There are: \(shown).",
            details: ["voice": "must be one of \(choices.joined(separator: ", "))"])
    }

    static let notReady = ReadAloudFailure(.conflict, "It is still being read aloud; ask again in a moment.")

    static func failed(_ reason: String?) -> ReadAloudFailure {
        ReadAloudFailure(.unprocessable, reason ?? "It could not be read aloud.")
    }
}
