package import Failures

/// A file that cannot be read, and why, in words that tell the student what to do.
package struct ExtractionFailure: Failure {
    package enum Reason: String, Sendable, CaseIterable {
        case encrypted
        case damaged
        case noText = "no_text"
        case noRecognition = "no_recognition"
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
        case .noText: "Its pages are pictures, and no words could be made out in them."
        case .noRecognition:
            "Its pages are scanned, and this server cannot read scanned pages yet: its administrator has to install the package "
                + "tesseract-ocr. Then try again."
        case .tooLarge: "It unpacks to more than can be read. Split it and upload the parts."
        case .empty: "There is no text in it."
        }
    }
}
