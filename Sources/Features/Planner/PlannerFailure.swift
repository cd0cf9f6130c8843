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
    static let noUndo = PlannerFailure(.notFound, "There is nothing to take back, or it was too long ago.")
    static let noFile = PlannerFailure(.badRequest, "The form has no file and no address.", details: ["file": "is missing"])
    static let noCalendarFile = PlannerFailure(
        .unprocessable, "This is no calendar. Choose an iCalendar file (.ics); if yours is a zip, unpack it first.")
    static let calendarTooLarge = PlannerFailure(.unprocessable, "This calendar has more in it than is read at once.")
    static let noSubscription = PlannerFailure(.notFound, "There is no such calendar.")
    static let subscribedAlready = PlannerFailure(
        .conflict, "The calendar at this address is read already.", details: ["url": "is subscribed to"])
    static let tooManySubscriptions = PlannerFailure(
        .conflict, "No more than \(SubscriptionService.most) calendars are read. Remove one first.")
    static let noPassword = PlannerFailure(.notFound, "There is no such password.")
    static let tooManyPasswords = PlannerFailure(
        .conflict, "No more than \(AppPasswordService.most) passwords are kept. Take one away first.")
    static let changedMeanwhile = PlannerFailure(.preconditionFailed, "The event is not as the program knew it.")
    static let readOnly = PlannerFailure(.forbidden, "The event is read from another calendar and cannot be changed here.")
    static let otherUID = PlannerFailure(
        .forbidden, "Another event has this UID or this name.", details: ["caldav": "no-uid-conflict"])
    static let notAnEvent = PlannerFailure(
        .forbidden, "Only events are kept here.", details: ["caldav": "supported-calendar-component"])

    static func calendarData(_ reason: String) -> PlannerFailure {
        PlannerFailure(.forbidden, "This event cannot be kept: \(reason).", details: ["caldav": "valid-calendar-data"])
    }

    static let noAssessment = PlannerFailure(.notFound, "There is no such assessment.")
    static let full = PlannerFailure(.conflict, "No more than \(EventService.most) events are kept. Delete some first.")
    static let tooManyAssessments = PlannerFailure(
        .conflict, "No more than \(GradeService.most) assessments of a course are kept. Delete some first.")

    static func invalid(_ field: String, _ reason: String) -> PlannerFailure {
        PlannerFailure(.validationFailed, "The request is not valid: \(field) \(reason).", details: [field: reason])
    }
}
