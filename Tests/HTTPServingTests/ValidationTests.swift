import Failures
import HTTPMessages
import HTTPServing
import HTTPServingTesting
import Testing

@Suite struct ValidationTests {
    let client = TestClient(sampleRouter())

    @Test(arguments: [
        (#"{"front":"why","level":"easy"}"#, ["count": "is missing"]),
        (#"{}"#, ["front": "is missing", "level": "is missing", "count": "is missing"]),
        (#"{"front":7,"level":"easy","count":"x"}"#, ["front": "must be a text", "count": "must be a whole number"]),
        (#"{"front":null,"level":"easy","count":1.5}"#, ["front": "must be a text, not null", "count": "must be a whole number"]),
        (#"{"front":"why","level":"heavy","count":1}"#, ["level": "must be one of easy, hard"]),
        (#"{"front":"ab","level":"easy","count":1}"#, ["front": "must have from 3 to 20 characters"]),
        (#"{"front":"why","level":"easy","count":11}"#, ["count": "must be from 1 to 10"]),
        (
            #"{"front":"no","email":"nobody","level":"easy","count":0}"#,
            [
                "front": "must have from 3 to 20 characters", "email": "must be an email address", "count": "must be from 1 to 10",
            ]
        ),
        (
            #"{"front":"why","level":"easy","count":1,"links":[{"url":"https://a.org"},{"url":5},{}]}"#,
            ["links[1].url": "must be a text", "links[2].url": "is missing"]
        ),
        (#"{"front":"why","level":"easy","count":1,"links":{"a":1}}"#, ["links": "must be a list"]),
        (#"{"front":"why","level":"easy","count":1,"links":[1]}"#, ["links[0]": "must be an object"]),
        (#"[]"#, ["body": "must be an object"]),
        (#""text""#, ["body": "must be an object"]),
    ])
    func `names every field at fault in plain words`(_ json: String, _ details: [String: String]) async throws {
        let answer = try await client.post("/api/cards", json: json)
        #expect(answer.status == 400)
        let error = try answer.error()
        #expect(error.error == "ValidationFailed")
        #expect(error.details == details)
    }

    @Test(arguments: ["{", #"{"front":}"#, "nonsense", #"{"front":"a"} trailing"#, "\u{0}"])
    func `a body that is no JSON is 400`(_ json: String) async throws {
        let answer = try await client.post("/api/cards", json: json)
        #expect(answer.status == 400)
        #expect(try answer.error().error == "BadRequest")
    }

    @Test(arguments: [
        "[1,]", #"{"a":1,}"#, "--1", "-", "1e", "1..2", "00", "-01", ".5", "5.", "+1", #""\q""#, #""\u12g4""#, "[1 2]", "[,1]",
        "[1}}",
        "{1:2}", "tru", "\"a\u{1}b\"", "\u{c}1", "1 // one", "NaN", "",
    ])
    func `a field that no type has must be JSON too`(_ value: String) async throws {
        let answer = try await client.post("/api/cards", json: #"{"front":"why","level":"easy","count":1,"other":\#(value)}"#)
        #expect(answer.status == 400)
        #expect(try answer.error().error == "BadRequest")
    }

    @Test(arguments: [
        "[]", "{}", "[[],{}]", #"{"a":{"b":[1,{"c":null}]}}"#, "-0", "0.5", "-1.25e-3", "1E+9",
        #""\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00""#,
        "true", "false", " [ 1 , 2 ] ", "\t\r\n1",
    ])
    func `a field that no type has is passed over`(_ value: String) async throws {
        let json = #"{"front":"why","level":"easy","count":1,"other":\#(value)}"#
        #expect(try await client.post("/api/cards", json: json).status < 300)
        #expect(try await client.post("/api/cards", json: "\u{FEFF}" + json).status < 300)
        #expect(try await client.post("/api/cards", json: json.dropLast() + ",}").status == 400)
    }

    @Test func `a body in another encoding than UTF-8 is 400`() async throws {
        let json = #"{"front":"why","level":"easy","count":1}"#
        let wide = json.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        let broken = Array(json.utf8.dropLast()) + Array(#","other":""#.utf8) + [0xFF] + Array(#""}"#.utf8)
        for body in [wide, [0xFF, 0xFE] + wide, broken] {
            let answer = try await client.send(.post, "/api/cards", headers: ["Content-Type": "application/json"], body: body)
            #expect(answer.status == 400)
        }
    }

    @Test func `a compressed body is 415 and says what is taken`() async throws {
        let json = #"{"front":"why","level":"easy","count":1}"#
        let answer = try await client.post("/api/cards", json: json, headers: ["Content-Encoding": "gzip"])
        #expect(answer.status == 415)
        #expect(answer.headers["Accept-Encoding"] == "identity")
        #expect(try answer.error().details["Content-Encoding"] != nil)
        #expect(try await client.post("/api/cards", json: json, headers: ["Content-Encoding": "Identity"]).status < 300)
    }

    @Test func `a body that is missing is 400`() async throws {
        #expect(try await client.post("/api/cards").status == 400)
    }

    @Test(arguments: [String(repeating: "a", count: 20_000), String(repeating: "[", count: 40)])
    func `of a body that is long or deep the first fault alone is named`(_ padding: String) async throws {
        let answer = try await client.post("/api/cards", json: #"{"front":7,"level":5,"count":"x","padding":"\#(padding)"}"#)
        #expect(answer.status == 400)
        let error = try answer.error()
        #expect(error.error == "ValidationFailed")
        #expect(error.details.count == 1)
    }

    @Test(arguments: [String(repeating: "[", count: 40), "{\"front\":\"" + String(repeating: "a", count: 20_000)])
    func `a body that is long or deep and no JSON is 400`(_ json: String) async throws {
        #expect(try await client.post("/api/cards", json: json).error().error == "BadRequest")
    }

    @Test func `deep nesting is refused and does no harm`() async throws {
        let deep = String(repeating: "[", count: 200_000)
        #expect(try await client.post("/api/cards", json: deep).status == 400)
        for depth in [100, 500, 511, 600, 5000] {
            let closed = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
            #expect(try await client.post("/api/cards", json: #"{"front":\#(closed)}"#).status == 400)
            let objects = String(repeating: #"{"front":"#, count: depth) + "1" + String(repeating: "}", count: depth)
            #expect(try await client.post("/api/cards", json: objects).status == 400)
        }
    }

    @Test(arguments: ["text/plain", "application/x-www-form-urlencoded", "application/json; charset=latin1", "application/jsonx"])
    func `a type that is not JSON is 415`(_ type: String) async throws {
        let answer = try await client.post("/api/cards", json: "{}", headers: ["Content-Type": type])
        #expect(answer.status == 415)
        #expect(try answer.error().error == "UnsupportedMediaType")
    }

    @Test(arguments: ["application/json", "Application/JSON ; charset=UTF-8", "application/merge-patch+json"])
    func `takes JSON under its names`(_ type: String) async throws {
        let body = #"{"front":"why","level":"easy","count":3}"#
        #expect(try await client.post("/api/cards", json: body, headers: ["Content-Type": type]).status == 201)
    }

    @Test func `a body over the limit is 413, announced or not`() async throws {
        let big = Array((#"{"front":""# + String(repeating: "a", count: 1 << 20) + #""}"#).utf8)
        #expect(try await client.send(.post, "/api/cards", body: big).status == 413)
        let chunked = HTTPRequestBody(length: nil, source: BufferedBodySource(big))
        #expect(try await client.send(.post, "/api/cards", body: chunked).status == 413)
    }

    @Test(arguments: [
        ("page=0", ["page": "must be from 1 to 1000000"]),
        ("page=x&limit=1000", ["page": "must be a whole number"]),
        ("limit=101&page=-1", ["limit": "must be from 1 to 100", "page": "must be from 1 to 1000000"]),
        ("level=heavy", ["level": "has a value that is not allowed"]),
    ])
    func `checks a query`(_ query: String, _ details: [String: String]) async throws {
        let answer = try await client.get("/api/cards?\(query)")
        #expect(answer.status == 400)
        #expect(try answer.error().details == details)
    }

    @Test(arguments: ["ann@example.org", "a.b+c@sub.example.co", "ü@example.org"]) func `takes an email address`(_ text: String) {
        #expect(TextFormat.email.accepts(text))
    }

    @Test(arguments: [
        "", "ann", "ann@", "@example.org", "a@b@c.org", "ann@localhost", "a b@example.org", "ann@-x.org", "ann@example..org",
    ])
    func `refuses what is no email address`(_ text: String) {
        #expect(!TextFormat.email.accepts(text))
    }
}
