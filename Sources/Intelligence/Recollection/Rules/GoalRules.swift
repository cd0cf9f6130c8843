/// What the student works towards.
enum GoalRules {
    static func match(_ clause: Clause, _ sentence: Utterance.Sentence) -> Recollected? {
        if let what = clause.after("my goal is", "my aim is", "my target is", "my plan is", "my dream is", "my objective is"),
            what.count >= 2
        {
            return made(clause, 0.9)
        }
        if let what = clause.after(
            "i am aiming for", "i am aiming to", "i am preparing for", "i am working towards", "i am training for"), !what.isEmpty,
            !isHere(what)
        {
            return made(clause, 0.85)
        }
        guard
            let what = clause.after(
                "i want to", "i would like to", "i would love to", "i hope to", "i plan to", "i am trying to", "i need to",
                "i am hoping to", "i am planning to", "i intend to"),
            let verb = what.first, what.count >= 2, !isHere(what.dropFirst())
        else { return nil }
        let aims =
            ends.contains(verb) || (verb == "be" && clause.has(["done", "able", "fluent", "ready", "finished"]))
            || (verb == "get" && clause.has(grades))
        if aims { return made(clause, 0.85) }
        let isLong =
            verb == "understand" || verb == "learn" || verb == "know" || verb == "study" || verb == "finish" || verb == "do"
        guard isLong,
            clause.has(FactRules.times) || clause.has(["once", "finally", "school", "degree"])
                || verb == "study" && clause.has(["after"])
        else { return nil }
        return made(clause, 0.8)
    }

    private static func isHere(_ words: ArraySlice<String>) -> Bool {
        words.contains {
            ["page", "figure", "exercise", "question", "section", "paragraph", "diagram", "sentence", "this", "it", "slide"]
                .contains($0)
        }
            && !words.contains { ["semester", "year", "summer", "month", "week", "term"].contains($0) }
    }

    private static func made(_ clause: Clause, _ confidence: Double) -> Recollected {
        Recollected(.goal, clause.told, confidence: confidence)
    }

    private static let ends: Set<String> = [
        "pass", "become", "reach", "master", "improve", "achieve", "score", "catch", "graduate", "finish", "hand", "complete",
        "ace", "qualify", "speak", "revise", "memorise", "memorize",
    ]
    private static let grades: Set<String> = ["into", "a", "an", "grade", "better", "degree", "certificate", "mark", "marks"]
}
