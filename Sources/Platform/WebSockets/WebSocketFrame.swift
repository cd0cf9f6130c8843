/// Makes the frames that a server sends: whole messages, unmasked.
enum WebSocketFrame {
    static func text(_ text: String) -> [UInt8] { frame(1, Array(text.utf8)) }
    static func binary(_ bytes: [UInt8]) -> [UInt8] { frame(2, bytes) }
    static func ping() -> [UInt8] { frame(9, []) }
    static func pong(_ payload: [UInt8]) -> [UInt8] { frame(10, payload) }

    /// - Parameter reason: is cut to what a control frame holds, at a character.
    static func close(_ code: WebSocketCloseCode?, _ reason: String) -> [UInt8] {
        guard let code else { return frame(8, []) }
        var words = reason
        while words.utf8.count > 123 { words.removeLast() }
        return frame(8, [UInt8(code.rawValue >> 8), UInt8(code.rawValue & 0xFF)] + Array(words.utf8))
    }

    private static func frame(_ opcode: UInt8, _ payload: [UInt8]) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(payload.count + 10)
        out.append(0x80 | opcode)
        switch payload.count {
        case ..<126: out.append(UInt8(payload.count))
        case ..<65_536:
            out.append(126)
            for shift in [8, 0] { out.append(UInt8(truncatingIfNeeded: payload.count >> shift)) }
        default:
            out.append(127)
            for shift in stride(from: 56, through: 0, by: -8) { out.append(UInt8(truncatingIfNeeded: payload.count >> shift)) }
        }
        out.append(contentsOf: payload)
        return out
    }
}
