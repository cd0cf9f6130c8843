/// Tells what is not said by the student of themself: quotations, exercises in language, what is only supposed.
enum OthersWords {
    /// Nothing of the whole utterance is the student's own.
    static func fill(_ utterance: Utterance) -> Bool {
        let text = utterance.text.lowercased()
        if text.contains(where: { "\"“”„«»‹›‘".contains($0) }) { return true }
        // An apostrophe stands within a word; a single quote before one.
        if text.hasPrefix("'") || text.contains(" '") || text.contains(" ’") { return true }
        let joined = " " + utterance.sentences.flatMap(\.clauses).flatMap(\.words).joined(separator: " ") + " "
        return marks.contains { joined.contains(" \($0) ") }
    }

    /// The sentence is about what might be.
    static func isSupposed(_ sentence: Utterance.Sentence) -> Bool {
        guard let words = sentence.clauses.first?.words else { return false }
        let rest = words.drop { ["and", "but", "so", "ok", "und", "aber", "well"].contains($0) }
        return suppositions.contains { rest.starts(with: $0) }
    }

    private static let marks = [
        "says", "said", "writes", "wrote", "quote", "quotes", "sentence", "translate", "translation", "conjugate", "conjugation of",
        "past tense", "grammar",
        "how do i say", "how do you say", "narrator", "speaker says", "übersetze", "übersetzen", "wie sagt man", "satz",
        "correct my", "correct this", "lol",
        "just kidding", "rhyme", "paraphrase", "rewrite", "proofread", "korrigiere",
    ]

    private static let suppositions: [[String]] = [
        "if", "suppose", "supposing", "imagine", "assume", "assuming", "let us say", "pretend", "what if", "when", "whenever",
        "say i", "in the text", "in the case",
        "in the story", "as if", "wenn", "falls", "angenommen", "stell dir vor", "once", "unless", "should i", "had i", "were i",
        "people who", "someone who",
    ].map { $0.split(separator: " ").map(String.init) }
}
