import Failures
import Synchronization
import Telemetry
import Testing

@Suite("Logs and metrics")
struct TelemetryTests {
    final class Lines: Sendable {
        let all = Mutex<[String]>([])
    }

    @Test("A JSON line is one line whatever is in it")
    func json() {
        let lines = Lines()
        let logger = Logger(
            label: "test", sink: LogSink(minimum: .info, format: .json) { line in lines.all.withLock { $0.append(line) } })
        logger.with(["who": "a"]).info("something happened", ["text": "line\nbreak \"quoted\" \u{1}"])
        logger.debug("not written")
        let all = lines.all.withLock { $0 }
        #expect(all.count == 1)
        #expect(all[0].hasSuffix(#","message":"something happened","text":"line\nbreak \"quoted\" \u0001","who":"a"}"# + "\n"))
    }

    @Test(
        "A value in a line for people stays one value on one line, and cannot drive the terminal",
        arguments: [
            ("/api/v1/documents", "/api/v1/documents"), ("two words", "\"two words\""), ("a status=200", "\"a status=200\""),
            ("say \"hi\"", "\"say \\\"hi\\\"\""), ("one\ntwo\r\nthree", "\"one | two | three\""),
            ("\u{1B}[2J\u{7}", #"\u{1b}[2J\u{7}"#),
            ("\u{202E}gpj", #"\u{202e}gpj"#), ("", "\"\""), ("größe", "größe"),
        ])
    func text(value: String, shown: String) {
        let lines = Lines()
        let logger = Logger(label: "test", sink: LogSink(minimum: .info) { line in lines.all.withLock { $0.append(line) } })
        logger.info("something happened", ["value": value])
        #expect(lines.all.withLock { $0.first }?.hasSuffix(" INFO test: something happened value=\(shown)\n") == true)
    }

    @Test("A failure is as loud as its code")
    func severity() {
        struct Sample: Failure {
            var code: FailureCode
            var message: String { "x" }
        }
        let lines = Lines()
        let logger = Logger(label: "t", sink: LogSink(minimum: .warning) { line in lines.all.withLock { $0.append(line) } })
        logger.failure("failed", Sample(code: .notFound))
        logger.failure("failed", Sample(code: .internal))
        #expect(lines.all.withLock { $0.count } == 1)
    }

    @Test("Counters, gauges and histograms are rendered as Prometheus reads them")
    func rendering() {
        let metrics = Metrics()
        metrics.increment("a_total", [("route", "/x\"y")], help: "How many.")
        metrics.increment("a_total", [("route", "/x\"y")])
        metrics.onCollect { $0.set("b", to: 3) }
        for value in [0.5, 1.5, 9] { metrics.observe("c_seconds", [], value, bounds: [1, 2]) }
        #expect(
            metrics.rendered() == """
                # HELP a_total How many.
                # TYPE a_total counter
                a_total{route="/x\\"y"} 2.0
                # TYPE b gauge
                b 3.0
                # TYPE c_seconds histogram
                c_seconds_bucket{le="1.0"} 1
                c_seconds_bucket{le="2.0"} 2
                c_seconds_bucket{le="+Inf"} 3
                c_seconds_sum 11.0
                c_seconds_count 3

                """)
    }
}
