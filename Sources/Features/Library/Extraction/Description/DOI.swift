/// Finds the number by which publishers know a paper (ISO 26324): `10.1000/182`.
enum DOI {
    /// The first in a text that is or names one.
    static func first(in text: String) -> String? { all(in: text).first }

    /// That of a paper, from the text of its first page: what is marked as one comes before what only looks like it, and where several
    /// are marked alike nothing can be told.
    static func ofPaper(firstPage text: String) -> String? {
        let marked = all(in: text, afterMark: true)
        if let first = marked.first { return first }
        let found = Set(all(in: text))
        return found.count == 1 ? found.first : nil
    }

    private static func all(in text: String, afterMark: Bool = false) -> [String] {
        let bytes = Array(text.utf8)
        var found: [String] = []
        var at = 0
        while at + 8 < bytes.count {
            defer { at += 1 }
            // `10.` and four to nine digits, a slash, and what follows without a space.
            guard bytes[at] == 0x31, bytes[at + 1] == 0x30, bytes[at + 2] == 0x2E, at == 0 || !isLetterOrDigit(bytes[at - 1]) else {
                continue
            }
            var end = at + 3
            while end < bytes.count, (48...57).contains(bytes[end]) || bytes[end] == 0x2E { end += 1 }
            guard (4...9).contains(end - at - 3), end < bytes.count, bytes[end] == 0x2F else { continue }
            let suffix = end + 1
            end = suffix
            while end < bytes.count, isOfSuffix(bytes[end]) { end += 1 }
            while end > suffix, ".,;:)]}'\"".utf8.contains(bytes[end - 1]), !closes(bytes, suffix, end) { end -= 1 }
            guard end > suffix else { continue }
            if afterMark {
                let before = String(decoding: bytes[max(0, at - 24)..<at], as: UTF8.self).lowercased()
                guard before.contains("doi") else { continue }
            }
            found.append(String(decoding: bytes[at..<min(end, at + 200)], as: UTF8.self))
        }
        return found
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
    }

    private static func isOfSuffix(_ byte: UInt8) -> Bool {
        (0x21...0x7E).contains(byte) && byte != UInt8(ascii: "<") && byte != UInt8(ascii: ">") && byte != UInt8(ascii: "\"")
    }

    /// Whether the last sign closes a bracket that opens within.
    private static func closes(_ bytes: [UInt8], _ start: Int, _ end: Int) -> Bool {
        guard bytes[end - 1] == UInt8(ascii: ")") else { return false }
        let inner = bytes[start..<end]
        return inner.count { $0 == UInt8(ascii: "(") } >= inner.count { $0 == UInt8(ascii: ")") }
    }
}
