import Failures
import Testing

@Suite("The failure table")
struct FailureTests {
    struct Sample: Failure {
        var code: FailureCode
        var message: String { "A sentence." }
        var details: [String: String] { ["b": "two", "a": "one"] }
    }

    @Test("Each code has an HTTP status of its class", arguments: FailureCode.allCases)
    func statuses(code: FailureCode) {
        #expect((400..<600).contains(code.status))
        #expect(code.status != 500 || code == .internal)
    }

    @Test("What may pass is tried again, what cannot is not, a cancellation stops")
    func outcomes() {
        #expect(FailureCode.unavailable.outcome == .retry)
        #expect(FailureCode.unprocessable.outcome == .giveUp)
        #expect(FailureCode.cancelled.outcome == .stop)
    }

    @Test("Any error has a code")
    func codes() {
        struct Unknown: Error {}
        #expect(FailureCode(of: Sample(code: .conflict)) == .conflict)
        #expect(FailureCode(of: CancellationError()) == .cancelled)
        #expect(FailureCode(of: Unknown()) == .internal)
    }

    @Test("The log form names the fields in order")
    func text() { #expect("\(Sample(code: .validationFailed))" == "ValidationFailed: A sentence. (a: one; b: two)") }
}
