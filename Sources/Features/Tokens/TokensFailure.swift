package import Failures

/// What tokens say no with.
package struct TokensFailure: Failure {
    package let code: FailureCode
    package let message: String
    package var details: [String: String] = [:]

    /// One answer for a token that never was, was taken away or is over.
    static let notGood = TokensFailure(code: .unauthenticated, message: "The token is not good, or no longer.")
    static let noToken = TokensFailure(code: .notFound, message: "There is no such token.")
    static let tooMany = TokensFailure(
        code: .conflict, message: "You have \(PersonalTokenService.most) tokens; take one away that is not used any more.")

    static func scope(_ text: String) -> TokensFailure {
        TokensFailure(
            code: .validationFailed, message: "The request is not valid: there is no scope \(text.prefix(60)).",
            details: ["scopes": "must be read, write, or one of an area such as library:read"])
    }
}
