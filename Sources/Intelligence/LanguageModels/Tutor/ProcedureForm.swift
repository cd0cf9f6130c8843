/// Judges whether a sentence tells how something is done.
enum ProcedureForm {
    /// For “How do I …?”: an instruction, a command, a step of a list.
    static func steps(_ sentence: Sentence) -> Double {
        let lower = " " + sentence.text.lowercased() + " "
        func has(_ phrases: [String]) -> Bool { phrases.contains(where: lower.contains) }
        let first = lower.split(separator: " ").first.map(String.init) ?? ""
        if imperatives.contains(first) || first == "to" && has([" use ", " run ", " select ", " click ", " you ", " enter "]) {
            return 1
        }
        let acts = [
            " command", " select ", " click ", " type ", " run ", " enter ", " use ", " using ", " choose ",
            " press ",
            " execute", " invok", " edit ", " you can ", " you need ", " you must ", " you should ", " you have to ",
        ]
        let hits = acts.count(where: lower.contains)
        if hits >= 2 { return 0.85 }
        if hits == 1 { return 0.6 }
        if has([" by ", " first", " then ", " via ", " through ", " step"]) { return 0.45 }
        return sentence.isListItem ? 0.4 : 0.05
    }

    /// For “How is … calculated?”: a rule for a number.
    static func calculation(_ text: String) -> Double {
        let lower = text.lowercased()
        return [
            "ratio", "divid", "multipl", "subtract", " sum ", "formula", "equation", " = ", "product of", "difference between",
            " per ",
        ]
        .contains(where: lower.contains) ? 1 : 0.1
    }

    private static let imperatives: Set<String> = [
        "use", "run", "select", "click", "type", "enter", "choose", "press", "open", "add", "edit", "install", "create", "set",
        "start",
        "call", "put", "go", "make", "write", "place", "execute", "configure", "invoking",
    ]
}
