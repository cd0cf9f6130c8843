/// RTF whose letters beyond ASCII are written as Unicode: pandoc takes all bytes of `\'cc` for Western ones, whatever the file says, and
/// loses the space behind a Unicode sign whose older form is a letter.
struct RTFSource {
    private struct Group {
        var font: Int
        /// How many signs stand for a Unicode sign in readers that know none.
        var fallback: Int
        var isFontTable: Bool
    }

    /// Code pages by the character set of a font.
    private static let sets = [
        77: "MACINTOSH", 128: "CP932", 129: "CP949", 134: "GB18030", 136: "BIG5-HKSCS", 161: "CP1253", 162: "CP1254", 163: "CP1258",
        177: "CP1255", 178: "CP1256", 186: "CP1257", 204: "CP1251", 222: "CP874", 238: "CP1250",
    ]
    private static let wide: Set<String> = ["CP932", "CP949", "GB18030", "BIG5-HKSCS"]

    private let bytes: [UInt8]
    private var at = 0
    private var out: [UInt8] = []
    private var groups = [Group(font: 0, fallback: 1, isFontTable: false)]
    private var page = "CP1252"
    private var fonts: [Int: String] = [:]
    /// The font whose description is read.
    private var described = 0
    /// Bytes that wait to be told, in the code page of where they stand.
    private var waiting: [UInt8] = []
    /// Signs that the file has as Unicode, which wait too: two may be halves of one.
    private var units: [UInt16] = []
    /// So many signs more are what an older reader shows for the Unicode sign before, and go by.
    private var left = 0

    static func prepared(_ bytes: [UInt8]) -> [UInt8] {
        var source = RTFSource(bytes: bytes)
        source.rewrite()
        return source.out
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    private var charset: String { fonts[groups[groups.count - 1].font] ?? page }

    private mutating func rewrite() {
        out.reserveCapacity(bytes.count + bytes.count / 2)
        while at < bytes.count {
            switch bytes[at] {
            case UInt8(ascii: "{"):
                tell()
                groups.append(groups[groups.count - 1])
                copy(1)
            case UInt8(ascii: "}"):
                tell()
                if groups.count > 1 { groups.removeLast() }
                left = 0
                copy(1)
            case UInt8(ascii: "\\"): control()
            case 10, 13: copy(1)
            default:
                // The second half of a sign of two bytes may be an ASCII letter.
                if isHalf {
                    waiting.append(bytes[at])
                    at += 1
                } else if left > 0 {
                    left -= 1
                    at += 1
                } else if bytes[at] >= 0x80 {
                    tellUnits()
                    waiting.append(bytes[at])
                    at += 1
                } else {
                    tell()
                    copy(1)
                }
            }
        }
        tell()
    }

    /// Whether the bytes that wait end within a sign of two.
    private var isHalf: Bool {
        guard Self.wide.contains(charset), !waiting.isEmpty else { return false }
        var index = 0
        while index < waiting.count {
            let byte = waiting[index]
            let isLead = byte >= 0x81 && !(charset == "CP932" && (0xA0...0xDF).contains(byte))
            if isLead, index + 1 == waiting.count { return true }
            index += isLead ? 2 : 1
        }
        return false
    }

    private mutating func control() {
        if at + 3 < bytes.count, bytes[at + 1] == UInt8(ascii: "'"),
            let value = UInt8(String(decoding: bytes[at + 2...at + 3], as: UTF8.self), radix: 16)
        {
            if left > 0 {
                left -= 1
                at += 4
                return
            }
            if value < 0x80, !isHalf {
                tell()
                return copy(4)
            }
            tellUnits()
            waiting.append(value)
            at += 4
            return
        }
        let start = at
        var end = at + 1
        while end < bytes.count, isLetter(bytes[end]) { end += 1 }
        guard end > at + 1 else {
            tell()
            return copy(min(2, bytes.count - at))
        }
        let name = String(decoding: bytes[(at + 1)..<end], as: UTF8.self)
        let digits = end
        if end < bytes.count, bytes[end] == UInt8(ascii: "-") { end += 1 }
        while end < bytes.count, (48...57).contains(bytes[end]) { end += 1 }
        let number = Int(String(decoding: bytes[digits..<end], as: UTF8.self))
        if end < bytes.count, bytes[end] == 32 { end += 1 }
        if name == "u", let number, let unit = UInt16(exactly: number & 0xFFFF) {
            tellBytes()
            units.append(unit)
            left = groups[groups.count - 1].fallback
            at = end
            return
        }
        tell()
        read(name, number)
        if name == "bin", let number, number > 0 { end = min(bytes.count, end + number) }
        copy(end - start)
    }

    private mutating func read(_ name: String, _ number: Int?) {
        let last = groups.count - 1
        switch name {
        case "ansicpg": if let number, Charset(label: "CP\(number)") != nil { page = number == 936 ? "GB18030" : "CP\(number)" }
        case "mac": page = "MACINTOSH"
        case "fonttbl": groups[last].isFontTable = true
        case "f":
            if groups[last].isFontTable { described = number ?? 0 } else { groups[last].font = number ?? 0 }
        case "fcharset": if groups[last].isFontTable, let set = number.flatMap({ Self.sets[$0] }) { fonts[described] = set }
        case "uc": groups[last].fallback = max(0, min(number ?? 1, 8))
        default: break
        }
    }

    private mutating func copy(_ count: Int) {
        let end = min(bytes.count, at + count)
        out += bytes[at..<end]
        at = end
    }

    /// Writes what waits.
    private mutating func tell() {
        tellBytes()
        tellUnits()
    }

    private mutating func tellBytes() {
        guard !waiting.isEmpty else { return }
        write(Charset(charset).decode(waiting))
        waiting = []
    }

    private mutating func tellUnits() {
        guard !units.isEmpty else { return }
        write(String(decoding: units, as: UTF16.self))
        units = []
    }

    private mutating func write(_ text: String) {
        out += "{\\uc0".utf8
        for scalar in text.unicodeScalars { out += "\\u\(scalar.value) ".utf8 }
        out += "}".utf8
    }

    private func isLetter(_ byte: UInt8) -> Bool { (65...90).contains(byte) || (97...122).contains(byte) }
}
