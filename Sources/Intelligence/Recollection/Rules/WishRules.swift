/// Wishes about how to answer that hold from now on: “Please keep your answers short.” What is asked of one answer is none.
enum WishRules {
    static func match(_ clause: Clause, in sentence: Utterance.Sentence) -> Recollected? {
        var words = clause.words.dropFirst(clause.leadIn).filter { $0 != "please" && $0 != "just" }
        if words.starts(with: ["can", "you"]) || words.starts(with: ["could", "you"]) || words.starts(with: ["would", "you"]) {
            words.removeFirst(2)
        }
        let isStanding = Self.isStanding(sentence)
        for phrase in ["from now on", "in future", "in the future", "always"] {
            let lead = phrase.split(separator: " ").map(String.init)
            if words.starts(with: lead) { words.removeFirst(lead.count) }
        }
        guard let verb = words.first,
            verbs.contains(verb) || words.starts(with: ["do", "not", "use"]) || words.starts(with: ["never", "use"])
        else { return nil }
        let isPlainWords =
            words.starts(with: ["use", "simple"]) || words.starts(with: ["use", "simpler"]) || words.starts(with: ["use", "easy"])
        guard isStanding || isPlainWords, words.contains(where: isStyle) else { return nil }
        return made(clause, words, confidence: 0.9)
    }

    static func made(_ clause: Clause, _ words: [String], confidence: Double) -> Recollected {
        Recollected(.preference, told(clause), slot: slot(of: words), confidence: confidence)
    }

    /// Without “can you” and “?”, as it is kept.
    private static func told(_ clause: Clause) -> String {
        let lower = clause.told.lowercased()
        for lead in ["can you please ", "could you please ", "can you ", "could you ", "would you please ", "would you "]
        where lower.hasPrefix(lead) {
            let rest = clause.told.dropFirst(lead.count)
            return rest.prefix(1).uppercased() + rest.dropFirst()
        }
        return clause.told
    }

    /// What of an answer it is about.
    static func slot(of words: [String]) -> String? {
        if words.contains(where: { shortWords.contains($0) || longWords.contains($0) }) { return Recollected.lengthSlot }
        if words.contains("sentences") || words.contains("sentence") { return Recollected.lengthSlot }
        if words.contains(where: simpleWords.contains) { return Recollected.simplicitySlot }
        return words.contains(where: languages.contains) ? Recollected.languageSlot : nil
    }

    static func isStyle(_ word: String) -> Bool {
        shortWords.contains(word) || longWords.contains(word) || simpleWords.contains(word) || languages.contains(word)
            || formWords.contains(word)
    }

    private static func isStanding(_ sentence: Utterance.Sentence) -> Bool {
        let joined = " " + sentence.clauses.flatMap(\.words).joined(separator: " ") + " "
        return [
            "always", "from now on", "in future", "in the future", "every time", "everything", "generally", "your answers",
            "your explanations", "the answers short",
            "answers short", "with me", "never", "in general", "going forward", "all answers", "each answer", "every answer",
            "unless i ask",
        ].contains { joined.contains(" \($0) ") }
    }

    private static let verbs: Set<String> = [
        "keep", "explain", "answer", "use", "give", "be", "make", "write", "reply", "speak", "avoid", "show", "include", "add",
        "talk", "respond", "put", "format",
        "start", "end", "skip", "leave",
    ]
    static let shortWords: Set<String> = [
        "short", "shorter", "brief", "briefer", "briefly", "concise", "shortly", "kurz", "kürzer", "knapp",
    ]
    static let longWords: Set<String> = [
        "long", "longer", "detail", "details", "detailed", "thorough", "depth", "ausführlich", "ausführlicher", "detailliert",
    ]
    static let simpleWords: Set<String> = [
        "simple", "simpler", "simply", "easy", "easier", "five", "child", "jargon", "beginner", "plain", "einfach", "einfacher",
        "einfache", "leicht", "verständlich",
    ]
    static let languages: Set<String> = [
        "english", "german", "french", "spanish", "italian", "portuguese", "polish", "turkish", "arabic", "russian", "chinese",
        "japanese", "dutch", "deutsch",
        "englisch", "französisch", "spanisch", "ukrainian",
    ]
    static let formWords: Set<String> = [
        "example", "examples", "bullet", "bullets", "list", "lists", "table", "tables", "formula", "formulas", "step", "steps",
        "analogy", "analogies", "diagram",
        "diagrams", "words", "paragraphs", "text", "texts", "answers", "explanations", "emoji", "emojis", "headings", "summary",
        "summaries", "mnemonics", "pictures",
        "sentences", "beispiel", "beispiele", "beispielen", "stichpunkte", "stichpunkten", "tabellen", "sätzen", "quotes",
        "translations",
    ]
}
