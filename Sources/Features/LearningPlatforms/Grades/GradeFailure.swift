import Failures

/// Why a grade did not arrive: what passes is tried again, what stays is told to the teacher.
struct GradeFailure: Failure, Hashable {
    let code: FailureCode
    let message: String

    /// The platform has no column for it, and lets none be made.
    static let noColumn = Self(
        code: .unprocessable, message: "The platform has no column for grades of this link, and lets none be made.")
    static let notAllowed = Self(code: .forbidden, message: "The platform does not let this link's grades be sent.")

    /// One of its addresses leads where this server asks nobody.
    static let address = Self(code: .unprocessable, message: "The platform names an address that this server does not ask.")

    /// - Parameter what: `token`, `line item` or `score`.
    static func refused(_ what: String, _ status: Int) -> Self {
        // Whoever is asked too often or has trouble is asked later; so is one whose keys or tokens may be older than ours.
        let passes = status >= 500 || [400, 401, 408, 425, 429].contains(status)
        return Self(
            code: passes ? .badGateway : .unprocessable, message: "The platform answered \(status) when it was asked for a \(what)."
        )
    }
}
