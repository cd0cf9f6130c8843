import HTTPClient
import Testing

struct CircuitBreakerTests {
    enum Step: Sendable { case admit(Bool), ok, fail, drop, wait(Int) }

    @Test(
        "Transitions",
        arguments: [
            ([.admit(true), .fail, .admit(true), .fail, .admit(false)], "open"),
            ([.admit(true), .fail, .admit(true), .ok, .admit(true), .fail, .admit(true)], "closed 1"),
            ([.fail, .fail, .wait(9), .admit(false)], "open"),
            ([.fail, .fail, .wait(10), .admit(true), .admit(false)], "half"),
            ([.fail, .fail, .wait(10), .admit(true), .ok, .admit(true)], "closed 0"),
            ([.fail, .fail, .wait(10), .admit(true), .fail, .admit(false), .wait(10), .admit(true)], "half"),
            ([.fail, .fail, .wait(10), .admit(true), .drop, .admit(true)], "half"),
            ([.fail, .fail, .fail, .wait(10), .admit(true)], "half"),
            ([.drop, .admit(true)], "closed 0"),
        ] as [([Step], String)])
    func table(steps: [Step], end: String) {
        var breaker = CircuitBreaker(.init(failures: 2, pause: .seconds(10)))
        var now = ContinuousClock.now
        for step in steps {
            switch step {
            case .admit(let expected): #expect((breaker.admit(at: now) == nil) == expected)
            case .ok: breaker.succeeded()
            case .fail: breaker.failed(at: now)
            case .drop: breaker.abandoned(at: now)
            case .wait(let seconds): now += .seconds(seconds)
            }
        }
        switch breaker.state {
        case .closed(let failures): #expect(end == "closed \(failures)")
        case .open: #expect(end == "open")
        case .halfOpen: #expect(end == "half")
        }
    }
}
