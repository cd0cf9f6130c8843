package import Failures

/// What the companion refuses.
package struct CompanionFailure: Failure {
    package let code: FailureCode
    package let message: String
    package let details: [String: String]

    init(_ code: FailureCode, _ message: String, details: [String: String] = [:]) {
        (self.code, self.message, self.details) = (code, message, details)
    }

    static let noSession = CompanionFailure(.notFound, "There is no such conversation with the companion.")
    static let noAudio = CompanionFailure(.notFound, "There is no such recording; spoken answers are kept for an hour.")
    static let noPicture = CompanionFailure(.notFound, "There is no such picture.")
    static let noParts = CompanionFailure(
        .validationFailed, "The form needs the fields session_id and audio.",
        details: ["audio": "is needed", "session_id": "is needed"])
    static let nothingHeard = CompanionFailure(
        .unprocessable, "No words could be heard in the recording.", details: ["audio": "has no words"])

    static func unknownPersona(_ key: String, choices: [String]) -> CompanionFailure {
        let shown = choices.joined(separator: ", ")
        return CompanionFailure(
            .validationFailed, "There is no persona “\(key.prefix(40))”. There are: \(shown).",
            details: ["persona": "must be one of \(shown)"])
    }
}
