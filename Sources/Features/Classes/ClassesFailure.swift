import Failures

/// What classes refuse.
struct ClassesFailure: Failure {
    let code: FailureCode
    let message: String
    let details: [String: String]

    init(_ code: FailureCode, _ message: String, details: [String: String] = [:]) {
        self.code = code
        self.message = message
        self.details = details
    }

    static let noClass = ClassesFailure(.notFound, "There is no such class.")
    static let notYours = ClassesFailure(.forbidden, "The class is another's; you take part in it.")
    static let noMember = ClassesFailure(.notFound, "There is no such student in the class.")
    static let noShare = ClassesFailure(.notFound, "It is not shared with this class.")
    static let noThing = ClassesFailure(.notFound, "There is no such thing of yours.")
    static let noQuiz = ClassesFailure(.notFound, "There is no such quiz in this class.")
    static let noMail = ClassesFailure(
        .forbidden, "This installation sends no mail; make a link and pass it on.", details: ["email": "cannot be mailed to"])
    static let noCode = ClassesFailure(
        .forbidden, "No class has this code. Look at it again, or ask your teacher.", details: ["code": "unknown"])
    static let noInvitation = ClassesFailure(
        .forbidden, "There is no such invitation. Look whether the link is whole.", details: ["invitation": "unknown"])
    static let isOver = ClassesFailure(.conflict, "This class is over; nobody joins it any more.", details: ["reason": "archived"])
    static let isArchived = ClassesFailure(
        .conflict, "This class is archived; bring it back first.", details: ["reason": "archived"])
    static let isFull = ClassesFailure(
        .conflict, "This class has \(ClassService.mostMembers) students, and takes no more.", details: ["reason": "full"])
    static let isTeacher = ClassesFailure(.conflict, "This is your own class.", details: ["reason": "own_class"])
    static let tooMany = ClassesFailure(.conflict, "You have \(ClassService.mostClasses) classes; delete one first.")
    static let tooMuch = ClassesFailure(.conflict, "\(ClassService.mostShares) things can be shared with one class at most.")

    static func invalid(_ field: String, _ reason: String) -> ClassesFailure {
        ClassesFailure(.validationFailed, "The request is not valid: \(field) \(reason).", details: [field: reason])
    }
}
