import Failures
@testable import HTTPEngine
import HTTPServing
import Testing

@Suite("Request parser")
struct RequestParserTests {
    @Test("gives each shape of the strictness table its status, whole", arguments: Shape.all)
    func whole(_ shape: Shape) {
        #expect(expected(shape) == ParseResult.whole(shape.bytes).status)
    }

    @Test("gives the same result byte by byte, and in pieces", arguments: Shape.all)
    func split(_ shape: Shape) {
        let whole = ParseResult.whole(shape.bytes)
        for size in [1, 2, 3, 7, 64, 1000] { #expect(ParseResult.split(shape.bytes, into: size) == whole) }
    }

    @Test("reads two requests behind each other")
    func pipeline() throws {
        let text = "POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabcGET /b?c=d HTTP/1.1\r\nHost: a\r\n\r\nGET /c"
        let result = ParseResult.whole(Array(text.utf8))
        #expect(result.requests.map(\.target) == ["/a", "/b?c=d"])
        #expect(result.requests.map(\.isComplete) == [true, true])
        #expect(result.requests.first?.body == Array("abc".utf8))
        #expect(result.rejection == nil)
        #expect(!result.isFresh)
    }

    @Test("trims a value's blanks and keeps its inside and the order of fields")
    func values() {
        let text = "GET / HTTP/1.1\r\nHost: a\r\nX:\t a \t b \t\r\nx: c\r\nY:\r\n\r\n"
        let request = ParseResult.whole(Array(text.utf8)).requests.first
        #expect(request?.headers == ["Host: a", "X: a \t b", "x: c", "Y: "])
    }

    @Test(
        "knows whether the connection lives on",
        arguments: [
            ("HTTP/1.1", "", true), ("HTTP/1.1", "Connection: close\r\n", false), ("HTTP/1.1", "Connection: a, Close\r\n", false),
            ("HTTP/1.1", "Connection: keep-alive\r\nConnection: close\r\n", false), ("HTTP/1.0", "", false),
            ("HTTP/1.0", "Connection: Keep-Alive\r\n", true), ("HTTP/1.0", "Connection: keep-alive, close\r\n", false),
        ])
    func keepAlive(version: String, lines: String, lives: Bool) {
        let result = ParseResult.whole(Array("GET / \(version)\r\nHost: a\r\n\(lines)\r\n".utf8))
        #expect(result.requests.first?.keepsAlive == lives)
    }

    @Test("takes nothing more after a rejection")
    func sticky() {
        var parser = RequestParser()
        let bytes = Array("GET  / HTTP/1.1\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n".utf8)
        bytes.withUnsafeBytes { raw in
            var at = 0
            for _ in 0..<3 {
                guard case .rejected(let reason) = parser.next(raw, from: &at) else {
                    Issue.record("accepted")
                    return
                }
                #expect(reason.code == .badRequest)
            }
        }
    }

    @Test("takes a head of exactly the limit and refuses one byte more", arguments: [1, 4096, 1 << 20])
    func headLimit(piece: Int) {
        let limits = ParserLimits(head: 200)
        let fixed = "GET / HTTP/1.1\r\nHost: a\r\nX: \r\n\r\n".utf8.count
        for (extra, accepted) in [(0, true), (1, false)] {
            let value = String(repeating: "a", count: 200 - fixed + extra)
            let bytes = Array("GET / HTTP/1.1\r\nHost: a\r\nX: \(value)\r\n\r\n".utf8)
            let pieces = stride(from: 0, to: bytes.count, by: piece).map { bytes[$0..<min($0 + piece, bytes.count)] }
            let result = ParseResult(pieces, limits: limits)
            #expect(result.requests.count == (accepted ? 1 : 0))
            #expect(result.rejection?.code == (accepted ? nil : .headersTooLarge))
        }
    }

    /// The parser does not know the server's limit on bodies: it takes the head, and the body is not there.
    private func expected(_ shape: Shape) -> Int? { shape.status == 413 ? nil : shape.status }
}
