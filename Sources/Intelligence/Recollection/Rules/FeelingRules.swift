/// How the student feels about their studies.
enum FeelingRules {
    static func match(_ clause: Clause, _ sentence: Utterance.Sentence) -> Recollected? {
        guard let what = clause.after("i am", "i feel", "i have been", "i got"),
            let first = what.first(where: { $0 != "a" && $0 != "of" }), feelings.contains(first)
        else { return nil }
        let rest = what.drop { $0 != first }.dropFirst()
        // “I'm afraid not”, “I'm happy with that answer”, “I'm tired of this page”.
        if first == "afraid", rest.first.map({ !["of", "i", "that", "to"].contains($0) }) ?? true { return nil }
        if first == "afraid",
            rest.starts(with: ["i", "do", "not"]) || rest.starts(with: ["i", "can", "not"]) || rest.starts(with: ["that", "is"])
        {
            return nil
        }
        if rest.contains(where: { ["answer", "page", "figure", "result"].contains($0) }) { return nil }
        return Recollected(.feeling, clause.told, confidence: 0.8)
    }

    private static let feelings: Set<String> = [
        "nervous", "anxious", "worried", "scared", "afraid", "terrified", "stressed", "overwhelmed", "frustrated", "excited",
        "proud", "exhausted", "tired", "sad",
        "happy", "lonely", "discouraged", "demotivated", "unmotivated", "motivated", "burnt", "burned", "desperate", "confident",
        "relieved", "disappointed", "bored",
        "panicking", "hopeless", "unhappy", "insecure", "thrilled",
    ]
}
