package import Failures

/// What Courses refuses.
package struct CoursesFailure: Failure {
    package let code: FailureCode
    package let message: String
    package let details: [String: String]

    init(_ code: FailureCode, _ message: String, details: [String: String] = [:]) {
        self.code = code
        self.message = message
        self.details = details
    }

    /// The course that the address names.
    package static let noCourse = CoursesFailure(.notFound, "There is no such course.")

    /// A course that a body names: not there, or another student's.
    package static let unknownCourse = CoursesFailure(
        .unprocessable, "There is no such course.", details: ["course_id": "is none of your courses"])

    /// What the address names is shared with who asks, and another's to change.
    static let readOnly = CoursesFailure(
        .forbidden, "This course is shared with you: only its owner can change it.")

    static let blankName = CoursesFailure(
        .validationFailed, "The request is not valid: name must not be blank.", details: ["name": "must not be blank"])

    static func taken(_ name: CourseName) -> CoursesFailure {
        CoursesFailure(.conflict, "You have a course named “\(name)” already.", details: ["name": "is taken"])
    }
}
