/// What else the documents say that comes near the question.
extension AnswerPlan {
    /// The sentences that come nearest and were not told yet, each set off with its own citation.
    func also(_ parts: [AnswerPart]) -> [AnswerPart] {
        // The opposite of what is asked for, and other rows than the one that was found, come near and are no answers.
        guard question.kind != .summary, question.direction == nil, !parts.contains(where: \.isRemark), !tellsRow,
            keyedRow == nil, let best = statements.first
        else { return [] }
        // A list that was asked for and found is whole.
        if question.kind == .list, parts.contains(where: \.isListOfMany) { return [] }
        let used = parts.reduce(0) { $0 + TextLength.words(in: $1.plain) }
        var left = max((asksForFact ? 150 : 200) - used, 40)
        var told = parts.map(\.letters).joined()
        var found: [AnswerPart] = []
        for statement in statements.prefix(12) where found.count < 4 {
            guard statement.score >= best.score - 0.35 else { break }
            let block = blocks[statement.block]
            if UnitMaker.isTitle(statement.text) { continue }
            let length = TextLength.words(in: statement.text)
            guard length >= 3, length <= left, !told.contains(AnswerPart.letters(statement.text)), !statement.text.hasSuffix("?")
            else { continue }
            let source = holder(of: statement)
            if block.kind == .code {
                guard length <= 40 else { continue }
                found.append(.code(statement.text, source: source))
            } else {
                var text = statement.text
                if block.kind == .paragraph, statement.part > 0, Pronouns.leans(text) {
                    let before = block.parts[statement.part - 1]
                    let isTold = told.contains(AnswerPart.letters(before))
                    if !isTold, TextLength.words(in: before) + length <= left { text = before + Trimmer.glue(before) + text }
                }
                if text.hasSuffix(":") { text = text.dropLast() + "." }
                found.append(.list(["• " + text], source: source))
            }
            told += AnswerPart.letters(statement.text)
            left -= length
        }
        return found.isEmpty ? [] : [.remark("Also in your documents:")] + found
    }

    /// The source whose own text holds a statement: a block may go on from one passage into the next.
    private func holder(of statement: Statement) -> Int {
        let letters = AnswerPart.letters(statement.text)
        func holds(_ source: Int) -> Bool { AnswerPart.letters(sources[source].text).contains(letters) }
        if holds(statement.source) { return statement.source }
        let document = sources[statement.source].document
        return sources.indices.first { sources[$0].document == document && holds($0) } ?? statement.source
    }
}

extension AnswerPart {
    fileprivate var isRemark: Bool { if case .remark = self { true } else { false } }
    fileprivate var isListOfMany: Bool { if case .list(let items, _) = self { items.count >= 3 } else { false } }
}
