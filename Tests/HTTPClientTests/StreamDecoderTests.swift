import HTTPClient
import Testing

struct StreamDecoderTests {
    static let lineCases: [(String, [String], String?)] = [
        ("{\"a\":1}\n{\"b\":2}\n", ["{\"a\":1}", "{\"b\":2}"], nil),
        ("a\r\nb\rc\n\nd", ["a", "b", "c", ""], "d"),
        ("Zoë 🐉\r\nx\n", ["Zoë 🐉", "x"], nil),
        ("", [], nil),
    ]

    @Test("Lines come out the same however the bytes are cut", arguments: lineCases)
    func lines(text: String, expected: [String], rest: String?) throws {
        try forEachCut(Array(text.utf8)) { pieces in
            var decoder = LineDecoder()
            var found: [String] = []
            for piece in pieces { found += try decoder.feed(piece) }
            #expect(found == expected)
            #expect(decoder.finish() == rest)
        }
    }

    static let eventCases: [(String, [ReceivedEvent])] = [
        ("data: a\n\n", [ReceivedEvent(data: "a")]),
        ("\u{FEFF}data: a\n\n", [ReceivedEvent(data: "a")]),
        ("data: a\ndata:b\ndata:  c\n\n", [ReceivedEvent(data: "a\nb\n c")]),
        (
            ": note\nid: 7\nevent: delta\ndata: ü\r\n\r\ndata: x\r\r",
            [
                ReceivedEvent(id: "7", event: "delta", data: "ü"), ReceivedEvent(id: "7", data: "x"),
            ]
        ),
        ("event: none\n\ndata\n\ndata: cut off", [ReceivedEvent(data: "")]),
        ("id: a\u{0}b\nretry: 10\nunknown: x\ndata: [DONE]\n\n", [ReceivedEvent(data: "[DONE]")]),
    ]

    @Test("Events come out the same however the bytes are cut", arguments: eventCases)
    func events(text: String, expected: [ReceivedEvent]) throws {
        try forEachCut(Array(text.utf8)) { pieces in
            var decoder = ServerSentEventDecoder()
            var found: [ReceivedEvent] = []
            for piece in pieces { found += try decoder.feed(piece) }
            #expect(found == expected)
        }
    }

    @Test("An endless line or event is refused")
    func limits() throws {
        var lines = LineDecoder(limit: 10)
        #expect(throws: HTTPClientFailure.self) { try lines.feed(Array(repeating: 65, count: 11)) }
        var events = ServerSentEventDecoder(limit: 20)
        #expect(throws: HTTPClientFailure.self) { for _ in 0..<5 { _ = try events.feed(Array("data: 12345\n".utf8)) } }
    }

    /// Whole, byte by byte, and cut in two at each place.
    private func forEachCut(_ bytes: [UInt8], _ body: ([[UInt8]]) throws -> Void) rethrows {
        try body([bytes])
        try body(bytes.map { [$0] })
        for cut in 0...bytes.count { try body([Array(bytes[..<cut]), Array(bytes[cut...])]) }
    }
}
