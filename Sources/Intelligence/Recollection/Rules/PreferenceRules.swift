/// How the student likes to be answered, and to learn.
enum PreferenceRules {
    static func match(_ clause: Clause, _ sentence: Utterance.Sentence) -> Recollected? {
        if let what = clause.after("i prefer", "i would prefer", "i would rather have") {
            return what.isEmpty || isHere(what) ? nil : made(clause, 0.9)
        }
        if clause.after(
            "i learn best", "i learn better", "i study best", "i learn most", "i remember things best", "i understand things better"
        ) != nil {
            return made(clause, 0.9)
        }
        if let what = clause.after("i am a", "i am an"), what.contains("learner") { return made(clause, 0.85) }
        if let what = clause.after("i like", "i love", "i enjoy", "i would like", "i want", "i need") {
            let compares = what.contains("better") || what.contains("than") || what.contains("more")
            let isWay = what.first.map { ["studying", "learning", "revising", "working"].contains($0) } ?? false
            let standing =
                ["in your answers", "from now on", "in future", "always", "than"].contains { clause.has(phrase: $0) }
                || clause.has(phrase: "unless i ask")
            if isWay || compares && standing && what.contains(where: { WishRules.isStyle($0) }) {
                return isHere(what) ? nil : made(clause, 0.8)
            }
            return nil
        }
        if let what = clause.after("i do not like", "i hate", "i do not want", "i dislike", "i can not stand") {
            let isForm = what.prefix(4).contains { WishRules.formWords.contains($0) || WishRules.simpleWords.contains($0) }
            return isForm && !isHere(what) && what.count <= 8 ? negated(clause, what) : nil
        }
        // “Analogies help me a lot.”
        if let verb = clause.core.firstIndex(where: { $0 == "help" || $0 == "helps" }), verb <= 3,
            clause.core[verb...].dropFirst().first == "me",
            clause.core[..<verb].contains(where: WishRules.formWords.contains)
        {
            return made(clause, 0.85)
        }
        return nil
    }

    /// It is about something that is before them, and no standing wish.
    private static func isHere(_ words: ArraySlice<String>) -> Bool {
        words.prefix(2).contains { ["this", "that", "these", "those", "it", "the"].contains($0) }
    }

    private static func made(_ clause: Clause, _ confidence: Double) -> Recollected {
        WishRules.made(clause, clause.core, confidence: confidence)
    }

    /// “I don't like long answers” is a wish for short ones.
    private static func negated(_ clause: Clause, _ what: ArraySlice<String>) -> Recollected {
        Recollected(.preference, clause.told, slot: WishRules.slot(of: Array(what)), confidence: 0.85)
    }
}
