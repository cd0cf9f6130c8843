package import Failures

/// What Sharing refuses.
package struct SharingFailure: Failure {
    package let code: FailureCode
    package let message: String
    package let details: [String: String]

    init(_ code: FailureCode, _ message: String, details: [String: String] = [:]) {
        self.code = code
        self.message = message
        self.details = details
    }

    static let unknownPerson = SharingFailure(
        .unprocessable, "Nobody has an account with this email address.",
        details: ["email": "has no account", "reason": "no_account"])
    static let yourself = SharingFailure(
        .unprocessable, "It is yours already.", details: ["email": "is your own", "reason": "own_account"])
    static let noShare = SharingFailure(.notFound, "It is not shared with this person.")
    static let ofClass = SharingFailure(
        .conflict, "It is shared with a class of yours; leave the class.", details: ["reason": "class"])

    static func tooMany(_ most: Int) -> SharingFailure {
        SharingFailure(.conflict, "It can be shared with \(most) people at most.")
    }
}
