/// What is said when the sources do not hold the answer.
enum NoAnswer {
    static let doubt = "Your documents do not say this plainly. The nearest passage:"
    static let nothingMore =
        "Your documents say no more about this than what I told you. Ask about a part of it, or about another document."

    /// - Parameter similarity: of the nearest sentence; a place that has nothing to do with the question is not named.
    static func text(for question: Question, passages: [SourcePassage], similarity: Double) -> String {
        let plain = "I could not find an answer to that in your documents."
        guard let nearest = passages.first, similarity >= 0.4 else {
            return plain + " Try other words, or add a document that covers it."
        }
        var place = "“\(nearest.title)”"
        if let section = nearest.section?.split(separator: "›").last {
            place += ", section “\(section.drop(while: \.isWhitespace))”"
        }
        if let page = nearest.page { place += ", page \(page)" }
        return plain + " The nearest that I found is in \(place), but it does not say this."
    }
}
