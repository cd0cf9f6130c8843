/// What the student finds hard.
enum WeakTopicRules {
    static func match(_ clause: Clause, _ sentence: Utterance.Sentence) -> Recollected? {
        if let topic = clause.after(
            "i struggle with", "i am struggling with", "i have trouble with", "i have trouble understanding",
            "i have problems with", "i have difficulties with", "i have difficulty with",
            "i am having trouble with", "i always struggle with", "i suck at", "i am bad at", "i am bad with", "i am terrible at",
            "i am weak at", "i am weak in", "i am hopeless at",
            "i am awful at", "i am not good at", "i can not wrap my head around", "i keep forgetting", "i keep mixing up",
            "i keep confusing", "i always forget",
            "i always mix up", "i always mess up", "i always confuse", "i constantly forget", "i never remember",
            "i can never remember")
        {
            return made(clause, topic, 0.9)
        }
        if let topic = clause.after(
            "i do not understand", "i do not get", "i never understood", "i can not understand", "i do not grasp",
            "i never understand", "i can not do")
        {
            let end = topic.suffix(2) == ["at", "all"] ? topic.dropLast(2) : topic
            let isPlace =
                end.first.map {
                    ["the", "your", "why", "how", "what", "which", "where", "if", "you", "anything", "a", "an", "any"].contains($0)
                } ?? true
            return isPlace ? nil : made(clause, end, 0.85)
        }
        if let topic = clause.after("i can not remember") {
            return topic.contains("of") || topic.contains("how") ? made(clause, topic, 0.75) : nil
        }
        if let what = clause.after("i find"), let last = what.last, hard.contains(last) {
            return made(clause, what.dropLast(), 0.85)
        }
        return asSubject(clause)
    }

    /// “Pointers in C confuse me”, “Thermodynamics is really hard for me”.
    private static func asSubject(_ clause: Clause) -> Recollected? {
        let words = clause.core
        if let verb = words.firstIndex(where: { $0 == "confuse" || $0 == "confuses" || $0 == "scare" || $0 == "scares" }), verb > 0,
            verb <= 6, words[(verb + 1)...] == ["me"]
        {
            return made(clause, words[..<verb], 0.85)
        }
        guard words.count >= 5, words.suffix(2) == ["for", "me"], hard.contains(words[words.count - 3]),
            let verb = words.lastIndex(where: { $0 == "is" || $0 == "are" }), verb > 0
        else { return nil }
        return made(clause, words[..<verb], 0.85)
    }

    private static func made(_ clause: Clause, _ topic: ArraySlice<String>, _ confidence: Double) -> Recollected? {
        let content = topic.filter { !small.contains($0) }
        guard let first = topic.first, !content.isEmpty, topic.count <= 10,
            !["this", "that", "it", "these", "those", "them", "he", "she", "they", "you"].contains(first)
        else { return nil }
        guard
            !content.contains(where: {
                ["question", "page", "exercise", "figure", "answer", "sentence", "link", "upload", "app"].contains($0)
            })
        else { return nil }
        return Recollected(
            .weakTopic, clause.told, slot: "weak:" + content.prefix(4).joined(separator: " "), confidence: confidence)
    }

    private static let hard: Set<String> = ["hard", "difficult", "confusing", "tricky", "impossible", "tough"]
    private static let small: Set<String> = [
        "the", "a", "an", "my", "all", "of", "with", "in", "at", "and", "to", "topic", "thing", "things", "stuff",
    ]
}
