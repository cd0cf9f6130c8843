package import Failures

/// Why a launch from a learning platform goes no further, or a platform is not taken.
package struct LearningPlatformsFailure: Failure, Hashable {
    /// By which the app says it in its own words: `details.reason`.
    package enum Reason: String, Sendable, CaseIterable {
        case unknownPlatform = "unknown_platform", target, lost, spent, notBelieved = "not_believed", down
        case deployment, message, denied, taken, noEmail = "no_email", linkedElsewhere = "linked_elsewhere"
        case notTeacher = "not_teacher", gone, otherCourse = "other_course", lastWay = "last_way", known, invalid, none
    }

    package let code: FailureCode
    package let reason: Reason
    package let message: String
    package let details: [String: String]

    private init(_ code: FailureCode, _ reason: Reason, _ message: String, _ details: [String: String] = [:]) {
        (self.code, self.reason, self.message) = (code, reason, message)
        self.details = details.merging(["reason": reason.rawValue]) { own, _ in own }
    }

    static let unknownPlatform = Self(
        .notFound, .unknownPlatform, "No learning platform is registered here by this issuer and client.")
    static let target = Self(.badRequest, .target, "The launch is for an address that is not of this installation.")
    static let lost = Self(
        .badRequest, .lost, "This launch is not known here: it was begun in another browser, or took too long. Open it again there."
    )
    static let spent = Self(.conflict, .spent, "This launch was used already. Open it again in your learning platform.")
    static let gone = Self(.notFound, .gone, "What was linked is not there any more.")
    static let otherCourse = Self(
        .conflict, .otherCourse, "The link was made for another course of the platform. The teacher has to choose anew in this one."
    )
    static let notTeacher = Self(
        .forbidden, .notTeacher, "Only teachers choose what a course shows; an administrator makes you one.")
    static let noLaunch = Self(.notFound, .lost, "There is no such launch.")
    static let noPlatform = Self(.notFound, .none, "There is no such learning platform.")
    static let noIdentity = Self(.notFound, .none, "There is no such link.")
    static let noClass = Self(.notFound, .none, "There is no such class.")
    static let noGrade = Self(.notFound, .none, "There is no such grade.")
    static let noKey = Self(.unavailable, .none, "The key that signs for learning platforms could not be made; try again.")
    static let known = Self(.conflict, .known, "A platform with this issuer and client id is registered already.")
    static let lastWay = Self(.conflict, .lastWay, "It is the only way into your account; set a password first.")

    static func notBelieved(_ name: String) -> Self {
        Self(.badGateway, .notBelieved, "What \(name) sent cannot be believed, so nobody was let in.")
    }
    static func down(_ name: String) -> Self {
        Self(.badGateway, .down, "\(name) does not answer as it should; try again in a moment.")
    }
    static func denied(_ name: String) -> Self { Self(.forbidden, .denied, "\(name) did not let you go on; nothing was changed.") }
    static func deployment(_ name: String, _ id: String) -> Self {
        Self(
            .forbidden, .deployment, "The deployment \(id) of \(name) is not registered here; an administrator adds it.",
            ["deployment": id])
    }
    static func message(_ name: String) -> Self {
        Self(.unprocessable, .message, "\(name) sent a message of a kind that is not taken here.")
    }
    static func noEmail(_ name: String) -> Self {
        Self(
            .forbidden, .noEmail,
            "\(name) tells no email address of yours. Make an account here first, and open the link once more to connect it.")
    }
    static func taken(_ name: String) -> Self {
        Self(
            .conflict, .taken,
            "There is an account with this email address. Sign in to it to connect \(name): it is not done unasked.")
    }
    static func linkedElsewhere(_ name: String) -> Self {
        Self(.conflict, .linkedElsewhere, "Your account at \(name) is connected to another account here.")
    }
    static func invalid(_ field: String, _ reason: String) -> Self {
        Self(.validationFailed, .invalid, "The request is not valid: \(field) \(reason).", [field: reason])
    }
}
