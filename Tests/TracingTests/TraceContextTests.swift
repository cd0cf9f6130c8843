import HTTPClient
import HTTPMessages
import HTTPServing
import HTTPServingTesting
import ScriptedServing
import Synchronization
import Telemetry
import Testing

/// The cases of the W3C's validator of trace contexts (w3c/trace-context, `test/test.py`, strict level 2): what a service passes on when it
/// is asked with certain headers. A real router answers, and asks a real server through the real client.
@Suite("Trace context, by the W3C's cases", .timeLimit(.minutes(1)))
struct TraceContextTests {
    static let trace = "12345678901234567890123456789012"
    static let parent = "00-\(trace)-1234567890123456-01"
    static let unsampled = "00-\(trace)-1234567890123456-00"

    /// What the service passed on.
    struct Passed {
        let traceID: String
        let parentID: String
        let flags: String
        let state: [(key: String, value: String)]

        init(_ headers: [String: String]) throws {
            let parts = try #require(headers["traceparent"]).split(separator: "-").map(String.init)
            try #require(
                parts.count == 4 && parts[0] == "00" && parts[1].count == 32 && parts[2].count == 16 && parts[3].count == 2)
            #expect(parts[1...3].allSatisfy { $0.allSatisfy { "0123456789abcdef".contains($0) } })
            #expect(parts[1].contains { $0 != "0" } && parts[2].contains { $0 != "0" })
            (traceID, parentID, flags) = (parts[1], parts[2], parts[3])
            state = (headers["tracestate"] ?? "").split(separator: ",").compactMap { member in
                let pair = member.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
                return pair.count == 2 ? (pair[0], pair[1]) : nil
            }
        }

        subscript(_ key: String) -> String? { state.first { $0.key == key }?.value }
    }

    /// Asks a service that asks another `count` times, and returns what the other heard.
    private func pass(_ headers: [(String, String)], times count: Int = 1) async throws -> [Passed] {
        let other = try ScriptedServer { connection, _ in connection.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n") }
        let client = try HTTPClient()
        let route = Route.raw(.get, "/ask", "Asks another server", tag: "Test", access: .anyone) { _ in
            for _ in 0..<count {
                _ = try await client.send(ClientRequest(.get, other.url + "/")).body.collect(upTo: 100)
            }
            return HTTPResponse(status: 204)
        }
        let router = Router([[route]])
        let request = HTTPRequest(method: .get, target: "/ask", headers: HTTPHeaders(headers.map { (name: $0.0, value: $0.1) }))
        #expect(await router.respond(to: request).status == 204)
        return try other.requests.map { try Passed($0.headers) }
    }

    private func one(_ headers: [(String, String)]) async throws -> Passed { try #require(try await pass(headers).first) }

    @Test("A trace goes on under the same id, from another span; names of fields in any case")
    func goesOn() async throws {
        for name in ["traceparent", "TraceParent", "TrAcEpArEnT", "TRACEPARENT"] {
            let passed = try await one([(name, Self.parent)])
            #expect(passed.traceID == Self.trace && passed.parentID != "1234567890123456" && passed.flags == "01")
        }
        #expect(try await one([]).traceID != Self.trace)
        for name in ["trace-parent", "trace.parent"] { #expect(try await one([(name, Self.parent)]).traceID != Self.trace) }
        // Level 2: the flag that says that the id is random.
        #expect(try await one([("traceparent", "00-\(Self.trace)-1234567890123456-02")]).flags == "02")
    }

    @Test("Two parents are none")
    func duplicated() async throws {
        let passed = try await one([
            ("traceparent", "00-12345678901234567890123456789011-1234567890123456-01"), ("traceparent", Self.parent),
        ])
        #expect(passed.traceID != Self.trace && passed.traceID != "12345678901234567890123456789011")
    }

    @Test(
        "What is malformed begins a new trace",
        arguments: [
            "\(parent).", "\(parent)-what-the-future-will-be-like", "ff-\(trace)-1234567890123456-01",
            ".0-\(trace)-1234567890123456-01", "0.-\(trace)-1234567890123456-01", "000-\(trace)-1234567890123456-01",
            "0000-\(trace)-1234567890123456-01", "0-\(trace)-1234567890123456-01",
            "cc-\(trace)-1234567890123456-01.what-the-future-will-be-like",
            "00-00000000000000000000000000000000-1234567890123456-01", "00-.2345678901234567890123456789012-1234567890123456-01",
            "00-1234567890123456789012345678901.-1234567890123456-01", "00-123456789012345678901234567890123-1234567890123456-01",
            "00-1234567890123456789012345678901-1234567890123456-01", "00-\(trace)-0000000000000000-01",
            "00-\(trace)-.234567890123456-01", "00-\(trace)-123456789012345.-01", "00-\(trace)-12345678901234567-01",
            "00-\(trace)-123456789012345-01", "00-\(trace)-1234567890123456-.0", "00-\(trace)-1234567890123456-0.",
            "00-\(trace)-1234567890123456-001", "00-\(trace)-1234567890123456-1",
            "00-\(trace.replacing("2", with: "F"))-1234567890123456-01",
        ])
    func malformed(value: String) async throws {
        let passed = try await one([("traceparent", value)])
        #expect(passed.traceID != Self.trace && !value.contains(passed.traceID))
    }

    @Test("A later version is understood as far as it is known", arguments: ["", "-what-the-future-will-be-like"])
    func later(rest: String) async throws {
        #expect(try await one([("traceparent", "cc-\(Self.trace)-1234567890123456-01\(rest)")]).traceID == Self.trace)
    }

    @Test("A state without a parent is dropped; with one it is passed on in its order, from however many fields")
    func state() async throws {
        #expect(try await one([("tracestate", "foo=1")]).state.isEmpty)
        for name in ["tracestate", "TraceState", "TRACESTATE"] {
            let passed = try await one([("traceparent", Self.unsampled), (name, "foo=1,bar=2")])
            #expect(passed.traceID == Self.trace && passed["foo"] == "1" && passed["bar"] == "2" && passed.flags == "00")
        }
        for name in ["trace-state", "trace.state"] {
            #expect(try await one([("traceparent", Self.unsampled), (name, "foo=1")])["foo"] == nil)
        }
        let several = try await one([
            ("traceparent", Self.unsampled), ("tracestate", "foo=1,bar=2"), ("tracestate", ""), ("tracestate", "rojo=1,congo=2"),
            ("tracestate", "baz=3"),
        ])
        #expect(several.state.map(\.key) == ["foo", "bar", "rojo", "congo", "baz"])
        #expect(try await one([("traceparent", Self.unsampled), ("tracestate", "foo=1,foo=2")])["foo"] != nil)
    }

    @Test(
        "White space between members is no part of them",
        arguments: [
            "foo=1 \t , \t bar=2, \t baz=3", "foo=1\t \t,\t \tbar=2,\t \tbaz=3", " foo=1,bar=2 ,baz=3", "\t foo=1,bar=2,baz=3 \t",
        ])
    func spaces(list: String) async throws {
        let passed = try await one([("traceparent", Self.unsampled), ("tracestate", list)])
        #expect(passed["foo"] == "1" && passed["bar"] == "2" && passed["baz"] == "3")
    }

    @Test("All letters that keys and values may have, and their greatest lengths")
    func grammar() async throws {
        let key = "abcdefghijklmnopqrstuvwxyz0123456789_-*/"
        let value = String(
            String.UnicodeScalarView((0x20...0x7E).filter { $0 != 0x2C && $0 != 0x3D }.compactMap(Unicode.Scalar.init)))
        for key in [key, key + "@a-z0-9_-*/", "foo@", "foo@@bar", "foo@bar@baz", String(repeating: "z", count: 256)] {
            let passed = try await one([("traceparent", Self.unsampled), ("tracestate", "bar=2,\(key)=\(value)")])
            #expect(passed[key] == value && passed["bar"] == "2")
        }
        let members = (1...32).map { "bar\($0)=\($0)" }
        #expect(
            try await one([("traceparent", Self.unsampled), ("tracestate", members.joined(separator: ","))]).state.count == 32)
    }

    @Test(
        "A state with one bad member is dropped whole, and the trace goes on",
        arguments: [
            "foo =1,bar=2", "FOO=1,bar=2", "foo.bar=1,bar=2", "@foo=1,bar=2", "foo=bar=baz,bar=2", "foo=,bar=2",
            "bar=2,\(String(repeating: "z", count: 257))=1", (1...33).map { "bar\($0)=2" }.joined(separator: ",") + ",bar=2",
        ])
    func badState(list: String) async throws {
        let passed = try await one([("traceparent", Self.unsampled), ("tracestate", list)])
        #expect(passed.traceID == Self.trace && passed.state.isEmpty)
    }

    @Test("Each question is a span of its own")
    func several() async throws {
        let passed = try await pass([("traceparent", Self.parent)], times: 3)
        #expect(passed.count == 3 && Set(passed.map(\.traceID)) == [Self.trace] && Set(passed.map(\.parentID)).count == 3)
        #expect(Set(try await pass([], times: 3).map(\.parentID)).count == 3)
    }
}
