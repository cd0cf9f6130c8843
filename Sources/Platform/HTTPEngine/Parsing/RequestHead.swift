import Failures
import HTTPMessages
import HTTPServing

/// A request line and its headers, with what they say about framing already judged.
struct RequestHead {
    enum Framing: Equatable {
        case none
        case length(Int)
        case chunked
    }

    var method: HTTPMethod
    var target: String
    /// 0 or 1.
    var minorVersion: Int
    var headers: HTTPHeaders
    var framing: Framing
    var keepsAlive: Bool
    var expectsContinue: Bool
}

/// Gathers the fields of a head and judges them together at the empty line.
struct RequestHeadBuilder {
    private let method: HTTPMethod
    private let target: String
    private let minorVersion: Int
    private var fields: [(name: String, value: String)] = []
    private var hosts = 0
    private var contentLength: String?
    private var transferEncoding: String?
    private var duplicate: Rejection?
    private var close = false
    private var keepAlive = false
    private var expectsContinue = false

    init(method: HTTPMethod, target: String, minorVersion: Int) {
        self.method = method
        self.target = target
        self.minorVersion = minorVersion
        fields.reserveCapacity(8)
    }

    var count: Int { fields.count }

    mutating func append(name: String, value: String) {
        fields.append((name: name, value: value))
        switch name.utf8.count {
        case 4 where HTTPHeaders.same(name, "host"):
            hosts += 1
            if hosts > 1 { duplicate = duplicate ?? .bad("There are two Host headers.") }
            if value.isEmpty || !value.utf8.allSatisfy(ByteClass.isHost) {
                duplicate = duplicate ?? .bad("The Host header is not a host.")
            }
        case 6 where HTTPHeaders.same(name, "expect"):
            expectsContinue = expectsContinue || HTTPHeaders.same(value, "100-continue")
        case 10 where HTTPHeaders.same(name, "connection"):
            for option in value.utf8.split(separator: UInt8(ascii: ",")) {
                let word = String(Substring(option).trimmingOptionalWhitespace)
                if HTTPHeaders.same(word, "close") { close = true }
                if HTTPHeaders.same(word, "keep-alive") { keepAlive = true }
            }
        case 14 where HTTPHeaders.same(name, "content-length"):
            if contentLength != nil { duplicate = duplicate ?? .bad("There are two Content-Length headers.") }
            contentLength = value
        case 17 where HTTPHeaders.same(name, "transfer-encoding"):
            if transferEncoding != nil { duplicate = duplicate ?? .bad("There are two Transfer-Encoding headers.") }
            transferEncoding = value
        default: break
        }
    }

    func finish() throws(Rejection) -> RequestHead {
        if let duplicate { throw duplicate }
        if hosts == 0, minorVersion == 1 { throw .bad("The Host header is missing.") }
        return RequestHead(
            method: method, target: target, minorVersion: minorVersion, headers: HTTPHeaders(fields), framing: try framing(),
            keepsAlive: close ? false : minorVersion == 1 || keepAlive,
            expectsContinue: expectsContinue && minorVersion == 1)
    }

    private func framing() throws(Rejection) -> RequestHead.Framing {
        if let transferEncoding {
            guard contentLength == nil else { throw .bad("Content-Length and Transfer-Encoding exclude each other.") }
            guard minorVersion == 1 else { throw .bad("HTTP/1.0 has no Transfer-Encoding.") }
            guard transferEncoding == "chunked" else {
                throw Rejection(.notImplemented, "The only transfer coding known here is chunked.")
            }
            return .chunked
        }
        guard let contentLength else { return .none }
        let digits = contentLength.utf8
        guard (1...18).contains(digits.count), digits.allSatisfy(ByteClass.isDigit), let length = Int(contentLength) else {
            throw .bad("Content-Length is not a number.")
        }
        return .length(length)
    }
}
