/// How the bytes of a plain text stand for characters.
enum TextEncoding: Sendable, Equatable {
    case utf8
    case utf16(bigEndian: Bool)
    /// Windows-1252, of which Latin-1's printable half is a part.
    case latin1

    /// Its name in HTTP, by which browsers know it.
    var charset: String {
        switch self {
        case .utf8: "utf-8"
        case .utf16(let bigEndian): bigEndian ? "utf-16be" : "utf-16le"
        case .latin1: "windows-1252"
        }
    }

    /// nil if the bytes are not text at all.
    ///
    /// - Parameters:
    ///   - isTail: whether the bytes are the end of a file, whose start may fall inside a character.
    ///   - isCut: whether more bytes follow, so that the last character may not be whole.
    ///   - like: what the start of the file was found to be.
    static func detect(
        _ bytes: [UInt8], isTail: Bool = false, isCut: Bool = false, like: TextEncoding? = nil
    ) -> TextEncoding? {
        if case .utf16 = like { return like }
        if bytes.starts(with: [0xFF, 0xFE]) { return .utf16(bigEndian: false) }
        if bytes.starts(with: [0xFE, 0xFF]) { return .utf16(bigEndian: true) }
        if bytes.contains(0) { return like == nil ? utf16WithoutMark(bytes) : nil }
        // White space, and escape for coloured terminal logs, are all that a text has of the control characters.
        let controls = bytes.reduce(0) { $0 + ($1 < 32 && !(8...13).contains($1) && $1 != 27 ? 1 : 0) }
        guard controls * 500 <= bytes.count else { return nil }
        if isUTF8(bytes, isTail: isTail, isCut: isCut) { return .utf8 }
        let high = bytes.reduce(0) { $0 + ($1 >= 0x80 ? 1 : 0) }
        return high * 10 <= bytes.count * 4 ? .latin1 : nil
    }

    func decode(_ bytes: [UInt8]) -> String {
        switch self {
        case .utf8:
            return String(decoding: bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...], as: UTF8.self)
        case .utf16(let bigEndian):
            var units: [UInt16] = []
            units.reserveCapacity(bytes.count / 2)
            for at in stride(from: 0, to: bytes.count - 1, by: 2) {
                let (first, second) = (UInt16(bytes[at]), UInt16(bytes[at + 1]))
                units.append(bigEndian ? first << 8 | second : second << 8 | first)
            }
            if units.first == 0xFEFF { units.removeFirst() }
            return String(decoding: units, as: UTF16.self)
        case .latin1:
            var text = String.UnicodeScalarView()
            for byte in bytes {
                let value = (0x80...0x9F).contains(byte) ? Self.windows1252[Int(byte) - 0x80] : UInt32(byte)
                if let scalar = Unicode.Scalar(value) { text.append(scalar) }
            }
            return String(text)
        }
    }

    /// A text in a Latin script has a zero in every second byte.
    private static func utf16WithoutMark(_ bytes: [UInt8]) -> TextEncoding? {
        let pairs = bytes.count / 2
        guard pairs > 0 else { return nil }
        var (even, odd) = (0, 0)
        for index in 0..<pairs {
            if bytes[index * 2] == 0 { even += 1 }
            if bytes[index * 2 + 1] == 0 { odd += 1 }
        }
        if odd * 10 > pairs * 7, even * 50 < pairs { return .utf16(bigEndian: false) }
        if even * 10 > pairs * 7, odd * 50 < pairs { return .utf16(bigEndian: true) }
        return nil
    }

    /// Whether it is well-formed UTF-8, but for a character that is cut at either end.
    private static func isUTF8(_ bytes: [UInt8], isTail: Bool, isCut: Bool) -> Bool {
        var rest = bytes[...]
        if isTail { rest = rest.drop { $0 & 0xC0 == 0x80 } }
        if let lead = rest.suffix(4).lastIndex(where: { $0 & 0xC0 != 0x80 }), rest[lead] >= 0xC0 {
            let length = rest[lead] >= 0xF0 ? 4 : rest[lead] >= 0xE0 ? 3 : 2
            let before = rest[..<lead]
            // A file that ends so was cut off if it has other characters of several bytes; if not, its last letter is one of Latin-1.
            if rest.endIndex - lead < length, isCut || before.contains(where: { $0 >= 0x80 }) { rest = before }
        }
        return String(validating: rest, as: UTF8.self) != nil
    }

    /// What 0x80...0x9F stand for in Windows-1252; the five that it leaves open stay as they are.
    private static let windows1252: [UInt32] = [
        0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D, 0x017D, 0x8F,
        0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D, 0x017E, 0x0178,
    ]
}
