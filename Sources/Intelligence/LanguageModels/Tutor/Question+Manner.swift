/// What a question says of the manner of telling, and in which form an answer is wanted.
extension Question {
    /// Without what asks for a manner of telling: the tutor tells in the sources' words.
    static func plain(_ text: String) -> String {
        let manners = [
            "explain it like i'm five", "explain like i'm five", "like i'm five", "like i am five",
            "like i’m five", "eli5", "in simple terms",
            "in simple words", "in plain english", "in plain words", "in your own words",
            "for a beginner", "for beginners", "for dummies",
            "step by step", "in detail", "briefly", "in short", "please", "can you tell me",
            "could you tell me", "i want to know", "i need to know", "do you know",
            "according to the document",
            "according to my notes", "in this document", "in my notes", "in my documents", "in the text",
        ]
        var out = text
        let runs = [
            "whats": "what is", "hows": "how is", "wheres": "where is", "whos": "who is", "whens": "when is", "whys": "why is",
        ]
        if let first = text.split(separator: " ").first, let long = runs[first.lowercased()] {
            out = long + text.dropFirst(first.count)
        }
        if out.lowercased().hasPrefix("what"), let range = out.firstRange(of: " good for") {
            out.replaceSubrange(range, with: " used for")
        }
        if out.lowercased().hasPrefix("sum up "), !out.lowercased().contains(" differ") { out = "summarise " + out.dropFirst(7) }
        for start in ["can you ", "could you ", "would you ", "i want you to "]
        where out.lowercased().hasPrefix(start) {
            let rest = out.dropFirst(start.count)
            let verbs = [
                "explain", "describe", "give", "list", "show", "summarise", "summarize", "compare",
                "define", "name", "outline",
            ]
            if verbs.contains(where: rest.lowercased().hasPrefix) { out = String(rest) }
        }
        for manner in manners {
            while let range = out.lowercased().firstRange(of: manner) {
                // Lowering the case of a few letters changes their length.
                guard out.lowercased().count == out.count else { break }
                let lower = out.lowercased()
                let start = out.index(
                    out.startIndex, offsetBy: lower.distance(from: lower.startIndex, to: range.lowerBound))
                let end = out.index(start, offsetBy: manner.count)
                let isWhole =
                    (start == out.startIndex || !out[out.index(before: start)].isLetter)
                    && (end == out.endIndex || !out[end].isLetter)
                guard isWhole else { break }
                out = (out[..<start] + out[end...]).trimmed
                while let first = out.first, ",.;:".contains(first) { out = out.dropFirst().trimmed }
            }
        }
        return out.contains { $0.isLetter || $0.isNumber } ? out : text
    }

    static func wanted(_ joined: String) -> Wanted {
        func has(_ phrases: [String]) -> Bool { phrases.contains { joined.contains(" \($0) ") } }
        let asksWhich = ["which file", "where", "who", "why"].contains { joined.hasPrefix(" \($0) ") }
        if !asksWhich,
            has([
                "show me the code", "show the code", "the code for", "code example", "example code",
                "code for", "which command", "what command",
                "what is the command", "the syntax of", "show me an example of code", "source code",
            ])
        {
            return .code
        }
        if has(["equation", "formula", "reaction equation", "chemical equation"]) { return .formula }
        return .anything
    }

    static func aim(of kind: Kind, _ joined: String) -> Aim {
        func has(_ phrases: [String]) -> Bool { phrases.contains { joined.contains(" \($0) ") } }
        switch kind {
        case .other where Self.conditions.contains(where: joined.hasPrefix): return .condition
        case .definition where joined.hasPrefix(" what") && joined.hasSuffix(" for ") && !joined.hasSuffix(" stand for "):
            return .role
        case .how where has(["calculated", "computed", "calculate", "compute", "work out", "worked out"]): return .calculation
        case .how
        where has(["how do i", "how do you", "how do we", "how to", "how can i", "how can you", "how can we", "how should i"]):
            return .steps
        case .definition where joined.hasPrefix(" what do") && joined.hasSuffix(" do "): return .role
        case .definition where has(["used for", "purpose", "role", "function", "goal", "job", "point", "importance", "use of"]):
            return .role
        case .when where has(["when was", "when were", "when did", "what year", "which year", "what date"]): return .date
        case .quantity where has(["how long", "how much longer", "how much shorter"]): return .duration
        case .quantity where has(["how old", "what age", "which age", "minimum age", "maximum age", "wie alt"]): return .age
        case .quantity where has(["majority", "share", "percentage", "proportion", "fraction", "percent"]): return .portion
        default: return .plain
        }
    }
}
