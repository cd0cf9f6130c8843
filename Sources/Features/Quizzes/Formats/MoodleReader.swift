import Manuscript
import Questions
import TypedText

/// Reads Moodle XML from the trees that the sandbox made of it.
enum MoodleReader {
    /// Whether these are Moodle's questions.
    static func isOne(_ bank: BankParts) -> Bool {
        bank.parts.contains { $0.tree?.name == "question" } || bank.parts.first?.tree?.name == "quiz"
    }

    static func read(_ bank: BankParts) -> ImportedBank {
        var found = ImportedBank()
        var topic = ""
        for part in bank.parts {
            guard let tree = part.tree else {
                found.problems.append(.init(line: part.line, reason: "its XML is not well-formed"))
                continue
            }
            if tree["type"] == "category" {
                topic = GIFTReader.category(tree.first("category")?.allText ?? "")
                continue
            }
            // Descriptions ask nothing.
            guard tree.name == "question", tree["type"] != "description" else { continue }
            found.add(
                { () throws(BankProblem) in
                    var draft = try question(tree)
                    draft.topic = topic
                    return draft
                }, line: part.line)
        }
        return found
    }

    private static func question(_ tree: MarkupTree) throws(BankProblem) -> QuestionDraft {
        let stem = text(tree.first("questiontext"))
        var draft = try draft(tree, stem)
        draft.explanation = text(tree.first("generalfeedback"))
        if let points = (tree.first("defaultgrade")?.allText.trimmed).flatMap(Double.init), points > 0 {
            draft.points = min(100, points)
        }
        draft.tags = Tags.clean(tree.first("tags")?.all("tag").map { $0.allText } ?? [])
        return draft
    }

    private static func text(_ tree: MarkupTree?) -> String {
        guard let tree else { return "" }
        return (tree.first("text") ?? tree).allText.trimmed
    }

    private static func draft(_ tree: MarkupTree, _ stem: String) throws(BankProblem) -> QuestionDraft {
        let answers = tree.all("answer").map { (text: text($0), fraction: Double($0["fraction"] ?? "") ?? 0, tree: $0) }
        switch tree["type"] ?? "" {
        case "multichoice":
            let isOne = tree.first("single").map { ["true", "1"].contains($0.allText.trimmed.lowercased()) } ?? true
            let right = answers.indices.filter { answers[$0].fraction > (isOne ? 99 : 0) }
            return QuestionDraft(
                isOne ? .multipleChoice : .multipleResponse, stem, .choice(options: answers.map(\.text), right: right))
        case "truefalse":
            guard let right = answers.first(where: { $0.fraction > 99 }) else {
                throw BankProblem("neither true nor false is right")
            }
            return QuestionDraft(.trueFalse, stem, .truth(right.text.lowercased().hasPrefix("t")))
        case "shortanswer":
            let key = TypedKey(
                accepted: answers.filter { $0.fraction > 99 }.map(\.text),
                partly: answers.filter { $0.fraction > 0 && $0.fraction <= 99 }.map(\.text))
            return QuestionDraft(.shortAnswer, stem, .typed(key))
        case "numerical":
            guard let right = answers.first(where: { $0.fraction > 99 }), let value = Double(right.text) else {
                throw BankProblem("its answer is not a number")
            }
            let unit = tree.first("units")?.all("unit").first { $0.first("multiplier")?.allText.trimmed == "1" }
            let name = unit?.first("unit_name")?.allText.trimmed
            let tolerance = (right.tree.first("tolerance")?.allText.trimmed).flatMap(Double.init)
            return QuestionDraft(
                .numeric, stem,
                .number(
                    NumberKey(
                        value: value, unit: name, tolerance: tolerance,
                        text: [value.plain, name].compactMap(\.self).joined(separator: " "))))
        case "matching":
            let pairs = tree.all("subquestion").map { (prompt: text($0), answer: text($0.first("answer"))) }
            let full = pairs.filter { !$0.prompt.isEmpty }
            return QuestionDraft(
                .matching, stem,
                .matching(
                    prompts: full.map(\.prompt), answers: full.map(\.answer) + pairs.filter { $0.prompt.isEmpty }.map(\.answer)))
        case "ordering": return QuestionDraft(.ordering, stem, .ordering(answers.map(\.text)))
        case "cloze", "multianswer": return try MoodleCloze.draft(stem)
        case let other: throw BankProblem("questions of the type “\(other.prefix(40))” are not known here")
        }
    }
}

/// The text of a cloze with its answers in it: `Water is {1:SHORTANSWER:=hydrogen~=H} and …`.
enum MoodleCloze {
    static func draft(_ text: String) throws(BankProblem) -> QuestionDraft {
        var (stem, keys, rest) = ("", [TypedKey](), text[...])
        while let open = rest.firstIndex(of: "{") {
            stem += rest[..<open]
            guard let close = end(of: rest[open...]) else { throw BankProblem("a gap has no closing brace") }
            let inside = rest[rest.index(after: open)..<close]
            let parts = inside.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
            guard parts.count == 3 else { throw BankProblem("a gap is not written as {1:SHORTANSWER:=…}") }
            guard ["SHORTANSWER", "SA", "MW", "SHORTANSWER_C", "SAC", "MWC", "NUMERICAL", "NM"].contains(parts[1].uppercased())
            else {
                throw BankProblem("a gap with choices is not known here")
            }
            keys.append(try key(String(parts[2])))
            stem += QuestionContent.gap
            rest = rest[rest.index(after: close)...]
        }
        return QuestionDraft(.cloze, stem + rest, .gaps(keys))
    }

    private static func end(of text: Substring) -> String.Index? {
        var escapes = false
        for index in text.indices {
            if escapes {
                escapes = false
            } else if text[index] == "\\" {
                escapes = true
            } else if text[index] == "}" {
                return index
            }
        }
        return nil
    }

    private static func key(_ text: String) throws(BankProblem) -> TypedKey {
        var (answers, part, escapes) = ([(isMeant: Bool, text: String)](), "", false)
        var isMeant = false
        func finish() {
            if !part.trimmed.isEmpty { answers.append((isMeant, part.trimmed)) }
            (part, isMeant) = ("", false)
        }
        var inFeedback = false
        for character in text {
            if escapes {
                if !inFeedback { part.append(character) }
                escapes = false
            } else if character == "\\" {
                escapes = true
            } else if character == "~" {
                finish()
                inFeedback = false
            } else if character == "=", part.isEmpty {
                isMeant = true
            } else if character == "#" {
                inFeedback = true
            } else if !inFeedback {
                part.append(character)
            }
        }
        finish()
        var key = TypedKey(accepted: answers.filter(\.isMeant).map(\.text))
        for (_, text) in answers.filter({ !$0.isMeant && $0.text.hasPrefix("%") }) {
            let parts = text.dropFirst().split(separator: "%", maxSplits: 1).map(String.init)
            guard parts.count == 2, let weight = Double(parts[0]) else { continue }
            if weight >= 100 { key.accepted.append(parts[1].trimmed) } else if weight > 0 { key.partly.append(parts[1].trimmed) }
        }
        guard !key.accepted.isEmpty else { throw BankProblem("a gap has no right answer") }
        return key
    }
}
