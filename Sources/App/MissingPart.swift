package import Failures

/// Something that the program cannot start without is not there.
package struct MissingPart: Failure {
    package let name: String
    package let remedy: String
    package var code: FailureCode { .unavailable }
    package var message: String { "\(name) is missing. \(remedy)" }
}
