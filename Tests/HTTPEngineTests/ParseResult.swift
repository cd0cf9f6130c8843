import Failures
@testable import HTTPEngine
import HTTPMessages
import HTTPServing

/// What a parser made of some bytes, in a form that two runs can be compared by.
struct ParseResult: Equatable {
    struct Request: Equatable {
        var method: String
        var target: String
        var minorVersion: Int
        var headers: [String]
        var framing: RequestHead.Framing
        var keepsAlive: Bool
        var body: [UInt8] = []
        var isComplete = false
    }

    var requests: [Request] = []
    var rejection: Rejection?
    /// No byte of another request has come.
    var isFresh = false

    /// - Parameter pieces: the bytes as they are given, one piece after the other.
    init(_ pieces: some Sequence<ArraySlice<UInt8>>, limits: ParserLimits = ParserLimits()) {
        var parser = RequestParser(limits: limits)
        for piece in pieces where rejection == nil {
            piece.withUnsafeBytes { bytes in
                var at = 0
                while rejection == nil, take(parser.next(bytes, from: &at), bytes) {}
            }
        }
        isFresh = parser.isFresh
    }

    static func whole(_ bytes: [UInt8]) -> ParseResult { ParseResult([bytes[...]]) }

    static func split(_ bytes: [UInt8], into size: Int) -> ParseResult {
        ParseResult(stride(from: 0, to: bytes.count, by: size).lazy.map { bytes[$0..<min($0 + size, bytes.count)] })
    }

    /// The status that the first request gets if the handler reads its body; nil while it is incomplete.
    var status: Int? {
        if requests.first?.isComplete == true { return 200 }
        return rejection?.code.status
    }

    private mutating func take(_ event: RequestParser.Event, _ bytes: UnsafeRawBufferPointer) -> Bool {
        switch event {
        case .more: return false
        case .head(let head):
            requests.append(
                Request(
                    method: head.method.rawValue, target: head.target, minorVersion: head.minorVersion,
                    headers: head.headers.fields.map { "\($0.name): \($0.value)" }, framing: head.framing,
                    keepsAlive: head.keepsAlive))
        case .body(let range): requests[requests.count - 1].body += bytes[range]
        case .end: requests[requests.count - 1].isComplete = true
        case .rejected(let reason): rejection = reason
        }
        return true
    }
}
