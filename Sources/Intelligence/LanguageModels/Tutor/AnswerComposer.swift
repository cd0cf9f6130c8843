/// Writes the chosen sentences as one short answer, each with its `[n]`.
struct AnswerComposer: Sendable {
    let question: Question
    let passages: [SourcePassage]

    func text(of parts: [AnswerSelection.Part]) -> String {
        // Where a list is wanted and the sources have none, the sentences after the first become one.
        let makesList =
            (question.kind == .list || question.kind == .summary) && parts.count >= 3 && !parts.contains(where: \.isBullet)
        // One entry alone is a sentence.
        let hasBullets = parts.count(where: \.isBullet) >= 2
        var out = ""
        var previous: AnswerSelection.Part?
        for (position, part) in parts.enumerated() {
            let goesOn = previous.map { $0.passage == part.passage && $0.sentence.paragraph == part.sentence.paragraph } ?? false
            let isBullet = part.isBullet && hasBullets && !(goesOn && part.sentence.isListItem) || makesList && position > 0
            let continues = previous.map { $0.passage == part.passage && $0.index + 1 == part.index } ?? false
            // What a colon shows, such as a command or a formula, stays as it is written.
            let isShown = continues && previous?.sentence.text.hasSuffix(":") == true
            var text = cleaned(part.sentence.text, capitalised: !isShown)
            if let label = part.label { text = label + ": " + text }
            if !continues || position == 0 { text = Pronouns.withoutConnective(text) }
            let next = parts.dropFirst(position + 1).first
            let announces = next.map { $0.isBullet || $0.passage == part.passage && $0.index == part.index + 1 } ?? false
            if text.hasSuffix(":"), !announces {
                text = String(text.dropLast()) + "."
            }
            if isBullet, text.hasSuffix(";") || text.hasSuffix(",") { text.removeLast() }
            let cited = marked(text, passages[part.passage].number)
            if isBullet {
                out += (out.isEmpty ? "" : "\n") + "- " + cited
            } else if let previous, previous.isBullet && hasBullets && !goesOn || makesList && position > 1 {
                out += "\n\n" + cited
            } else if continues || position == 0 {
                out += (out.isEmpty ? "" : " ") + cited
            } else {
                // Another place of the sources: a new paragraph once the first has grown.
                out += (question.kind == .compare || position >= 3 ? "\n\n" : " ") + cited
            }
            previous = part
        }
        return out
    }

    /// The citation goes before the full stop's successor: “… water. [2]” reads worse than “… water [2].”
    private func marked(_ text: String, _ number: Int) -> String {
        if let last = text.last, ".!…".contains(last), !text.hasSuffix("...") {
            return text.dropLast() + " [\(number)]" + String(last)
        }
        if text.hasSuffix(":") { return text.dropLast() + " [\(number)]:" }
        return text + " [\(number)]"
    }

    /// A paper's own [12] would be taken for a citation of ours.
    private func cleaned(_ text: String, capitalised: Bool) -> String {
        var text = Discourse.withoutReferences(CitationMarkers.removed(from: text))
        if capitalised, let first = text.first, first.isLowercase, !question.text.isEmpty {
            text = first.uppercased() + text.dropFirst()
        }
        return text
    }
}
