package import Failures

/// What Planner refuses.
package struct PlannerFailure: Failure {
    package let code: FailureCode
    package let message: String
    package let details: [String: String]

    init(_ code: FailureCode, _ message: String, details: [String: String] = [:]) {
        self.code = code
        self.message = message
        self.details = details
    }

    static let noEvent = PlannerFailure(.notFound, "There is no such event.")
    static let noOccurrence = PlannerFailure(
        .unprocessable, "The event does not come then.", details: ["occurrence": "is no start of this event"])
    static let noCalendar = PlannerFailure(.notFound, "There is no such calendar.")
    static let noAssessment = PlannerFailure(.notFound, "There is no such assessment.")
    static let full = PlannerFailure(.conflict, "No more than \(EventService.most) events are kept. Delete some first.")
    static let tooManyAssessments = PlannerFailure(
        .conflict, "No more than \(GradeService.most) assessments of a course are kept. Delete some first.")

    static func invalid(_ field: String, _ reason: String) -> PlannerFailure {
        PlannerFailure(.validationFailed, "The request is not valid: \(field) \(reason).", details: [field: reason])
    }
}
