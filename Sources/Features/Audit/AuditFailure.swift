package import Failures

/// The audit log cannot do what is asked of it.
package struct AuditFailure: Failure {
    package let code: FailureCode
    package let message: String

    static let noHead = AuditFailure(code: .internal, message: "The audit log has lost its head: a row of `audit_head` is gone.")
    static let notAMoment = AuditFailure(
        code: .validationFailed, message: "since and until must be moments such as 2026-03-02T00:00:00Z.")
}
