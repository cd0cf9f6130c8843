import Manuscript
import Questions
import TypedText

/// Reads items of QTI 2.1 from the trees that the sandbox made of them.
enum QTIReader {
    static func isOne(_ bank: BankParts) -> Bool {
        bank.parts.contains {
            $0.tree.map { $0.name == "assessmentItem" || $0.name == "manifest" || $0.name == "assessmentTest" } ?? false
        }
    }

    static func read(_ bank: BankParts) -> ImportedBank {
        var found = ImportedBank()
        for part in bank.parts {
            let place = part.path.isEmpty ? "" : "\(part.path): "
            guard let tree = part.tree else {
                found.problems.append(.init(line: part.line, reason: place + "its XML is not well-formed"))
                continue
            }
            guard tree.name == "assessmentItem" else { continue }
            found.add(
                { () throws(BankProblem) in
                    do throws(BankProblem) {
                        return try question(tree)
                    } catch {
                        throw BankProblem(place + error.reason)
                    }
                }, line: part.line)
        }
        return found
    }

    private static func question(_ item: MarkupTree) throws(BankProblem) -> QuestionDraft {
        guard let body = item.first("itemBody") else { throw BankProblem("it has no body") }
        let responses = Dictionary(
            item.all("responseDeclaration").map { ($0["identifier"] ?? "", $0) }
        ) { first, _ in first }
        var draft = try draft(body, responses, item)
        draft.explanation = item.all("modalFeedback").first.map { lines($0).trimmed } ?? ""
        draft.topic = (item["label"] ?? "").oneLine
        let score = item.all("outcomeDeclaration").first { $0["identifier"] == "SCORE" }
        if let points = score?["normalMaximum"].flatMap(Double.init), points > 0, points <= 100 { draft.points = points }
        return draft
    }

    private static let interactions: Set = [
        "choiceInteraction", "textEntryInteraction", "matchInteraction", "orderInteraction", "extendedTextInteraction",
    ]

    /// Text, with a line's end for `br` and for paragraphs.
    private static func lines(_ tree: MarkupTree, gap: String? = nil) -> String {
        if tree.name.isEmpty { return tree.text ?? "" }
        if tree.name == "br" { return "\n" }
        if tree.name == "textEntryInteraction" { return gap ?? "" }
        if interactions.contains(tree.name) { return "" }
        let inside = (tree.children ?? []).map { lines($0, gap: gap) }.joined()
        return ["p", "div", "li", "blockquote", "pre"].contains(tree.name) ? inside + "\n" : inside
    }

    private static func plain(_ tree: MarkupTree) -> String {
        lines(tree).split(separator: "\n").map { String($0).trimmed }.filter { !$0.isEmpty }.joined(separator: "\n")
    }

    private static func correct(_ response: MarkupTree?) -> [String] {
        response?.first("correctResponse")?.all("value").map { $0.allText.trimmed } ?? []
    }

    private static func draft(
        _ body: MarkupTree, _ responses: [String: MarkupTree], _ item: MarkupTree
    ) throws(BankProblem) -> QuestionDraft {
        let found = interactions.flatMap { body.deepAll($0) }
        guard let first = found.first else { throw BankProblem("it has no interaction") }
        let stem = [plain(body), first.first("prompt").map { plain($0) } ?? ""].filter { !$0.isEmpty }.joined(separator: "\n")
        let response = responses[first["responseIdentifier"] ?? ""]
        let right = correct(response)
        switch first.name {
        case "choiceInteraction":
            let choices = first.all("simpleChoice")
            let ids = choices.map { $0["identifier"] ?? "" }
            if Set(ids.map { $0.lowercased() }) == ["true", "false"], right.count == 1 {
                return QuestionDraft(.trueFalse, stem, .truth(right[0].lowercased() == "true"))
            }
            let isOne = response?["cardinality"] != "multiple"
            return QuestionDraft(
                isOne ? .multipleChoice : .multipleResponse, stem,
                .choice(options: choices.map(plain), right: ids.indices.filter { right.contains(ids[$0]) }))
        case "orderInteraction":
            let texts = Dictionary(first.all("simpleChoice").map { ($0["identifier"] ?? "", plain($0)) }) { first, _ in first }
            let items = right.compactMap { texts[$0] }
            guard items.count == texts.count else { throw BankProblem("it does not say the right order of all its items") }
            return QuestionDraft(.ordering, stem, .ordering(items))
        case "matchInteraction": return try matching(first, right, stem)
        case "textEntryInteraction": return try typed(body, stem, responses, item)
        default: throw BankProblem("an interaction of the kind \(first.name) is not known here")
        }
    }

    private static func matching(_ interaction: MarkupTree, _ right: [String], _ stem: String) throws(BankProblem) -> QuestionDraft
    {
        let sets = interaction.all("simpleMatchSet").map { set in
            set.all("simpleAssociableChoice").map { (id: $0["identifier"] ?? "", text: plain($0)) }
        }
        guard sets.count == 2 else { throw BankProblem("it does not have two sets to match") }
        let pairs = right.map { $0.split(separator: " ").map(String.init) }.filter { $0.count == 2 }
        var (answers, used) = ([String](), Set<String>())
        for prompt in sets[0] {
            guard let pair = pairs.first(where: { $0[0] == prompt.id }), let answer = sets[1].first(where: { $0.id == pair[1] })
            else {
                throw BankProblem("“\(prompt.text.prefix(60))” has no partner")
            }
            answers.append(answer.text)
            used.insert(answer.id)
        }
        return QuestionDraft(
            .matching, stem,
            .matching(prompts: sets[0].map(\.text), answers: answers + sets[1].filter { !used.contains($0.id) }.map(\.text)))
    }

    private static func typed(
        _ body: MarkupTree, _ stem: String, _ responses: [String: MarkupTree], _ item: MarkupTree
    ) throws(BankProblem) -> QuestionDraft {
        let entries = body.deepAll("textEntryInteraction")
        let keys = entries.map { entry -> (response: MarkupTree?, key: TypedKey) in
            let response = responses[entry["responseIdentifier"] ?? ""]
            return (response, key(response))
        }
        let paragraph = body.all("p").first { !$0.all("textEntryInteraction").isEmpty && $0.allText.trimmed.isEmpty == false }
        if let only = keys.first, keys.count == 1, ["float", "integer"].contains(only.response?["baseType"] ?? "") {
            guard let value = correct(only.response).first.flatMap(Double.init) else {
                throw BankProblem("its answer is not a number")
            }
            let unit = paragraph?.allText.trimmed
            // The paragraph with the field is the unit's, and none of the question's.
            let text =
                unit.map { unit in stem.split(separator: "\n").filter { String($0) != unit }.joined(separator: "\n") } ?? stem
            let tolerance = item.deepAll("equal").first?["tolerance"].flatMap {
                $0.split(separator: " ").first.flatMap { Double($0) }
            }
            return QuestionDraft(
                .numeric, text,
                .number(
                    NumberKey(
                        value: value, unit: unit, tolerance: tolerance,
                        text: [value.plain, unit].compactMap(\.self).joined(separator: " "))))
        }
        // Fields among words are gaps; one that stands alone is where a short answer is written.
        if paragraph == nil, keys.count == 1 { return QuestionDraft(.shortAnswer, stem, .typed(keys[0].key)) }
        let text = lines(body, gap: QuestionContent.gap).split(separator: "\n").map { String($0).trimmed }.filter { !$0.isEmpty }
        return QuestionDraft(.cloze, text.joined(separator: "\n"), .gaps(keys.map(\.key)))
    }

    private static func key(_ response: MarkupTree?) -> TypedKey {
        let entries = response?.first("mapping")?.all("mapEntry").compactMap { entry -> (String, Double)? in
            guard let text = entry["mapKey"], let value = entry["mappedValue"].flatMap(Double.init), value > 0 else { return nil }
            return (text, value)
        }
        guard let entries, let most = entries.map(\.1).max() else { return TypedKey(accepted: correct(response)) }
        return TypedKey(
            accepted: entries.filter { $0.1 >= most - 1e-9 }.map(\.0), partly: entries.filter { $0.1 < most - 1e-9 }.map(\.0))
    }
}
