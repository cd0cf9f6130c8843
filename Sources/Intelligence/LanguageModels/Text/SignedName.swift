/// Names that signs are a part of: `$?`, `C++`, `--norc`, `%*%`, `journal_mode`, `/etc/profile`.
enum SignedName {
    private static let signs: Set<Character> = Set("$&|<>%+*=#@\\^~{}[]_/!?-.:")

    /// Those of a question, as they are written.
    static func all(in text: String) -> [String] {
        var found: [String] = []
        for piece in text.split(whereSeparator: \.isWhitespace) {
            var name = piece
            while let first = name.first, "\"'“”‘’`(,;".contains(first) { name.removeFirst() }
            while let last = name.last, "\"'“”‘’`),;".contains(last) { name.removeLast() }
            let isBare = !name.contains { $0.isLetter || $0.isNumber }
            // The stop of a sentence belongs to no name.
            if !isBare { while let last = name.last, ".?!:".contains(last) { name.removeLast() } }
            guard let first = name.first, let last = name.last, name.count >= 2 else { continue }
            let inner = name.dropFirst().dropLast()
            let hasSign = name.contains { signs.contains($0) }
            // “well-known”, “e.g.” and “and/or” are words.
            let isWord =
                !signs.contains(first) && !signs.contains(last)
                && inner.allSatisfy { $0.isLetter || $0.isNumber || "-/.:".contains($0) }
            let isPath = inner.contains("/") && inner.count { $0 == "/" } >= 2 || inner.contains("::")
            if hasSign, !isWord || isPath, !(isBare && name.allSatisfy { "-–—?!.:".contains($0) }) { found.append(String(name)) }
        }
        return found
    }

    /// Without what only marks its kind: “?” of “$?”, “norc” of “--norc”.
    static func bare(_ name: String) -> String {
        let rest = name.drop { "$-−".contains($0) }
        return rest.isEmpty ? name : String(rest.filter { !$0.isWhitespace && $0 != "\"" })
    }

    /// Whether a text holds a name for itself, not as a part of another.
    static func holds(_ name: String, _ text: String) -> Bool {
        var rest = text[...]
        func isInner(_ character: Character?) -> Bool { character.map { $0.isLetter || $0.isNumber || $0 == "_" } ?? false }
        while let range = rest.firstRange(of: name) {
            let before = range.lowerBound > text.startIndex ? text[text.index(before: range.lowerBound)] : nil
            let after = range.upperBound < text.endIndex ? text[range.upperBound] : nil
            if !(isInner(name.first) && isInner(before)), !(isInner(name.last) && isInner(after)) { return true }
            rest = rest[range.upperBound...]
        }
        return false
    }
}
