/// Takes a PDF's bytes apart into values (ISO 32000-1, 7.2 and 7.3), in the file itself and in the streams that draw its pages.
struct PDFLexer {
    /// Arrays and dictionaries within each other.
    private static let deepest = 60

    private let bytes: ArraySlice<UInt8>
    private(set) var at: Int
    /// Whether `7 0 R` is a reference; in a page's stream there are none.
    private let hasReferences: Bool

    init(_ bytes: ArraySlice<UInt8>, at: Int? = nil, hasReferences: Bool = true) {
        self.bytes = bytes
        self.at = max(at ?? bytes.startIndex, bytes.startIndex)
        self.hasReferences = hasReferences
    }

    var isAtEnd: Bool { at >= bytes.endIndex }

    /// The next value; nil at the end, or where nothing can be made of what is there.
    mutating func next(depth: Int = 0) -> PDFValue? {
        skipSpace()
        guard at < bytes.endIndex, depth < Self.deepest else { return nil }
        switch bytes[at] {
        case UInt8(ascii: "/"): return .name(name())
        case UInt8(ascii: "("): return .string(literal())
        case UInt8(ascii: "<"):
            guard at + 1 < bytes.endIndex, bytes[at + 1] == UInt8(ascii: "<") else { return .string(hexadecimal()) }
            at += 2
            return dictionary(depth)
        case UInt8(ascii: "["):
            at += 1
            var values: [PDFValue] = []
            while let value = next(depth: depth + 1) {
                if value.isWord("]") { break }
                values.append(value)
            }
            return .array(values)
        case UInt8(ascii: "]"), UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: ")"):
            at += 1
            return .word(String(UnicodeScalar(bytes[at - 1])))
        case UInt8(ascii: ">"):
            at += at + 1 < bytes.endIndex && bytes[at + 1] == UInt8(ascii: ">") ? 2 : 1
            return .word(">>")
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."): return numeral()
        default: return word()
        }
    }

    /// Passes over bytes up to the end of `mark` with white space before it.
    mutating func skip(past mark: String) {
        let mark = Array(mark.utf8)
        while at + mark.count <= bytes.endIndex {
            if bytes[at] == mark[0], bytes[at..<at + mark.count].elementsEqual(mark), at == bytes.startIndex || bytes[at - 1] <= 32
            {
                at += mark.count
                return
            }
            at += 1
        }
        at = bytes.endIndex
    }

    /// Where a stream's bytes begin, just behind the word `stream`.
    mutating func startOfStream() -> Int {
        if at < bytes.endIndex, bytes[at] == 13 { at += 1 }
        if at < bytes.endIndex, bytes[at] == 10 { at += 1 }
        return at
    }

    private mutating func skipSpace() {
        while at < bytes.endIndex {
            if bytes[at] == UInt8(ascii: "%") {
                while at < bytes.endIndex, bytes[at] != 10, bytes[at] != 13 { at += 1 }
            } else if bytes[at] <= 32 {
                at += 1
            } else {
                return
            }
        }
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        guard byte > 32 else { return false }
        switch byte {
        case UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "["), UInt8(ascii: "]"),
            UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "/"), UInt8(ascii: "%"):
            return false
        default: return true
        }
    }

    private mutating func word() -> PDFValue {
        let start = at
        while at < bytes.endIndex, Self.isPlain(bytes[at]) { at += 1 }
        if at == start { at += 1 }
        switch String(decoding: bytes[start..<at], as: UTF8.self) {
        case "true": return .bool(true)
        case "false": return .bool(false)
        case "null": return .null
        case let word: return .word(word)
        }
    }

    private mutating func name() -> String {
        at += 1
        var letters: [UInt8] = []
        while at < bytes.endIndex, Self.isPlain(bytes[at]) {
            if bytes[at] == UInt8(ascii: "#"), at + 2 < bytes.endIndex, let high = Self.digit(bytes[at + 1]),
                let low = Self.digit(bytes[at + 2])
            {
                letters.append(high << 4 | low)
                at += 3
            } else {
                letters.append(bytes[at])
                at += 1
            }
        }
        return String(decoding: letters, as: UTF8.self)
    }

    private mutating func numeral() -> PDFValue {
        guard let value = decimal() else { return word() }
        guard hasReferences, value >= 0, value < 10_000_000, value == value.rounded() else { return .number(value) }
        // A reference is two whole numbers and an `R`.
        let before = at
        skipSpace()
        if at < bytes.endIndex, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[at]), decimal() != nil {
            skipSpace()
            if at < bytes.endIndex, bytes[at] == UInt8(ascii: "R"), at + 1 == bytes.endIndex || !Self.isPlain(bytes[at + 1]) {
                at += 1
                return .reference(Int(value))
            }
        }
        at = before
        return .number(value)
    }

    private mutating func decimal() -> Double? {
        let start = at
        var (whole, scale, isNegative, isFraction, digits) = (0.0, 1.0, false, false, 0)
        scan: while at < bytes.endIndex {
            switch bytes[at] {
            case UInt8(ascii: "-"): isNegative = true
            case UInt8(ascii: "+"): break
            case UInt8(ascii: "."):
                if isFraction { break scan }
                isFraction = true
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                digits += 1
                whole = whole * 10 + Double(bytes[at] - 48)
                if isFraction { scale *= 10 }
            default: break scan
            }
            at += 1
        }
        guard digits > 0 else {
            at = start
            return nil
        }
        return (isNegative ? -whole : whole) / scale
    }

    private mutating func literal() -> [UInt8] {
        at += 1
        var (out, depth): ([UInt8], Int) = ([], 1)
        while at < bytes.endIndex {
            let byte = bytes[at]
            at += 1
            switch byte {
            case UInt8(ascii: "("): depth += 1
            case UInt8(ascii: ")"):
                depth -= 1
                if depth == 0 { return out }
            case UInt8(ascii: "\\"):
                escape(into: &out)
                continue
            default: break
            }
            out.append(byte)
        }
        return out
    }

    private mutating func escape(into out: inout [UInt8]) {
        guard at < bytes.endIndex else { return }
        let byte = bytes[at]
        at += 1
        switch byte {
        case UInt8(ascii: "n"): out.append(10)
        case UInt8(ascii: "r"): out.append(13)
        case UInt8(ascii: "t"): out.append(9)
        case UInt8(ascii: "b"): out.append(8)
        case UInt8(ascii: "f"): out.append(12)
        case 13: if at < bytes.endIndex, bytes[at] == 10 { at += 1 }
        case 10: break
        case UInt8(ascii: "0")...UInt8(ascii: "7"):
            var value = Int(byte) - 48
            for _ in 0..<2 where at < bytes.endIndex && (48...55).contains(bytes[at]) {
                value = value * 8 + Int(bytes[at]) - 48
                at += 1
            }
            out.append(UInt8(truncatingIfNeeded: value))
        default: out.append(byte)
        }
    }

    private mutating func hexadecimal() -> [UInt8] {
        at += 1
        var (out, half): ([UInt8], UInt8?) = ([], nil)
        while at < bytes.endIndex, bytes[at] != UInt8(ascii: ">") {
            if let digit = Self.digit(bytes[at]) {
                if let high = half {
                    out.append(high << 4 | digit)
                    half = nil
                } else {
                    half = digit
                }
            }
            at += 1
        }
        at += 1
        if let half { out.append(half << 4) }
        return out
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 48...57: byte - 48
        case 65...70: byte - 55
        case 97...102: byte - 87
        default: nil
        }
    }

    private mutating func dictionary(_ depth: Int) -> PDFValue {
        var entries: [String: PDFValue] = [:]
        while let key = next(depth: depth + 1) {
            if key.isWord(">>") { break }
            guard case .name(let name) = key, let value = next(depth: depth + 1) else { continue }
            if value.isWord(">>") { break }
            entries[name] = value
        }
        return .dictionary(entries)
    }
}
