import Failures

/// Cuts `multipart/form-data` into parts. A pure state machine: bytes go in as they come, cut anywhere; events come out.
struct MultipartParser: Sendable {
    enum Event: Sendable, Equatable {
        case part(MultipartHead)
        case data([UInt8])
        case partEnd
    }

    private enum State {
        /// Before the first boundary.
        case preamble
        /// Right behind a boundary: `--`, or padding and a line end.
        case afterBoundary
        case headers
        case body
        case done
    }

    /// CR LF `--` boundary.
    private let delimiter: [UInt8]
    private let limits: MultipartLimits
    private var state = State.preamble
    private var buffer: [UInt8]
    /// Bytes of `buffer` that are used up.
    private var start = 0
    private var parts = 0
    private var partBytes = 0

    /// nil unless the boundary has 1 to 70 of the characters that RFC 2046 allows.
    init?(boundary: String, limits: MultipartLimits) {
        let allowed = Array("'()+_,-./:=? ".utf8)
        guard (1...70).contains(boundary.utf8.count), boundary.utf8.last != 32,
            boundary.utf8.allSatisfy({
                (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0) || allowed.contains($0)
            })
        else { return nil }
        delimiter = Array("\r\n--\(boundary)".utf8)
        self.limits = limits
        // The first boundary may stand at the very beginning: seen as if a line end came before it.
        buffer = [13, 10]
    }

    var isDone: Bool { if case .done = state { true } else { false } }

    mutating func push(_ bytes: [UInt8]) {
        if start > 0 {
            buffer.removeFirst(start)
            start = 0
        }
        buffer += bytes
    }

    /// The end of input: throws unless the closing boundary was there.
    func finish() throws(HTTPFailure) {
        guard isDone else { throw HTTPFailure(.badRequest, "The form ends before its closing boundary.") }
    }

    /// The next event, or nil if more bytes are needed or the form is done.
    mutating func next() throws(HTTPFailure) -> Event? {
        while true {
            switch state {
            case .preamble:
                guard let found = search() else { return nil }
                if found.isWhole {
                    start = found.index + delimiter.count
                    state = .afterBoundary
                } else {
                    start = found.index
                    return nil
                }
            case .afterBoundary:
                guard try passBoundary() else { return nil }
            case .headers:
                guard let head = try readHead() else { return nil }
                state = .body
                partBytes = 0
                return .part(head)
            case .body:
                guard let found = search() else { return nil }
                if found.index > start {
                    let data = Array(buffer[start..<found.index])
                    start = found.index
                    partBytes += data.count
                    guard partBytes <= limits.partBytes else {
                        throw HTTPFailure(.payloadTooLarge, "A part of the form may have \(limits.partBytes) bytes at most.")
                    }
                    return .data(data)
                }
                guard found.isWhole else { return nil }
                start += delimiter.count
                state = .afterBoundary
                return .partEnd
            case .done:
                start = buffer.count
                return nil
            }
        }
    }

    /// Where the delimiter, or a beginning of it that the buffer cuts off, stands; its end if there is none. nil for an empty buffer.
    private func search() -> (index: Int, isWhole: Bool)? {
        guard start < buffer.count else { return nil }
        return buffer.withUnsafeBufferPointer { bytes in
            var index = start
            while index < bytes.count {
                guard let offset = bytes[index...].firstIndex(of: 13) else { return (bytes.count, false) }
                var length = 1
                while length < delimiter.count, offset + length < bytes.count, bytes[offset + length] == delimiter[length] {
                    length += 1
                }
                if length == delimiter.count { return (offset, true) }
                if offset + length == bytes.count { return (offset, false) }
                index = offset + 1
            }
            return (bytes.count, false)
        }
    }

    /// false if more bytes are needed.
    private mutating func passBoundary() throws(HTTPFailure) -> Bool {
        var index = start
        guard index < buffer.count else { return false }
        if buffer[index] == UInt8(ascii: "-") {
            guard index + 1 < buffer.count else { return false }
            guard buffer[index + 1] == UInt8(ascii: "-") else { throw malformed }
            start = index + 2
            state = .done
            return true
        }
        while index < buffer.count, buffer[index] == 32 || buffer[index] == 9 { index += 1 }
        guard index - start <= 64 else { throw malformed }
        guard index < buffer.count else { return false }
        guard buffer[index] == 13 else { throw malformed }
        guard index + 1 < buffer.count else { return false }
        guard buffer[index + 1] == 10 else { throw malformed }
        parts += 1
        guard parts <= limits.parts else { throw HTTPFailure(.payloadTooLarge, "A form may have \(limits.parts) parts at most.") }
        start = index + 2
        state = .headers
        return true
    }

    private mutating func readHead() throws(HTTPFailure) -> MultipartHead? {
        var lines: [[UInt8]] = []
        var line = start
        var index = start
        while index + 1 < buffer.count {
            guard index - start <= limits.headerBytes else { throw tooLong }
            guard buffer[index] == 13, buffer[index + 1] == 10 else {
                index += 1
                continue
            }
            if index == line {
                let head = try MultipartHead(lines: lines)
                start = index + 2
                return head
            }
            lines.append(Array(buffer[line..<index]))
            index += 2
            line = index
        }
        guard buffer.count - start <= limits.headerBytes else { throw tooLong }
        return nil
    }

    private var malformed: HTTPFailure { HTTPFailure(.badRequest, "The form is malformed: a boundary line goes on.") }
    private var tooLong: HTTPFailure {
        HTTPFailure(.headersTooLarge, "The headers of a part of the form may have \(limits.headerBytes) bytes at most.")
    }
}
