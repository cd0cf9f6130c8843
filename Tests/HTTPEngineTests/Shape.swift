import Testing

/// A request as bytes and the status that it must get. The strictness table is a list of these.
struct Shape: Sendable, CustomTestStringConvertible {
    let name: String
    let bytes: [UInt8]
    let status: Int

    init(_ name: String, _ text: String, _ status: Int) { self.init(name, Array(text.utf8), status) }

    init(_ name: String, _ bytes: [UInt8], _ status: Int) {
        self.name = name
        self.bytes = bytes
        self.status = status
    }

    var testDescription: String { name }

    /// A GET with these header lines after Host.
    static func get(_ name: String, _ lines: String, _ status: Int) -> Shape {
        Shape(name, "GET / HTTP/1.1\r\nHost: a\r\n\(lines)\r\n", status)
    }

    /// A POST with these header lines after Host, and this body.
    static func post(_ name: String, _ lines: String, _ body: String, _ status: Int) -> Shape {
        Shape(name, "POST / HTTP/1.1\r\nHost: a\r\n\(lines)\r\n\(body)", status)
    }

    /// A POST with this chunked body.
    static func chunks(_ name: String, _ body: String, _ status: Int) -> Shape {
        post(name, "Transfer-Encoding: chunked\r\n", body, status)
    }
}

extension Shape {
    static let lengths: [Shape] = [
        .post("two equal Content-Length", "Content-Length: 1\r\nContent-Length: 1\r\n", "x", 400),
        .post("two different Content-Length", "Content-Length: 1\r\nContent-Length: 2\r\n", "xx", 400),
        .post("Content-Length list", "Content-Length: 1, 1\r\n", "x", 400),
        .post("Content-Length with plus", "Content-Length: +1\r\n", "x", 400),
        .post("Content-Length with minus", "Content-Length: -1\r\n", "x", 400),
        .post("empty Content-Length", "Content-Length:\r\n", "", 400),
        .post("Content-Length in hexadecimal", "Content-Length: 0x1\r\n", "x", 400),
        .post("Content-Length with a fraction", "Content-Length: 1.0\r\n", "x", 400),
        .post("Content-Length with inner space", "Content-Length: 1 1\r\n", "x", 400),
        .post("Content-Length of 19 digits", "Content-Length: 0000000000000000001\r\n", "x", 400),
        .post("Content-Length beyond the limit", "Content-Length: 999999999999999999\r\n", "", 413),
        .post("Content-Length with Transfer-Encoding", "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n", 400),
        .post("Transfer-Encoding with Content-Length", "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n", "0\r\n\r\n", 400),
        .post("unknown Transfer-Encoding with Content-Length", "Transfer-Encoding: x\r\nContent-Length: 5\r\n", "12345", 400),
        .post("Transfer-Encoding twice", "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n", 400),
        Shape("Transfer-Encoding on HTTP/1.0", "POST / HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400),
        .post("Transfer-Encoding gzip", "Transfer-Encoding: gzip\r\n", "", 501),
        .post("Transfer-Encoding gzip, chunked", "Transfer-Encoding: gzip, chunked\r\n", "0\r\n\r\n", 501),
        .post("Transfer-Encoding chunked, identity", "Transfer-Encoding: chunked, identity\r\n", "0\r\n\r\n", 501),
        .post("Transfer-Encoding in capitals", "Transfer-Encoding: Chunked\r\n", "0\r\n\r\n", 501),
        .post("Transfer-Encoding xchunked", "Transfer-Encoding: xchunked\r\n", "0\r\n\r\n", 501),
        .post("empty Transfer-Encoding", "Transfer-Encoding:\r\n", "0\r\n\r\n", 501),
        .post("Transfer-Encoding with a vertical tab", "Transfer-Encoding:\u{0B}chunked\r\n", "0\r\n\r\n", 400),
    ]

    static let bytes: [Shape] = [
        Shape("bare LF after the request line", "GET / HTTP/1.1\nHost: a\r\n\r\n", 400),
        Shape("bare LF after a header", "GET / HTTP/1.1\r\nHost: a\n\r\n", 400),
        Shape("bare LF as the empty line", "GET / HTTP/1.1\r\nHost: a\r\n\n", 400),
        Shape("LF before the request line", "\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        Shape("two empty lines before the request line", "\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        .get("bare CR in a value", "X: a\rb\r\n", 400),
        .get("bare CR in a name", "X\r: a\r\n", 400),
        .get("bare CR as the empty line", "X: a\r\n\rX", 400),
        Shape("bare CR in the request line", "GET /\r HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        .get("two CR before LF", "X: a\r\r\n", 400),
        .get("NUL in a value", "X: a\u{0}b\r\n", 400),
        .get("NUL in a name", "X\u{0}: a\r\n", 400),
        Shape("NUL in the target", "GET /\u{0} HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        Shape("NUL in the method", "G\u{0}ET / HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        .get("control byte in a value", "X: a\u{1}b\r\n", 400),
        .get("escape in a value", "X: a\u{1B}b\r\n", 400),
        .get("DEL in a value", "X: a\u{7F}b\r\n", 400),
        .get("vertical tab in a value", "X: a\u{0B}b\r\n", 400),
        Shape("tab in the target", "GET /\t HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        Shape("DEL in the target", "GET /\u{7F} HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        Shape("fragment in the target", "GET /#a HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        .get("folded header", "X: a\r\n b\r\n", 400),
        .get("header folded with a tab", "X: a\r\n\tb\r\n", 400),
        Shape("fold on the first header", "GET / HTTP/1.1\r\n Host: a\r\n\r\n", 400),
        .get("space before the colon", "X : a\r\n", 400),
        .get("tab before the colon", "X\t: a\r\n", 400),
        .get("empty header name", ": a\r\n", 400),
        .get("header without a colon", "X\r\n", 400),
        .get("header name with a space", "X Y: a\r\n", 400),
        .get("header name with a parenthesis", "X(: a\r\n", 400),
        .get("header name with a high byte", "Xé: a\r\n", 400),
        Shape("high byte in the target", "GET /é HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        Shape("high byte in the method", "GÉT / HTTP/1.1\r\nHost: a\r\n\r\n", 400),
    ]

    static let chunked: [Shape] = [
        .chunks("chunk size with plus", "+1\r\nx\r\n0\r\n\r\n", 400),
        .chunks("chunk size with minus", "-1\r\nx\r\n0\r\n\r\n", 400),
        .chunks("chunk size with 0x", "0x1\r\nx\r\n0\r\n\r\n", 400),
        .chunks("space before the chunk size", " 1\r\nx\r\n0\r\n\r\n", 400),
        .chunks("space after the chunk size", "1 \r\nx\r\n0\r\n\r\n", 400),
        .chunks("tab after the chunk size", "1\t\r\nx\r\n0\r\n\r\n", 400),
        .chunks("underscore in the chunk size", "1_0\r\nx\r\n0\r\n\r\n", 400),
        .chunks("empty chunk size", "\r\nx\r\n0\r\n\r\n", 400),
        .chunks("chunk size of only an extension", ";a\r\nx\r\n0\r\n\r\n", 400),
        .chunks("chunk size that overflows", "FFFFFFFFFFFFFFFFF\r\nx\r\n0\r\n\r\n", 400),
        .chunks("chunk size that overflows 64 bits", "10000000000000001\r\nx\r\n0\r\n\r\n", 400),
        .chunks("chunk data without CRLF", "1\r\nx0\r\n\r\n", 400),
        .chunks("chunk data followed by LF", "1\r\nx\n0\r\n\r\n", 400),
        .chunks("chunk data longer than its size", "1\r\nxy\r\n0\r\n\r\n", 400),
        .chunks("chunk size followed by LF", "1\nx\r\n0\r\n\r\n", 400),
        .chunks("chunk size followed by CR", "1\rx\r\n0\r\n\r\n", 400),
        .chunks("LF in a chunk extension", "1;a\nb\r\nx\r\n0\r\n\r\n", 400),
        .chunks("NUL in a chunk extension", "1;a\u{0}\r\nx\r\n0\r\n\r\n", 400),
        .chunks("chunk extension of 257 bytes", "1;\(String(repeating: "a", count: 257))\r\nx\r\n0\r\n\r\n", 400),
        .chunks(
            "chunk extensions of 17 KB in all", String(repeating: "1;\(String(repeating: "a", count: 250))\r\nx\r\n", count: 70),
            400),
        .chunks("empty chunk extension", "1;\r\nx\r\n0\r\n\r\n", 400),
        .chunks("chunk extension with a colon", "1;a:b\r\nx\r\n0\r\n\r\n", 400),
        .chunks("chunk extension without an end to its quotes", "1;a=\"b\r\nx\r\n0\r\n\r\n", 400),
        .chunks("space in a chunk extension", "1;a b\r\nx\r\n0\r\n\r\n", 400),
        .chunks("folded trailer", "0\r\n X: a\r\n\r\n", 400),
        .chunks("trailer without a colon", "0\r\nX\r\n\r\n", 400),
        .chunks("LF as the last line", "0\r\n\n", 400),
        .chunks("trailers of 9 KB", "0\r\nX: \(String(repeating: "a", count: 9000))\r\n\r\n", 431),
    ]

    static let requestLines: [Shape] = [
        Shape("two spaces before the target", "GET  / HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        Shape("two spaces after the target", "GET /  HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        Shape("space before the method", " GET / HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        Shape("space after the version", "GET / HTTP/1.1 \r\nHost: a\r\n\r\n", 400),
        Shape("tab instead of space", "GET\t/\tHTTP/1.1\r\nHost: a\r\n\r\n", 400),
        Shape("no spaces", "GET/HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        Shape("no version", "GET /\r\nHost: a\r\n\r\n", 400),
        Shape("no target", "GET HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        Shape("no method", "/ HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        Shape("unknown method", "BREW / HTTP/1.1\r\nHost: a\r\n\r\n", 501),
        Shape("method in lower case", "get / HTTP/1.1\r\nHost: a\r\n\r\n", 501),
        Shape("CONNECT", "CONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n", 501),
        Shape("HTTP/2.0", "GET / HTTP/2.0\r\nHost: a\r\n\r\n", 505),
        Shape("HTTP/1.2", "GET / HTTP/1.2\r\nHost: a\r\n\r\n", 505),
        Shape("HTTP/0.9", "GET / HTTP/0.9\r\nHost: a\r\n\r\n", 505),
        Shape("HTTP/1.10", "GET / HTTP/1.10\r\nHost: a\r\n\r\n", 400),
        Shape("HTTP/1.", "GET / HTTP/1.\r\nHost: a\r\n\r\n", 400),
        Shape("http in lower case", "GET / http/1.1\r\nHost: a\r\n\r\n", 400),
        Shape("another protocol", "GET / SIP/2.00\r\nHost: a\r\n\r\n", 400),
        Shape("absolute-form target", "GET http://a/ HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        Shape("authority-form target", "GET a:80 HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        Shape("asterisk for GET", "GET * HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        Shape("TLS", [0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00], 400),
    ]

    static let heads: [Shape] = [
        Shape("no Host on HTTP/1.1", "GET / HTTP/1.1\r\n\r\n", 400),
        Shape("two Hosts", "GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n", 400),
        Shape("two Hosts on HTTP/1.0", "GET / HTTP/1.0\r\nHost: a\r\nHost: b\r\n\r\n", 400),
        Shape("empty Host", "GET / HTTP/1.1\r\nHost:\r\n\r\n", 400),
        Shape("Host with a space", "GET / HTTP/1.1\r\nHost: a b\r\n\r\n", 400),
        Shape("Host with a path", "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n", 400),
        Shape("Host with a user", "GET / HTTP/1.1\r\nHost: u@a\r\n\r\n", 400),
        .get("head of more than 64 KB", "X: \(String(repeating: "a", count: 65_536))\r\n", 431),
        Shape("target of more than 64 KB", "GET /\(String(repeating: "a", count: 65_536)) HTTP/1.1\r\nHost: a\r\n\r\n", 431),
        .get("101 headers", String(repeating: "X: a\r\n", count: 100), 431),
    ]

    /// Apart from the others, of which seeded requests are made.
    static let methods: [Shape] = [
        Shape("PROPFIND", "PROPFIND / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nx", 200),
        Shape("REPORT", "REPORT / HTTP/1.1\r\nHost: a\r\n\r\n", 200),
    ]

    static let accepted: [Shape] = [
        .get("the least", "", 200),
        .get("100 headers", String(repeating: "X: a\r\n", count: 99), 200),
        .get("head of almost 64 KB", "X: \(String(repeating: "a", count: 65_000))\r\n", 200),
        .get("upgrade to h2c", "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n", 200),
        .get("empty value", "X:\r\n", 200),
        .get("value of only spaces", "X: \t \r\n", 200),
        .get("no space after the colon", "X:a\r\n", 200),
        .get("tab and spaces around a value", "X:\t a b \t\r\n", 200),
        .get("high bytes in a value", "X: é\r\n", 200),
        .get("Content-Length 0 on GET", "Content-Length: 0\r\n", 200),
        Shape("one empty line first", "\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", 200),
        Shape("HTTP/1.0 without Host", "GET / HTTP/1.0\r\n\r\n", 200),
        Shape("Host with port", "GET / HTTP/1.1\r\nHost: example.org:8080\r\n\r\n", 200),
        Shape("Host as an IPv6 address", "GET / HTTP/1.1\r\nHost: [::1]:8080\r\n\r\n", 200),
        Shape("names in any case", "GET / HTTP/1.1\r\nhOST: a\r\n\r\n", 200),
        Shape("OPTIONS *", "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n", 200),
        Shape("query with braces", "GET /?a={b|c^d} HTTP/1.1\r\nHost: a\r\n\r\n", 200),
        Shape("PATCH", "PATCH / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nab", 200),
        .post("leading zeros in Content-Length", "Content-Length: 0003\r\n", "abc", 200),
        .chunks("two chunks", "3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n", 200),
        .chunks("sizes in both cases", "a\r\n0123456789\r\nA\r\n0123456789\r\n0\r\n\r\n", 200),
        .chunks("leading zeros in a size", "0003\r\nabc\r\n000\r\n\r\n", 200),
        .chunks("chunk extension", "3;a=\"b c\"\r\nabc\r\n0;x\r\n\r\n", 200),
        .chunks("quoted pair in a chunk extension", "1;a=\"\\\"\";b=c\r\nx\r\n0\r\n\r\n", 200),
        .chunks("chunk extension of 256 bytes", "1;\(String(repeating: "a", count: 256))\r\nx\r\n0\r\n\r\n", 200),
        .chunks("trailers", "1\r\nx\r\n0\r\nX: a\r\nY: b\r\n\r\n", 200),
        .chunks("no data", "0\r\n\r\n", 200),
    ]

    static let refused = lengths + bytes + chunked + requestLines + heads
    static let all = refused + accepted + methods
}
