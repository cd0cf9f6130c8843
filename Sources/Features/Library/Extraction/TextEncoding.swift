/// How the bytes of a text seem to stand for characters, as far as a look at its ends tells: enough to know that it is one. Which of the
/// many older encodings it is in only the reader finds out, which sees all of it, within the sandbox.
enum TextEncoding: Sendable, Equatable {
    case utf8
    case utf16(bigEndian: Bool)
    case utf32(bigEndian: Bool)
    /// One or two bytes a character.
    case older

    /// Its name in HTTP, by which browsers know it; nil while it is not known.
    var charset: String? {
        switch self {
        case .utf8: "utf-8"
        case .utf16(let bigEndian): bigEndian ? "utf-16be" : "utf-16le"
        case .utf32(let bigEndian): bigEndian ? "utf-32be" : "utf-32le"
        case .older: nil
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
        switch like {
        case .utf16, .utf32: return like
        default: break
        }
        if bytes.starts(with: [0xFF, 0xFE, 0, 0]) { return .utf32(bigEndian: false) }
        if bytes.starts(with: [0, 0, 0xFE, 0xFF]) { return .utf32(bigEndian: true) }
        if bytes.starts(with: [0xFF, 0xFE]) { return .utf16(bigEndian: false) }
        if bytes.starts(with: [0xFE, 0xFF]) { return .utf16(bigEndian: true) }
        // White space, and escape for coloured terminal logs, are all that a text has of the control characters.
        let controls = bytes.reduce(0) { $0 + ($1 < 32 && !(8...13).contains($1) && $1 != 27 ? 1 : 0) }
        guard controls * 500 <= bytes.count else { return like == nil ? wide(bytes) : nil }
        if isUTF8(bytes, isTail: isTail, isCut: isCut) { return .utf8 }
        return wide(bytes) ?? .older
    }

    /// The text with whatever letters stand for those that are not ASCII, to look for marks in.
    func roughly(_ bytes: [UInt8]) -> String {
        switch self {
        case .utf8, .older:
            return String(decoding: bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...], as: UTF8.self)
        case .utf16, .utf32: return String(String.UnicodeScalarView(scalars(bytes)))
        }
    }

    private func scalars(_ bytes: [UInt8]) -> [Unicode.Scalar] {
        switch self {
        case .utf16(let bigEndian):
            var units: [UInt16] = []
            for at in stride(from: 0, to: bytes.count - 1, by: 2) {
                let (first, second) = (UInt16(bytes[at]), UInt16(bytes[at + 1]))
                units.append(bigEndian ? first << 8 | second : second << 8 | first)
            }
            return Array(String(decoding: units, as: UTF16.self).unicodeScalars)
        case .utf32(let bigEndian):
            return stride(from: 0, to: bytes.count - 3, by: 4).map { at in
                let four = bytes[at..<(at + 4)].map { UInt32($0) }
                let value = (bigEndian ? four : four.reversed()).reduce(0) { $0 << 8 | $1 }
                return Unicode.Scalar(value) ?? "\u{FFFD}"
            }
        case .utf8, .older: return []
        }
    }

    /// Two or four bytes a character without a mark: read that way, and no other, it is made of what texts are made of.
    private static func wide(_ bytes: [UInt8]) -> TextEncoding? {
        guard bytes.count >= 4 else { return nil }
        let sample = Array(bytes.prefix(1 << 14))
        for encoding in [
            TextEncoding.utf32(bigEndian: false), .utf32(bigEndian: true), .utf16(bigEndian: false), .utf16(bigEndian: true),
        ] {
            let scalars = encoding.scalars(sample)
            let usual = scalars.reduce(0) { $0 + (isUsual($1) ? 1 : 0) }
            // Lines and spaces tell the order of bytes: turned round they are rare signs.
            let spaces = scalars.reduce(0) { $0 + (" \n。、，".unicodeScalars.contains($1) ? 1 : 0) }
            if usual * 100 >= scalars.count * 97, spaces > 0 || isShortLatin(scalars) { return encoding }
        }
        return nil
    }

    /// A word or two, too short to have a space between.
    private static func isShortLatin(_ scalars: [Unicode.Scalar]) -> Bool {
        scalars.count < 12 && scalars.allSatisfy { $0.value < 0x250 }
            && scalars.reduce(0) { $0 + ($1.isASCII ? 1 : 0) } * 2 >= scalars.count
    }

    private static func isUsual(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 9, 10, 13, 0x20...0x7E, 0xA0...0x2FF, 0x370...0x6FF, 0x900...0x97F, 0xE00...0xE7F, 0x1E00...0x1EFF, 0x2010...0x2027,
            0x3000...0x30FF, 0x4E00...0x9FFF, 0xAC00...0xD7A3, 0xFF00...0xFF5E:
            scalar.properties.generalCategory != .unassigned
        default: false
        }
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
}
