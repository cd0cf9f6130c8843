/// Tells whether bytes are one JSON text exactly as RFC 8259 writes it, in UTF-8 alone.
///
/// The decoder reads no more than a type asks for and takes UTF-16 too, so by itself it lets a trailing comma pass, and in a field that
/// no type has `--1` or an unknown escape. What two programs read differently is better refused by both.
struct JSONSyntax {
    /// Lists and objects within each other.
    private static let deepest = 512
    private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    private let bytes: [UInt8]
    private var at = 0
    /// The signs that close what is open, the innermost last.
    private var closers: [UInt8] = []

    static func accepts(_ bytes: [UInt8]) -> Bool {
        var syntax = JSONSyntax(bytes)
        return syntax.readsAll() && String(validating: bytes, as: UTF8.self) != nil
    }

    private init(_ bytes: [UInt8]) {
        self.bytes = bytes
        // RFC 8259, 8.1: a reader may ignore one.
        if bytes.starts(with: Self.byteOrderMark) { at = 3 }
    }

    private mutating func readsAll() -> Bool {
        while true {
            guard readsValue() else { return false }
            // After a value: the ends of what is open, then a comma, or the end of all.
            while true {
                skipSpace()
                guard let closer = closers.last else { return at == bytes.count }
                if takes(closer) {
                    closers.removeLast()
                } else {
                    guard takes(UInt8(ascii: ",")), closer == UInt8(ascii: "]") || readsName() else { return false }
                    break
                }
            }
        }
    }

    /// A plain value, an empty list or object, or the way down to the first value within one.
    private mutating func readsValue() -> Bool {
        while true {
            skipSpace()
            guard at < bytes.count else { return false }
            switch bytes[at] {
            case UInt8(ascii: "["): closers.append(UInt8(ascii: "]"))
            case UInt8(ascii: "{"): closers.append(UInt8(ascii: "}"))
            case UInt8(ascii: "\""): return readsString()
            case UInt8(ascii: "t"): return reads("true")
            case UInt8(ascii: "f"): return reads("false")
            case UInt8(ascii: "n"): return reads("null")
            default: return readsNumber()
            }
            at += 1
            guard closers.count <= Self.deepest, let closer = closers.last else { return false }
            skipSpace()
            if takes(closer) {
                closers.removeLast()
                return true
            }
            if closer == UInt8(ascii: "}"), !readsName() { return false }
        }
    }

    private mutating func readsName() -> Bool {
        skipSpace()
        guard at < bytes.count, bytes[at] == UInt8(ascii: "\""), readsString() else { return false }
        skipSpace()
        return takes(UInt8(ascii: ":"))
    }

    private mutating func readsString() -> Bool {
        at += 1
        while at < bytes.count {
            let byte = bytes[at]
            at += 1
            if byte == UInt8(ascii: "\"") { return true }
            if byte < 0x20 { return false }
            guard byte == UInt8(ascii: "\\") else { continue }
            guard at < bytes.count else { return false }
            let escape = bytes[at]
            at += 1
            if escape == UInt8(ascii: "u") {
                guard at + 4 <= bytes.count, bytes[at..<at + 4].allSatisfy(Self.isHexadecimal) else { return false }
                at += 4
            } else if !"\"\\/bfnrt".utf8.contains(escape) {
                return false
            }
        }
        return false
    }

    /// `-0.5e+3`: no plus, no leading zeros, digits on both sides of the point.
    private mutating func readsNumber() -> Bool {
        _ = takes(UInt8(ascii: "-"))
        if !takes(UInt8(ascii: "0")), !readsDigits() { return false }
        if takes(UInt8(ascii: ".")), !readsDigits() { return false }
        if takes(UInt8(ascii: "e")) || takes(UInt8(ascii: "E")) {
            if !takes(UInt8(ascii: "+")) { _ = takes(UInt8(ascii: "-")) }
            return readsDigits()
        }
        return true
    }

    private mutating func readsDigits() -> Bool {
        let start = at
        while at < bytes.count, (48...57).contains(bytes[at]) { at += 1 }
        return at > start
    }

    private mutating func reads(_ word: StaticString) -> Bool {
        let length = word.utf8CodeUnitCount
        guard at + length <= bytes.count else { return false }
        let isThere = word.withUTF8Buffer { bytes[at..<at + length].elementsEqual($0) }
        at += length
        return isThere
    }

    private mutating func takes(_ byte: UInt8) -> Bool {
        guard at < bytes.count, bytes[at] == byte else { return false }
        at += 1
        return true
    }

    private mutating func skipSpace() {
        while at < bytes.count, Self.isSpace(bytes[at]) { at += 1 }
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        (48...57).contains(byte) || (65...70).contains(byte) || (97...102).contains(byte)
    }
}
