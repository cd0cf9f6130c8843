package import Failures

/// What Notifications refuses.
package struct NotificationsFailure: Failure {
    package let code: FailureCode
    package let message: String
    package let details: [String: String]
    package let retryAfter: Duration?

    init(_ code: FailureCode, _ message: String, details: [String: String] = [:], retryAfter: Duration? = nil) {
        (self.code, self.message, self.details, self.retryAfter) = (code, message, details, retryAfter)
    }

    static let noKeys = NotificationsFailure(.internal, "The keys of notifications are not there.")
    static let noSubscription = NotificationsFailure(.notFound, "There is no such subscription.")
    static let noLink = NotificationsFailure(.notFound, "That link is not whole, or the account is gone.")
    static let sessionOver = NotificationsFailure(.unauthenticated, "The session is over: sign in again.")
    static let noMail = NotificationsFailure(.conflict, "This server sends no mail: the administrator has set no mail server.")
    static let noBrowser = NotificationsFailure(.conflict, "No browser of yours takes notifications yet.")
    static let noAddress = NotificationsFailure(.unprocessable, "No mail can be sent to the address of the account.")
    static let testedJustNow = NotificationsFailure(
        .rateLimited, "One test a minute: the last is on its way.", retryAfter: .seconds(60))

    static func invalid(_ field: String, _ reason: String) -> NotificationsFailure {
        NotificationsFailure(.validationFailed, "The request is not valid: \(field) \(reason).", details: [field: reason])
    }
}
