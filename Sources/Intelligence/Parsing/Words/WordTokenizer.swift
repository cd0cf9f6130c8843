/// Cuts an English text into words and signs as spaCy does: `don't` into `do` and `n't`, `(cells).` into four.
struct WordTokenizer: Sendable {
    private let exceptions: [String: [RawWord]]
    /// Usual forms of single words, by key: `favourite` is `favorite`.
    private let norms: [UInt64: String]

    init(tokenizer: PackedFile, lookups: PackedFile) throws {
        // The numbers are spaCy's names of a word's text and of its usual form.
        let (orth, norm) = (65, 67)
        guard let rules = tokenizer.root["exceptions"]?.map else { throw tokenizer.damaged("no exceptions") }
        guard let forms = lookups.root["lexeme_norm"]?.map else { throw lookups.damaged("no usual forms") }
        norms = Dictionary(
            forms.compactMap { entry in entry.key.hash.flatMap { hash in entry.value.text.map { (hash, $0) } } },
            uniquingKeysWith: { first, _ in first })
        var exceptions: [String: [RawWord]] = [:]
        for (key, value) in rules {
            guard let text = key.text, let parts = value.list else { continue }
            exceptions[text] = parts.compactMap { part in
                let fields = part.map ?? []
                func field(_ name: Int) -> String? { fields.first { $0.key.hash == UInt64(name) }?.value.text }
                return field(orth).map { RawWord(text: $0, norm: field(norm) ?? "") }
            }
        }
        self.exceptions = exceptions
    }

    /// - Parameter text: on one line.
    func words(of text: String) -> [RawWord] {
        var words: [RawWord] = []
        for piece in text.split(whereSeparator: \.isWhitespace) {
            let start = words.count
            cut(piece, into: &words)
            for index in start..<words.count where words[index].norm.isEmpty {
                words[index].norm = usualForm(of: words[index].text)
            }
            if words.count > start { words[words.count - 1].hasSpaceAfter = true }
        }
        if !words.isEmpty { words[words.count - 1].hasSpaceAfter = false }
        return words
    }

    private func usualForm(of word: String) -> String {
        Self.signs[word] ?? norms[MurmurHash.key(of: word)] ?? word.lowercased()
    }

    private func cut(_ piece: Substring, into words: inout [RawWord]) {
        var rest = Array(piece.unicodeScalars)[...]
        var after: [RawWord] = []
        func text(_ scalars: some Sequence<Unicode.Scalar>) -> String {
            var view = String.UnicodeScalarView()
            view.append(contentsOf: scalars)
            return String(view)
        }
        while !rest.isEmpty, exceptions[text(rest)] == nil {
            let prefix = AffixRules.prefix(of: rest)
            if prefix > 0, prefix < rest.count, exceptions[text(rest.dropFirst(prefix))] != nil {
                words.append(RawWord(text: text(rest.prefix(prefix)), norm: ""))
                rest = rest.dropFirst(prefix)
                break
            }
            let suffix = AffixRules.suffix(of: rest.dropFirst(prefix))
            if suffix > 0, suffix < rest.count, exceptions[text(rest.dropLast(suffix))] != nil {
                after.append(RawWord(text: text(rest.suffix(suffix)), norm: ""))
                rest = rest.dropLast(suffix)
                break
            }
            if prefix == 0, suffix == 0 { break }
            if prefix > 0 {
                words.append(RawWord(text: text(rest.prefix(prefix)), norm: ""))
                rest = rest.dropFirst(prefix)
            }
            if suffix > 0, suffix <= rest.count {
                after.append(RawWord(text: text(rest.suffix(suffix)), norm: ""))
                rest = rest.dropLast(suffix)
            }
        }
        if !rest.isEmpty {
            let word = text(rest)
            if let parts = exceptions[word] {
                words += parts
            } else if WebAddress.isOne(word) {
                words.append(RawWord(text: word, norm: ""))
            } else {
                var start = 0
                for infix in AffixRules.infixes(of: rest) where infix.lowerBound > 0 {
                    if infix.lowerBound > start {
                        words.append(RawWord(text: text(rest.dropFirst(start).prefix(infix.lowerBound - start)), norm: ""))
                    }
                    words.append(RawWord(text: text(rest.dropFirst(infix.lowerBound).prefix(infix.count)), norm: ""))
                    start = infix.upperBound
                }
                if start < rest.count { words.append(RawWord(text: text(rest.dropFirst(start)), norm: "")) }
            }
        }
        words += after.reversed()
    }

    /// Signs that are taken for others.
    private static let signs: [String: String] = [
        "'s": "'s", "'S": "'s", "’s": "'s", "’S": "'s", "’": "'", "‘": "'", "´": "'", "`": "'", "”": "\"", "“": "\"", "''": "\"",
        "``": "\"", "´´": "\"", "„": "\"", "»": "\"", "«": "\"", "‘‘": "\"", "’’": "\"", "…": "...", "—": "-", "–": "-", "--": "-",
        "---": "-", "——": "-", "€": "$", "£": "$", "¥": "$", "US$": "$", "C$": "$", "A$": "$",
    ]
}

/// Tells addresses of the web from words.
enum WebAddress {
    static func isOne(_ word: String) -> Bool {
        guard word.contains(".") else { return false }
        if word.contains("://") { return true }
        let host = word.prefix { !"/?#:".contains($0) }
        let labels = host.split(separator: ".", omittingEmptySubsequences: false)
        guard labels.count > 1, let last = labels.last, last.count > 1, last.allSatisfy({ $0.isLetter && $0.isLowercase }) else {
            return false
        }
        return labels.allSatisfy { label in
            guard let first = label.first, let last = label.last else { return false }
            return (first.isLetter || first.isNumber) && (last.isLetter || last.isNumber)
                && label.allSatisfy { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" }
        }
    }
}
