/// Which pictures and sounds a side of a card shows, and the side with other names for them.
enum MediaNames {
    /// What stands before a name, and what ends it.
    private static let marks: [(opening: String, endings: String)] = [
        ("src=\"", "\""), ("src='", "'"), ("src=", " >\t\n"), ("[sound:", "]"), ("](", ")"),
    ]

    /// In order, each once; what is an address elsewhere is none.
    static func all(in text: String) -> [String] {
        var found: [String] = []
        _ = replaced(in: text) { name in
            if !found.contains(name) { found.append(name) }
            return nil
        }
        return found
    }

    /// - Parameter other: the name that takes a name's place; nil leaves it.
    static func replaced(in text: String, _ other: (String) -> String?) -> String {
        guard text.utf8.contains(UInt8(ascii: "=")) || text.utf8.contains(UInt8(ascii: "[")) else { return text }
        var out = ""
        var rest = text[...]
        while let range = next(in: rest) {
            out += rest[..<range.lowerBound]
            let raw = String(rest[range])
            let name = decoded(raw)
            let isOwn = !raw.isEmpty && !raw.contains(":") && !raw.hasPrefix("/") && !raw.hasPrefix("#")
            out += isOwn ? other(name) ?? raw : raw
            rest = rest[range.upperBound...]
        }
        return out + rest
    }

    /// Where the first name of a text stands.
    private static func next(in text: Substring) -> Range<Substring.Index>? {
        var best: Range<Substring.Index>?
        for (opening, endings) in marks {
            guard let start = text.firstRange(of: opening)?.upperBound else { continue }
            if let best, best.lowerBound <= start { continue }
            if opening == "src=", let first = text[start...].first, first == "\"" || first == "'" { continue }
            if opening == "](", !isPicture(text, before: start) { continue }
            guard let end = text[start...].firstIndex(where: { endings.contains($0) }) else { continue }
            best = start..<end
        }
        return best
    }

    /// Whether Markdown's `](` belongs to `![`.
    private static func isPicture(_ text: Substring, before start: Substring.Index) -> Bool {
        guard let open = text[..<start].lastIndex(of: "["), open > text.startIndex else { return false }
        return text[text.index(before: open)] == "!"
    }

    /// Without percent signs and entities.
    private static func decoded(_ name: String) -> String {
        var bytes: [UInt8] = []
        var rest = Array(name.replacing("&amp;", with: "&").utf8)[...]
        while let byte = rest.popFirst() {
            let pair = rest.prefix(2)
            if byte == UInt8(ascii: "%"), pair.count == 2, let value = UInt8(String(decoding: pair, as: UTF8.self), radix: 16) {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
