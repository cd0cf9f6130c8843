/// What a heading says of the text below it.
enum Section {
    /// Whether what stands below says what the text's words mean.
    static func isGlossary(_ headings: [String]) -> Bool {
        headings.last.map { glossaries.contains(plain($0).lowercased()) } ?? false
    }

    /// Whether what stands below asks, sums up or sets tasks: nothing there is told as true, or it is told again.
    static func isReview(_ headings: [String]) -> Bool {
        headings.contains { heading in
            let lower = plain(heading).lowercased()
            return reviews.contains(lower) || reviewing.contains { lower.hasPrefix($0) }
        }
    }

    /// Without its number and signs.
    static func plain(_ heading: String) -> String {
        heading.trimmingPrefix(while: { $0.isNumber || $0 == "." || $0 == " " }).trimmingCharacters { ":. ".contains($0) }
    }

    private static let glossaries: Set<String> = [
        "key terms", "key words", "key concepts", "keywords", "glossary", "terms", "terminology", "important terms", "definitions",
        "vocabulary", "key vocabulary", "glossary of terms", "key terms and definitions", "list of terms",
    ]
    private static let reviews: Set<String> = [
        "chapter review", "critical evaluation", "exercises", "exercise", "self-check", "self check", "homework", "problems",
        "practice", "quiz", "practice test", "multiple choice", "fill in the blank", "true/false", "short answer", "matching",
        "solutions", "solution", "answer", "answers", "references", "bibliography", "footnotes", "notes", "further reading",
        "suggested reading", "suggested readings", "works cited", "key equations", "equations", "formula review", "objectives",
        "outline", "chapter outline", "summary questions", "discussion", "for further exploration", "bringing it together",
        "try it", "case in point", "personal application questions", "problem", "think about it",
    ]
    private static let reviewing: [String] = [
        "review question", "learning objective", "learning outcome", "critical thinking", "check your ", "self-check question",
        "test your", "practice question", "practice exercise", "discussion question", "end of chapter", "end-of-chapter",
        "questions for", "study question", "chapter exercise", "additional problem", "homework", "assessment question",
        "suggested resource", "collaborative", "group exercise", "figuring for yourself", "thought question",
    ]
}
