/// The sentence that sets two things against each other.
extension AnswerPlan {
    /// What says of both in one breath how they differ.
    /// - Parameter own: the words of each side that the other has not.
    func contrast(_ own: [Set<String>]) -> AnswerPart? {
        guard own.count == 2, own.allSatisfy({ !$0.isEmpty }) else { return nil }
        var best: (value: Double, part: AnswerPart)?
        for block in blocks where [.paragraph, .note, .list].contains(block.kind) {
            for (index, part) in block.parts.enumerated() {
                let sentence = ListMarker.text(of: part).map(String.init) ?? part
                let lower = " " + sentence.lowercased()
                guard Self.contrasting.contains(where: lower.contains), !sentence.hasSuffix("?"),
                    TextLength.words(in: sentence) <= 60
                else { continue }
                let stems = Words.stems(of: sentence)
                let held = Set(stems)
                guard own.allSatisfy({ side in side.allSatisfy { QuestionWords.holds($0, held) } }) else { continue }
                var text = sentence
                if index > 0, block.kind == .paragraph, Pronouns.leans(text) {
                    text = block.parts[index - 1] + Trimmer.glue(text) + text
                }
                let value = words.share(in: held) + 0.2 * words.pairs(in: stems).near + (sources[block.source].score ?? 0)
                if value > best?.value ?? 0 { best = (value, .text(Pronouns.withoutConnective(text), source: block.source)) }
            }
        }
        return best?.part
    }

    private static let contrasting = [
        " except ", " whereas ", " while ", " unlike ", " but ", " differ", " instead", " rather than ", " in contrast",
        " as opposed ",
        " on the other hand", " however", " same as ", " equivalent ", " compared ", " in comparison",
    ]
}
