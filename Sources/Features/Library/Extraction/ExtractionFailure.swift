package import Failures

/// A file that cannot be read, and why, in words that tell the student what to do.
package struct ExtractionFailure: Failure {
    package enum Reason: String, Sendable, CaseIterable {
        case encrypted
        case damaged
        case noText = "no_text"
        case tooLarge = "too_large"
        case empty
    }

    package let reason: Reason
    package let underlying: (any Error)?

    package init(_ reason: Reason, underlying: (any Error)? = nil) {
        self.reason = reason
        self.underlying = underlying
    }

    package var code: FailureCode { .unprocessable }

    package var message: String {
        switch reason {
        case .encrypted: "It is protected by a password. Save a copy without the password and upload that."
        case .damaged: "The file is damaged or incomplete and cannot be read. Open it on your computer, save it anew and try again."
        case .noText: "It has no text: its pages look scanned. Run text recognition (OCR) on it first and upload the result."
        case .tooLarge: "It unpacks to more than can be read. Split it and upload the parts."
        case .empty: "There is no text in it."
        }
    }
}
