/// Finds what an utterance tells of the student by how it is said, in English and German. It would rather miss something than take down
/// what is not so: each rule is anchored at “I …” or “my …” at the beginning of a clause.
package enum RecollectionRules {
    /// What an utterance tells, and whether it tells nothing else and asks nothing.
    package static func reading(of text: String) -> (found: [Recollected], isWhole: Bool) {
        // What is pasted in is somebody's text.
        guard text.count <= 1_500 else { return ([], false) }
        let utterance = Utterance(text)
        guard !OthersWords.fill(utterance) else { return ([], false) }
        var found: [Recollected] = []
        var isWhole = true
        for sentence in utterance.sentences where !sentence.clauses.isEmpty {
            if OthersWords.isSupposed(sentence) {
                isWhole = false
                continue
            }
            for (index, clause) in sentence.clauses.enumerated() {
                let isLast = index == sentence.clauses.count - 1
                let made = recollected(clause, in: sentence, isAsked: sentence.isQuestion && isLast)
                let kept = made.flatMap { NeverKept.holds(String(sentence.text), kind: $0.kind) ? nil : $0 }
                if let kept {
                    if !found.contains(where: { $0.kind == kept.kind && $0.text == kept.text }) { found.append(kept) }
                } else if !clause.core.isEmpty, !isAside(clause, beside: found, isQuestion: sentence.isQuestion) {
                    isWhole = false
                }
            }
        }
        return (found, isWhole && !found.isEmpty)
    }

    private static func recollected(_ clause: Clause, in sentence: Utterance.Sentence, isAsked: Bool) -> Recollected? {
        if let wish = WishRules.match(clause, in: sentence) { return wish }
        if isAsked || asks(clause) { return nil }
        let rules: [@Sendable (Clause, Utterance.Sentence) -> Recollected?] = [
            FactRules.match, PreferenceRules.match, GoalRules.match, FeelingRules.match, WeakTopicRules.match, GermanRules.match,
        ]
        for rule in rules {
            if let found = rule(clause, sentence) { return found }
        }
        return nil
    }

    /// A part of a sentence of which another part was taken: “English isn't my first language”, “always”.
    private static func isAside(_ clause: Clause, beside found: [Recollected], isQuestion: Bool) -> Bool {
        !isQuestion && !found.isEmpty && clause.core.count <= 6 && !asks(clause)
    }

    private static func asks(_ clause: Clause) -> Bool { clause.core.first.map(askers.contains) ?? false }

    private static let askers: Set<String> = [
        "what", "why", "how", "who", "have", "whose", "which", "when", "where", "do", "does", "did", "am", "is", "are", "was",
        "were", "can", "could", "should", "would",
        "will", "has", "may", "might", "explain", "tell", "give", "show", "list", "summarise", "summarize", "define", "compare",
        "was", "wer", "wie", "warum",
        "wo", "welche", "welcher", "welches", "kannst", "ist", "sind",
    ]
}
