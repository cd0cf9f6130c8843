/// Headings that stand in the text as lines of their own, known by their numbers: “1.96 dominant seventh”, “Article III”, “Section 2.”
struct PlainHeadings {
    /// Outermost first.
    private(set) var path: [String] = []
    private var kinds: [String] = []
    private var base: [String] = []

    /// Takes up a line that stands alone.
    /// - Parameter path: the headings that are known of the place.
    /// - Returns: whether it is a heading.
    mutating func read(_ text: String, below known: [String]) -> Bool {
        if known != base { (path, kinds, base) = ([], [], known) }
        guard let kind = Self.kind(of: text) else { return false }
        // An article is no part of a section whose own article stands further up than the text that is known.
        if named(kind), !Self.inner.contains(kind), let first = kinds.firstIndex(where: Self.inner.contains) {
            path.removeSubrange(first...)
            kinds.removeSubrange(first...)
        }
        if let same = kinds.firstIndex(of: kind) {
            path.removeSubrange(same...)
            kinds.removeSubrange(same...)
        }
        path.append(text)
        kinds.append(kind)
        return true
    }

    private func named(_ kind: String) -> Bool { Self.named.contains(kind) }

    /// Parts of articles, chapters and acts.
    private static let inner: Set<String> = ["section", "scene", "lesson", "unit", "abschnitt", "paragraph"]

    /// What headings of the same rank share: “Article”, or how many numbers stand before the name.
    private static func kind(of text: String) -> String? {
        guard text.count <= 80, let last = text.last, !",;:?!".contains(last) else { return nil }
        let words = text.split(separator: " ")
        guard let first = words.first, words.count <= 9 else { return nil }
        let mark = first.filter { $0.isLetter }.lowercased()
        if named.contains(mark), words.count >= 2, words.count <= 4 {
            let number = words[1].filter { $0.isLetter || $0.isNumber }
            if RomanNumeral.value(of: number) != nil || number.allSatisfy(\.isNumber) && !number.isEmpty {
                // Amendments follow the articles.
                return mark == "amendment" ? "article" : mark
            }
        }
        let parts = first.split(separator: ".", omittingEmptySubsequences: false)
        let isNumbered =
            parts.count >= 2 && parts.count <= 5
            && parts.allSatisfy { !$0.isEmpty && $0.count <= 3 && $0.allSatisfy { $0.isASCII && $0.isNumber } }
        guard isNumbered, words.count >= 2, last != ".", words[1].first?.isLetter == true else { return nil }
        return "\(parts.count)"
    }

    private static let named: Set<String> = [
        "section", "article", "amendment", "chapter", "part", "title", "appendix", "lesson", "unit", "book", "act", "scene",
        "kapitel", "abschnitt", "artikel", "teil", "anhang", "paragraph", "chapitre", "partie", "capítulo", "artículo",
    ]

    /// Signs of music, drawings and rules that a reader of PDFs takes for a heading.
    static func isNoise(_ heading: String) -> Bool {
        let words = heading.split(separator: " ")
        guard words.count >= 3 else { return !heading.contains { $0.isLetter } && !heading.contains { $0.isNumber } }
        return words.allSatisfy { word in word.count <= 2 || Set(word).count <= 2 }
    }
}
