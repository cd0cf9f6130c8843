@testable import WebSockets
import SeededTesting
import Testing

/// What a client sends, and what comes of it: the cases of Autobahn's test suite (its chapters 1 to 7) that a server meets.
struct Conversation: Sendable, CustomTestStringConvertible {
    enum Outcome: Sendable, Equatable {
        case message(WebSocketMessage)
        case ping([UInt8])
        case pong([UInt8])
        case close(UInt16?, String)
        /// Refused with this code; the last.
        case refused(UInt16)
    }

    let name: String
    let bytes: [UInt8]
    let outcomes: [Outcome]

    var testDescription: String { name }

    init(_ name: String, _ frames: [[UInt8]], _ outcomes: [Outcome]) {
        self.name = name
        bytes = frames.flatMap { $0 }
        self.outcomes = outcomes
    }

    /// A client's frame, masked.
    static func frame(
        _ opcode: UInt8, _ payload: [UInt8] = [], final: Bool = true, reserved: UInt8 = 0, masked: Bool = true, length: Int? = nil
    ) -> [UInt8] {
        let count = length ?? payload.count
        var out: [UInt8] = [(final ? 0x80 : 0) | reserved << 4 | opcode]
        let mark: UInt8 = masked ? 0x80 : 0
        switch count {
        case ..<126: out.append(mark | UInt8(count))
        case ..<65_536: out += [mark | 126, UInt8(count >> 8), UInt8(count & 255)]
        default: out += [mark | 127] + stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: count >> $0) }
        }
        guard masked else { return out + payload }
        let mask: [UInt8] = [0x37, 0xFA, 0x21, 0x3D]
        return out + mask + payload.enumerated().map { $1 ^ mask[$0 % 4] }
    }

    static func text(_ text: String, final: Bool = true) -> [UInt8] { frame(1, Array(text.utf8), final: final) }
    static func more(_ text: String, final: Bool = true) -> [UInt8] { frame(0, Array(text.utf8), final: final) }

    static func closing(_ code: UInt16, _ reason: [UInt8] = []) -> [UInt8] {
        frame(8, [UInt8(code >> 8), UInt8(code & 255)] + reason)
    }

    static let all: [Conversation] = framing + control + fragments + unicode + closes

    private static let sizes = [0, 1, 125, 126, 127, 128, 65_535, 65_536, 70_000]

    private static var framing: [Conversation] {
        sizes.map { size in
            let text = String(repeating: "*", count: size)
            return Conversation("text of \(size)", [Self.text(text)], [.message(.text(text))])
        }
            + sizes.map { size in
                let bytes = [UInt8](repeating: 0xFE, count: size)
                return Conversation("binary of \(size)", [frame(2, bytes)], [.message(.binary(bytes))])
            }
            + (1...7).map { bits in
                Conversation(
                    "reserved bits \(bits)", [text("a"), frame(1, [65], reserved: UInt8(bits))],
                    [.message(.text("a")), .refused(1002)])
            }
            + [3, 4, 5, 6, 7, 11, 12, 13, 14, 15].map { opcode in
                Conversation("opcode \(opcode)", [frame(UInt8(opcode))], [.refused(1002)])
            }
            + [
                Conversation("not masked", [frame(1, [65], masked: false)], [.refused(1002)]),
                Conversation("too large", [frame(2, [], length: 100_001)], [.refused(1009)]),
                Conversation(
                    "too large in pieces", [frame(2, [UInt8](repeating: 0, count: 99_999), final: false), frame(0, [0, 0])],
                    [.refused(1009)]),
                Conversation(
                    "length with the highest bit", [[0x82, 0xFF, 0x80, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4]], [.refused(1002)]),
                Conversation("length longer than needed", [[0x82, 0xFE, 0, 5, 1, 2, 3, 4]], [.refused(1002)]),
                Conversation("length of 64 bits not needed", [[0x82, 0xFF, 0, 0, 0, 0, 0, 0, 1, 0, 1, 2, 3, 4]], [.refused(1002)]),
            ]
    }

    private static let control: [Conversation] = [
        Conversation("ping", [frame(9)], [.ping([])]),
        Conversation("ping with payload", [frame(9, Array("Hello".utf8))], [.ping(Array("Hello".utf8))]),
        Conversation(
            "ping of 125", [frame(9, [UInt8](repeating: 0xFE, count: 125))], [.ping([UInt8](repeating: 0xFE, count: 125))]),
        Conversation("ping of 126", [frame(9, [UInt8](repeating: 0xFE, count: 126))], [.refused(1002)]),
        Conversation("unasked pong", [frame(10, [1]), frame(9, [2])], [.pong([1]), .ping([2])]),
        Conversation("ten pings", (0..<10).map { frame(9, [$0]) }, (0..<10).map { .ping([$0]) }),
        Conversation("fragmented ping", [frame(9, [1], final: false), frame(0, [2])], [.refused(1002)]),
        Conversation("fragmented pong", [frame(10, [1], final: false)], [.refused(1002)]),
    ]

    private static let fragments: [Conversation] = [
        Conversation("text in two", [text("ab", final: false), more("cd")], [.message(.text("abcd"))]),
        Conversation(
            "ping within a message", [text("ab", final: false), frame(9, [7]), more("cd")], [.ping([7]), .message(.text("abcd"))]),
        Conversation("empty fragments", [text("", final: false), more("", final: false), more("")], [.message(.text(""))]),
        Conversation("continuing nothing", [more("a")], [.refused(1002)]),
        Conversation("continuing nothing, not final", [more("a", final: false), more("b")], [.refused(1002)]),
        Conversation("text within a text", [text("a", final: false), text("b")], [.refused(1002)]),
        Conversation("binary within a text", [text("a", final: false), frame(2, [1])], [.refused(1002)]),
        Conversation(
            "one message after another in fragments",
            [frame(2, [1], final: false), frame(0, [2]), text("x", final: false), more("y")],
            [.message(.binary([1, 2])), .message(.text("xy"))]),
    ]

    /// Markus Kuhn's stress test, as far as it is of one sequence each.
    private static let wrong: [[UInt8]] = [
        [0x80], [0xBF], [0xC0, 0xAF], [0xC1, 0xBF], [0xE0, 0x80, 0xAF], [0xE0, 0x9F, 0xBF], [0xF0, 0x80, 0x80, 0xAF],
        [0xF0, 0x8F, 0xBF, 0xBF], [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xFE], [0xFF], [0xED, 0xA0, 0x80],
        [0xED, 0xAF, 0xBF], [0xED, 0xB0, 0x80], [0xED, 0xBF, 0xBF], [0xED, 0xA0, 0x80, 0xED, 0xB0, 0x80],
        [0xCE, 0xBA, 0xE1, 0xBD, 0xB9, 0xCF, 0x83, 0xCE, 0xBC, 0xCE, 0xB5, 0xED, 0xA0, 0x80, 0x65], [0xF8, 0x88, 0x80, 0x80, 0x80],
        [0xC2, 0x41], [0xE1, 0xBD, 0x41],
    ]
    private static let right = [
        "κόσμε", "\u{0}", "\u{7F}", "\u{80}", "\u{7FF}", "\u{800}", "\u{FFFF}", "\u{10000}", "\u{10FFFF}", "\u{D7FF}", "\u{E000}",
        "\u{FFFD}", "Hello-µ@ßöäüàá-UTF-8!!",
    ]

    private static var unicode: [Conversation] {
        right.map { Conversation("text \(Array($0.utf8))", [text($0)], [.message(.text($0))]) }
            + right.map { words in
                Conversation(
                    "text \(Array(words.utf8)), a byte a frame",
                    [frame(1, [], final: false)] + words.utf8.map { frame(0, [$0], final: false) } + [frame(0)],
                    [.message(.text(words))])
            }
            + wrong.map { Conversation("no text \($0)", [frame(1, Array("good ".utf8) + $0)], [.refused(1007)]) }
            + [[0xCE], [0xE1, 0xBD], [0xF0, 0x9F, 0x98]].map { (bytes: [UInt8]) in
                Conversation("text that breaks off \(bytes)", [frame(1, bytes)], [.refused(1007)])
            }
            + [Conversation("binary that is no text", [frame(2, [0xFF])], [.message(.binary([0xFF]))])]
    }

    private static var closes: [Conversation] {
        [UInt16(1000), 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 3000, 3999, 4000, 4999].map {
            Conversation("close with \($0)", [closing($0, Array("bye".utf8))], [.close($0, "bye")])
        }
            + [UInt16(0), 999, 1004, 1005, 1006, 1016, 1100, 2000, 2999, 5000, 65535].map {
                Conversation("close with \($0)", [closing($0)], [.refused(1002)])
            }
            + [
                Conversation("close without a code", [frame(8)], [.close(nil, "")]),
                Conversation("close with half a code", [frame(8, [3])], [.refused(1002)]),
                Conversation(
                    "close with 123 bytes of reason", [closing(1000, [UInt8](repeating: 42, count: 123))],
                    [.close(1000, String(repeating: "*", count: 123))]),
                Conversation(
                    "close with 124 bytes of reason", [closing(1000, [UInt8](repeating: 42, count: 124))], [.refused(1002)]),
                Conversation("close whose reason is no text", [closing(1000, [0xCE, 0xBA, 0xED, 0xA0])], [.refused(1007)]),
                Conversation("what follows a close", [closing(1000), text("late"), frame(9)], [.close(1000, "")]),
                Conversation("close within a message", [text("a", final: false), closing(1000)], [.close(1000, "")]),
            ]
    }
}

@Suite("WebSocket parser")
struct WebSocketParserTests {
    /// What comes of bytes that arrive in pieces of these sizes.
    private func outcomes(_ bytes: [UInt8], cuts: [Int]) -> [Conversation.Outcome] {
        var parser = WebSocketParser(limit: 100_000)
        var found: [Conversation.Outcome] = []
        var start = 0
        for size in cuts {
            let part = Array(bytes[start..<(start + size)])
            start += size
            var at = 0
            do {
                while let event = try part.withUnsafeBytes({ raw throws(WebSocketViolation) in try parser.next(raw, from: &at) }) {
                    switch event {
                    case .message(let message): found.append(.message(message))
                    case .ping(let payload): found.append(.ping(payload))
                    case .pong(let payload): found.append(.pong(payload))
                    case .close(let code, let reason): found.append(.close(code?.rawValue, reason))
                    }
                }
            } catch {
                return found + [.refused((error as? WebSocketViolation)?.code.rawValue ?? 0)]
            }
        }
        return found
    }

    @Test("each conversation comes out the same whole, byte by byte and in odd pieces", arguments: Conversation.all)
    func conversation(_ case: Conversation) {
        #expect(outcomes(`case`.bytes, cuts: [`case`.bytes.count]) == `case`.outcomes)
        #expect(outcomes(`case`.bytes, cuts: Array(repeating: 1, count: `case`.bytes.count)) == `case`.outcomes)
        var (cuts, left, size) = ([Int](), `case`.bytes.count, 3)
        while left > 0 {
            cuts.append(min(size, left))
            left -= cuts[cuts.count - 1]
            size = size * 7 % 1009
        }
        #expect(outcomes(`case`.bytes, cuts: cuts) == `case`.outcomes)
    }

    @Test("text that cannot become UTF-8 is refused before its frame is whole")
    func failsFast() {
        let bytes = Conversation.frame(1, [0x61, 0xF4, 0x90] + [UInt8](repeating: 0x61, count: 90))
        #expect(outcomes(bytes, cuts: [9]) == [.refused(1007)])
    }

    @Test("changed bytes never crash it, nor make a message that is over the limit")
    func mutations() {
        var random = SeededGenerator(seed: 6455)
        let corpus = Conversation.all.map(\.bytes).filter { $0.count < 400 }
        for _ in 0..<20_000 {
            var bytes =
                corpus[Int.random(in: 0..<corpus.count, using: &random)] + corpus[Int.random(in: 0..<corpus.count, using: &random)]
            for _ in 0..<Int.random(in: 1...4, using: &random) where !bytes.isEmpty {
                bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: .min ... .max, using: &random)
            }
            let half = bytes.count / 2
            let whole = outcomes(bytes, cuts: [bytes.count])
            #expect(whole == outcomes(bytes, cuts: [half, bytes.count - half]))
        }
    }
}
