/// The messages of a client out of its bytes: a state machine without input or output, resumable at any byte.
///
/// It refuses at the first byte that shows the fault: a text that turns out not to be UTF-8 is not read to its end.
struct WebSocketParser {
    enum Event: Equatable {
        case message(WebSocketMessage)
        case ping([UInt8])
        case pong([UInt8])
        /// nil: the frame named no code.
        case close(WebSocketCloseCode?, reason: String)
    }

    private enum State {
        /// Gathering the two to fourteen bytes before a payload.
        case head
        case payload
    }

    /// The payload of control frames has 125 bytes at most, so theirs and a message's are apart.
    private struct Frame {
        var isFinal = true
        var opcode: UInt8 = 0
        var mask: UInt32 = 0
        var left = 0
        /// Where in the mask the next byte stands.
        var phase = 0
        var isControl: Bool { opcode >= 8 }
    }

    private let limit: Int
    private var state = State.head
    private var head: [UInt8] = []
    private var frame = Frame()
    private var control: [UInt8] = []
    /// The fragments so far; `messageKind` is 1 for text, 2 for binary, nil between messages.
    private var message: [UInt8] = []
    private var messageKind: UInt8?
    private var text = UTF8Validator()
    /// After a close frame nothing counts.
    private(set) var isClosed = false

    init(limit: Int) { self.limit = limit }

    /// The next event, nil when every byte given is taken. After a violation it takes nothing more.
    mutating func next(_ bytes: UnsafeRawBufferPointer, from at: inout Int) throws(WebSocketViolation) -> Event? {
        while !isClosed {
            switch state {
            case .head:
                guard try gatherHead(bytes, from: &at) else { return nil }
                if frame.left == 0, let event = try endFrame() { return event }
            case .payload:
                guard at < bytes.count else { return nil }
                try takePayload(bytes, from: &at)
                if frame.left == 0, let event = try endFrame() { return event }
            }
        }
        at = bytes.count
        return nil
    }

    // MARK: The head

    private mutating func gatherHead(_ bytes: UnsafeRawBufferPointer, from at: inout Int) throws(WebSocketViolation) -> Bool {
        while at < bytes.count {
            head.append(bytes[at])
            at += 1
            if head.count == 2 { try judge(head[0], head[1]) }
            guard head.count >= 2, head.count == headLength(head[1]) else { continue }
            try finishHead()
            return true
        }
        return false
    }

    private func headLength(_ second: UInt8) -> Int {
        switch second & 0x7F {
        case 126: 8
        case 127: 14
        default: 6
        }
    }

    private mutating func judge(_ first: UInt8, _ second: UInt8) throws(WebSocketViolation) {
        guard first & 0x70 == 0 else { throw .framing("reserved bits are set, and no extension was agreed on") }
        guard second & 0x80 != 0 else { throw .framing("a client's frames must be masked") }
        let opcode = first & 0x0F
        let isFinal = first & 0x80 != 0
        switch opcode {
        case 0: guard messageKind != nil else { throw .framing("there is nothing to continue") }
        case 1, 2: guard messageKind == nil else { throw .framing("a message begins within another") }
        case 8, 9, 10:
            guard isFinal else { throw .framing("a control frame is fragmented") }
            guard second & 0x7F <= 125 else { throw .framing("a control frame has more than 125 bytes") }
        default: throw .framing("opcode \(opcode) is not known")
        }
        frame = Frame(isFinal: isFinal, opcode: opcode)
    }

    private mutating func finishHead() throws(WebSocketViolation) {
        var length = UInt64(head[1] & 0x7F)
        if length >= 126 {
            let short = length == 126
            length = head[2..<(short ? 4 : 10)].reduce(0) { $0 << 8 | UInt64($1) }
            guard length >> 63 == 0 else { throw .framing("a length has its highest bit set") }
            guard length >= (short ? 126 : 65_536) else { throw .framing("a length is written longer than it needs") }
        }
        frame.mask = head.suffix(4).reversed().reduce(0) { $0 << 8 | UInt32($1) }
        head.removeAll(keepingCapacity: true)
        if !frame.isControl {
            guard length <= UInt64(limit - message.count) else { throw .tooLarge(limit) }
            if frame.opcode != 0 {
                messageKind = frame.opcode
                text = UTF8Validator()
            }
        }
        frame.left = Int(length)
        state = .payload
    }

    // MARK: The payload

    private mutating func takePayload(_ bytes: UnsafeRawBufferPointer, from at: inout Int) throws(WebSocketViolation) {
        let count = min(frame.left, bytes.count - at)
        let part = UnsafeRawBufferPointer(rebasing: bytes[at..<(at + count)])
        at += count
        if frame.isControl {
            unmask(part, onto: &control)
        } else {
            let before = message.count
            unmask(part, onto: &message)
            if messageKind == 1 {
                let isText = message.withUnsafeBytes { text.take(UnsafeRawBufferPointer(rebasing: $0[before...])) }
                guard isText else { throw .notText }
            }
        }
        frame.left -= count
        frame.phase = (frame.phase + count) % 4
    }

    private func unmask(_ part: UnsafeRawBufferPointer, onto out: inout [UInt8]) {
        let shift = UInt32(frame.phase * 8)
        let mask = frame.mask >> shift | (shift == 0 ? 0 : frame.mask << (32 - shift))
        let wide = UInt64(mask) << 32 | UInt64(mask)
        let start = out.count
        out.append(contentsOf: part)
        out.withUnsafeMutableBytes { all in
            let own = UnsafeMutableRawBufferPointer(rebasing: all[start...])
            var at = 0
            while at + 8 <= own.count {
                let value = own.loadUnaligned(fromByteOffset: at, as: UInt64.self) ^ wide
                own.storeBytes(of: value, toByteOffset: at, as: UInt64.self)
                at += 8
            }
            while at < own.count {
                own[at] ^= UInt8(truncatingIfNeeded: mask >> UInt32(at % 4 * 8))
                at += 1
            }
        }
    }

    private mutating func endFrame() throws(WebSocketViolation) -> Event? {
        state = .head
        if frame.isControl {
            defer { control.removeAll(keepingCapacity: true) }
            switch frame.opcode {
            case 9: return .ping(control)
            case 10: return .pong(control)
            default:
                isClosed = true
                return try closing()
            }
        }
        guard frame.isFinal else { return nil }
        defer {
            message = []
            messageKind = nil
        }
        guard messageKind == 1 else { return .message(.binary(message)) }
        guard text.isComplete else { throw .notText }
        return .message(.text(String(decoding: message, as: UTF8.self)))
    }

    private func closing() throws(WebSocketViolation) -> Event {
        guard !control.isEmpty else { return .close(nil, reason: "") }
        guard control.count >= 2 else { throw .framing("a close frame has half a code") }
        let code = WebSocketCloseCode(rawValue: UInt16(control[0]) << 8 | UInt16(control[1]))
        guard code.mayBeSent else { throw .framing("close code \(code.rawValue) may not be sent") }
        var reason = UTF8Validator()
        let isText = control.withUnsafeBytes { reason.take(UnsafeRawBufferPointer(rebasing: $0[2...])) }
        guard isText, reason.isComplete else { throw .notText }
        return .close(code, reason: String(decoding: control.dropFirst(2), as: UTF8.self))
    }
}
