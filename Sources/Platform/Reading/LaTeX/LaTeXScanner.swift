/// Walks through a LaTeX source command by command; what is set as it is typed, and comments, go by whole.
struct LaTeXScanner {
    enum Piece {
        /// `\name`, without its arguments.
        case command(String, Range<Int>)
        case other(Range<Int>)

        var range: Range<Int> {
            switch self {
            case .command(_, let range), .other(let range): range
            }
        }
    }

    let bytes: [UInt8]
    var position = 0

    private static let verbatim: Set<String> = [
        "verbatim", "verbatim*", "Verbatim", "BVerbatim", "lstlisting", "minted", "alltt", "comment", "filecontents",
        "filecontents*",
        "Sinput", "Soutput", "CodeInput", "CodeOutput",
    ]

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    var isAtGroup: Bool { position < bytes.count && bytes[position] == UInt8(ascii: "{") }

    static func text(_ bytes: ArraySlice<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }

    mutating func next() -> Piece? {
        guard position < bytes.count else { return nil }
        let start = position
        switch bytes[position] {
        case UInt8(ascii: "%"):
            skip { $0 != 10 }
            return .other(start..<position)
        case UInt8(ascii: "\\"):
            position += 1
            let named = position
            skip(while: Self.isLetter)
            guard position > named else {
                // A sign that the stroke takes its meaning, or gives one.
                position = min(position + 1, bytes.count)
                return .other(start..<position)
            }
            let name = Self.text(bytes[named..<position])
            if name == "verb" {
                passVerb()
                return .other(start..<position)
            }
            let after = position
            if name == "begin", let group = group(), Self.verbatim.contains(Self.text(bytes[group])) {
                pass(Array("\\end{".utf8) + bytes[group] + [UInt8(ascii: "}")])
                return .other(start..<position)
            }
            position = after
            return .command(name, start..<position)
        default:
            skip { $0 != UInt8(ascii: "%") && $0 != UInt8(ascii: "\\") }
            return .other(start..<position)
        }
    }

    /// What stands between the braces that begin here, and goes past them.
    mutating func group() -> Range<Int>? { enclosed(UInt8(ascii: "{"), UInt8(ascii: "}")) }

    /// The same of brackets.
    mutating func optional() -> Range<Int>? { enclosed(UInt8(ascii: "["), UInt8(ascii: "]")) }

    /// Goes past a star.
    mutating func star() { if position < bytes.count, bytes[position] == UInt8(ascii: "*") { position += 1 } }

    /// What an argument may be at most, in bytes; beyond that a brace is missing.
    private static let longest = 20_000

    private mutating func enclosed(_ open: UInt8, _ close: UInt8) -> Range<Int>? {
        guard position < bytes.count, bytes[position] == open else { return nil }
        var (index, depth) = (position + 1, 0)
        let end = min(bytes.count, position + Self.longest)
        while index < end {
            let byte = bytes[index]
            if byte == UInt8(ascii: "\\") {
                index += 2
                continue
            }
            if byte == close, depth == 0 {
                defer { position = index + 1 }
                return position + 1..<index
            }
            if byte == UInt8(ascii: "{") { depth += 1 }
            if byte == UInt8(ascii: "}") {
                depth -= 1
                if depth < 0 { return nil }
            }
            index += 1
        }
        return nil
    }

    private mutating func skip(while holds: (UInt8) -> Bool) {
        while position < bytes.count, holds(bytes[position]) { position += 1 }
    }

    private mutating func passVerb() {
        star()
        guard position < bytes.count else { return }
        let mark = bytes[position]
        position += 1
        skip { $0 != mark && $0 != 10 }
        if position < bytes.count, bytes[position] == mark { position += 1 }
    }

    private mutating func pass(_ end: [UInt8]) {
        while position < bytes.count {
            if bytes[position...].starts(with: end) {
                position += end.count
                return
            }
            position += 1
            skip { $0 != UInt8(ascii: "\\") }
        }
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (65...90).contains(byte) || (97...122).contains(byte) || byte == 64 }
}
