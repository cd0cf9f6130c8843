/// What is said when the sources do not hold the answer.
enum NoAnswer {
    static let doubt = "Your documents do not say this plainly. The nearest passage:"
    /// Words of what is shown below a refusal.
    static let shown = 150
    static let nothingMore =
        "Your documents say no more about this than what I told you. Ask about a part of it, or about another document."

    /// Whether a place has enough to do with a question to be shown to somebody who asked for something else.
    static func isNear(_ similarity: Double, _ question: Question) -> Bool {
        // The embedder knows no other language than English.
        question.isForeign || similarity >= 0.35
    }

    /// - Parameter nearest: what is shown below; nil where nothing comes near.
    static func text(nearest: SourcePassage? = nil) -> String {
        let plain = "I could not find an answer to that in your documents."
        guard let nearest else { return plain + " Try other words, or add a document that covers it." }
        var place = "“\(nearest.title)”"
        if let section = nearest.section?.split(separator: "›").last {
            place += ", section “\(section.drop(while: \.isWhitespace))”"
        }
        if let page = nearest.page { place += ", page \(page)" }
        return plain + " The nearest that I found is in \(place):"
    }
}
