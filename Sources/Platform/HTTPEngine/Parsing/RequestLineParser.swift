import Failures
import HTTPMessages
import HTTPServing

/// Reads `METHOD SP target SP HTTP/1.x CRLF`, resumable at any byte.
struct RequestLineParser {
    enum Step {
        /// Every byte given is taken and the line is not at its end.
        case more
        case line(method: HTTPMethod, target: String, minorVersion: Int)
        case rejected(Rejection)
    }

    private enum State { case start, emptyLine, method, target, version, end }

    private var state = State.start
    private var skippedEmptyLine = false
    /// The line so far, from earlier calls.
    private var carry: [UInt8] = []
    private var methodEnd = 0
    private var targetEnd = 0

    /// No byte of a request has come yet.
    var isFresh: Bool { state == .start && !skippedEmptyLine }

    mutating func scan(_ bytes: UnsafeRawBufferPointer, from at: inout Int, to end: Int) -> Step {
        var start = at
        let held = carry.count
        while at < end {
            let byte = bytes[at]
            switch state {
            case .start:
                // One empty line before the request line is let pass, as RFC 9112 section 2.2 asks.
                if byte == ByteClass.cr, !skippedEmptyLine {
                    state = .emptyLine
                } else if ByteClass.isToken(byte) {
                    start = at
                    state = .method
                } else {
                    return .rejected(.bad("The request line does not begin with a method."))
                }
            case .emptyLine:
                guard byte == ByteClass.lf else { return .rejected(.bad("A carriage return stands alone.")) }
                skippedEmptyLine = true
                state = .start
            case .method:
                if byte == ByteClass.space {
                    methodEnd = held + at - start
                    state = .target
                } else if !ByteClass.isToken(byte) {
                    return .rejected(.bad("The method holds a byte that it may not."))
                }
            case .target:
                if byte == ByteClass.space {
                    targetEnd = held + at - start
                    guard targetEnd > methodEnd + 1 else { return .rejected(.bad("The request line has no target.")) }
                    state = .version
                } else if !ByteClass.isTarget(byte) {
                    return .rejected(.bad("The target holds a byte that it may not, or the version is missing."))
                }
            case .version:
                if byte == ByteClass.cr {
                    state = .end
                } else if byte <= ByteClass.space || byte >= 0x7F || held + at - start - targetEnd > 8 {
                    return .rejected(.bad("The request line does not end with an HTTP version."))
                }
            case .end:
                guard byte == ByteClass.lf else { return .rejected(.bad("A carriage return stands alone.")) }
                defer { self = RequestLineParser() }
                let line = start..<at
                at += 1
                guard held > 0 else { return finish(UnsafeRawBufferPointer(rebasing: bytes[line])) }
                carry.append(contentsOf: bytes[line])
                return carry.withUnsafeBytes { finish($0) }
            }
            at += 1
        }
        if state != .start, state != .emptyLine { carry.append(contentsOf: bytes[start..<end]) }
        return .more
    }

    /// - Parameter line: without LF, with CR.
    private func finish(_ line: UnsafeRawBufferPointer) -> Step {
        guard let method = method(line[..<methodEnd]) else {
            return .rejected(Rejection(.notImplemented, "This method is not known here."))
        }
        let target = line[(methodEnd + 1)..<targetEnd]
        let isServerWide = method == .options && target.count == 1 && target.first == UInt8(ascii: "*")
        guard target.first == UInt8(ascii: "/") || isServerWide else {
            return .rejected(.bad("The target must be a path that begins with a slash."))
        }
        let version = line[(targetEnd + 1)..<(line.count - 1)]
        guard let minor = minorVersion(version) else {
            return .rejected(.bad("The request line does not end with an HTTP version."))
        }
        guard minor >= 0 else { return .rejected(Rejection(.versionNotSupported, "Only HTTP/1.0 and HTTP/1.1 are spoken here.")) }
        return .line(method: method, target: String(decoding: target, as: UTF8.self), minorVersion: minor)
    }

    private func method(_ name: Slice<UnsafeRawBufferPointer>) -> HTTPMethod? {
        HTTPMethod.allCases.first { $0.rawValue.utf8.elementsEqual(name) }
    }

    /// 0 or 1; -1 for a version of another protocol generation; nil if it is no version at all.
    private func minorVersion(_ text: Slice<UnsafeRawBufferPointer>) -> Int? {
        guard text.count == 8, text.starts(with: "HTTP/".utf8) else { return nil }
        let (major, dot, minor) = (text[text.startIndex + 5], text[text.startIndex + 6], text[text.startIndex + 7])
        guard ByteClass.isDigit(major), dot == UInt8(ascii: "."), ByteClass.isDigit(minor) else { return nil }
        guard major == UInt8(ascii: "1"), minor <= UInt8(ascii: "1") else { return -1 }
        return Int(minor) - 48
    }
}
