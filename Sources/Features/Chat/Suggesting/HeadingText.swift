/// A heading as part of a question.
enum HeadingText {
    private static let parts: Set<String> = [
        "chapter", "part", "section", "lecture", "unit", "kapitel", "teil", "slide", "appendix",
    ]

    /// What stands before and after the matter of a book, of which nobody asks.
    private static let frame: Set<String> = [
        "abstract", "acknowledgements", "acknowledgments", "appendix", "bibliography", "about", "colophon", "contents", "copyright",
        "dedication", "foreword", "glossary", "index", "introduction", "legal", "license", "licence", "literature", "note", "notes",
        "preface", "references", "summary", "exercise", "exercises", "example", "examples", "overview", "conclusion", "conclusions",
        "further", "table", "figure", "see", "answers", "problems", "questions", "review", "agenda", "outline", "part", "results",
        "discussion", "methods", "background", "motivation", "outlook", "sheet", "sheet1", "todo", "tip", "tips", "warning",
        "untitled",
    ]

    static func isFrame(_ title: String) -> Bool {
        guard let first = title.lowercased().split(whereSeparator: { !$0.isLetter && !$0.isNumber }).first else { return true }
        return frame.contains(String(first))
    }

    /// Without the number before it: “Chapter 3. Growth”, “2.1 Growth”, “IV) Growth”.
    static func bare(_ heading: String) -> String {
        var words = heading.split(separator: " ").map(String.init)
        if words.count > 2, parts.contains(words[0].lowercased()), isNumber(words[1], plain: true) { words.removeFirst(2) }
        if words.count > 1, isNumber(words[0], plain: false) { words.removeFirst() }
        return words.joined(separator: " ")
    }

    private static func isNumber(_ word: String, plain: Bool) -> Bool {
        let body = word.filter { $0 != "." && $0 != ":" && $0 != ")" }
        guard !body.isEmpty, plain || body.count < word.count else { return false }
        return body.allSatisfy(\.isNumber) || body.allSatisfy { "IVXLC".contains($0) }
            || body.first?.isLetter == true && body.count > 1 && body.dropFirst().allSatisfy(\.isNumber)
    }

    /// As it stands within a sentence: words begin small unless they are names.
    /// - Parameter text: shows by the words in it which are written small.
    static func inner(_ title: String, known text: String) -> String {
        let written = Set(text.split { !$0.isLetter && $0 != "-" }.map(String.init))
        let words = title.split(separator: " ").map(String.init)
        return words.enumerated().map { index, word in
            let lower = word.lowercased()
            // “WAL” and “pH” stay as they are, “Read-Only” need not.
            guard word.count > 1, !word.dropFirst().contains(where: \.isUppercase) || word.contains("-") else { return word }
            let isSmall = small.contains(lower) || written.contains(lower) || index == 0 && text.isEmpty
            return isSmall ? lower : word
        }.joined(separator: " ")
    }

    private static let small: Set<String> = [
        "the", "a", "an", "how", "why", "what", "when", "where", "which", "using", "making", "working", "types", "kinds", "parts",
        "of",
        "and", "in", "on", "for", "to", "with",
    ]
}
