import HTTPClient
import Testing

struct RetryPolicyTests {
    struct Case: Sendable {
        var outcome: RetryPolicy.Outcome
        var attempt = 1
        var idempotent = true
        var replayable = true
        var wait: Duration?
    }

    @Test(
        "Which outcomes are tried again, and when",
        arguments: [
            Case(outcome: .status(200, retryAfter: nil), wait: nil),
            Case(outcome: .status(404, retryAfter: nil), wait: nil),
            Case(outcome: .status(500, retryAfter: nil), wait: .milliseconds(50)),
            Case(outcome: .status(502, retryAfter: nil), attempt: 2, wait: .milliseconds(100)),
            Case(outcome: .status(502, retryAfter: nil), attempt: 3, wait: .milliseconds(200)),
            Case(outcome: .status(502, retryAfter: nil), attempt: 4, wait: nil),
            Case(outcome: .status(500, retryAfter: nil), idempotent: false, wait: nil),
            Case(outcome: .status(429, retryAfter: nil), idempotent: false, wait: .milliseconds(50)),
            Case(outcome: .status(503, retryAfter: .seconds(3)), idempotent: false, wait: .seconds(3)),
            Case(outcome: .status(503, retryAfter: .seconds(60)), wait: nil),
            Case(outcome: .status(429, retryAfter: .zero), wait: .milliseconds(50)),
            Case(outcome: .status(503, retryAfter: nil), replayable: false, wait: nil),
            Case(outcome: .failed(nothingWasSent: true), idempotent: false, wait: .milliseconds(50)),
            Case(outcome: .failed(nothingWasSent: false), idempotent: false, wait: nil),
            Case(outcome: .failed(nothingWasSent: false), wait: .milliseconds(50)),
        ])
    func table(_ c: Case) {
        let policy = RetryPolicy(attempts: 4, base: .milliseconds(100), longest: .seconds(10))
        let wait = policy.wait(
            after: c.outcome, attempt: c.attempt, isIdempotent: c.idempotent, isReplayable: c.replayable, random: 0.5)
        #expect(wait == c.wait)
    }

    @Test("The wait never passes its ceiling")
    func ceiling() {
        let policy = RetryPolicy(attempts: 100, base: .seconds(1), longest: .seconds(5))
        for attempt in 1..<100 {
            let wait = policy.wait(
                after: .failed(nothingWasSent: true), attempt: attempt, isIdempotent: true, isReplayable: true, random: 0.999)
            #expect(wait.map { $0 <= .seconds(5) } == true)
        }
    }

    @Test(
        "Retry-After in seconds and as a date",
        arguments: [
            ("120", .seconds(120)), ("0", .zero), ("-1", nil), ("soon", nil), ("Thu, 01 Jan 1970 00:01:40 GMT", .seconds(90)),
            ("Thu, 01 Jan 1970 00:00:01 GMT", .zero), ("Thursday, 01-Jan-70 00:01:40 GMT", .seconds(90)),
        ] as [(String, Duration?)])
    func retryAfter(value: String, expected: Duration?) { #expect(RetryPolicy.retryAfter(value, now: 10) == expected) }
}
