/// Reads `name: value CRLF` lines up to the empty line, resumable at any byte. Headers and trailers are both made of these.
struct FieldLineParser {
    enum Step {
        /// Every byte given is taken and the line is not at its end.
        case more
        case field(name: String, value: String)
        /// The empty line.
        case end
        case rejected(Rejection)
    }

    private enum State { case start, name, beforeValue, value, lineFeed, lastLineFeed }

    private var state = State.start
    /// The line so far, from earlier calls.
    private var carry: [UInt8] = []
    // Offsets in the line.
    private var nameEnd = 0
    private var valueStart = 0
    private var valueEnd = 0

    mutating func scan(_ bytes: UnsafeRawBufferPointer, from at: inout Int, to end: Int) -> Step {
        let start = at
        let held = carry.count
        while at < end {
            let byte = bytes[at]
            switch state {
            case .start:
                if byte == ByteClass.cr {
                    state = .lastLineFeed
                } else if ByteClass.isToken(byte) {
                    state = .name
                } else if byte == ByteClass.space || byte == ByteClass.tab {
                    return .rejected(.bad("A header line is folded."))
                } else {
                    return .rejected(.bad("A header has no name, or a byte in it that may not be there."))
                }
            case .name:
                if byte == UInt8(ascii: ":") {
                    nameEnd = held + at - start
                    state = .beforeValue
                } else if !ByteClass.isToken(byte) {
                    return .rejected(.bad("A header's name holds a byte that it may not."))
                }
            case .beforeValue, .value:
                if byte == ByteClass.cr {
                    if state == .beforeValue {
                        valueStart = held + at - start
                        valueEnd = valueStart
                    }
                    state = .lineFeed
                } else if !ByteClass.isFieldValue(byte) {
                    return .rejected(.bad("A header's value holds a byte that it may not."))
                } else if byte != ByteClass.space, byte != ByteClass.tab {
                    if state == .beforeValue {
                        valueStart = held + at - start
                        state = .value
                    }
                    valueEnd = held + at - start + 1
                }
            case .lineFeed:
                guard byte == ByteClass.lf else { return .rejected(.bad("A carriage return stands alone.")) }
                let line = start..<at
                at += 1
                defer { self = FieldLineParser() }
                guard held > 0 else { return field(UnsafeRawBufferPointer(rebasing: bytes[line])) }
                carry.append(contentsOf: bytes[line])
                return carry.withUnsafeBytes { field($0) }
            case .lastLineFeed:
                guard byte == ByteClass.lf else { return .rejected(.bad("A carriage return stands alone.")) }
                at += 1
                self = FieldLineParser()
                return .end
            }
            at += 1
        }
        if state != .start { carry.append(contentsOf: bytes[start..<end]) }
        return .more
    }

    private func field(_ line: UnsafeRawBufferPointer) -> Step {
        .field(
            name: String(decoding: UnsafeRawBufferPointer(rebasing: line[..<nameEnd]), as: UTF8.self),
            value: String(decoding: UnsafeRawBufferPointer(rebasing: line[valueStart..<valueEnd]), as: UTF8.self))
    }
}
