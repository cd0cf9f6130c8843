/// A number, a time, a name: a row of a table, or the sentence that tells it.
extension AnswerPlan {
    struct Found {
        var unit: Int
        var block: Int
        var sentence: Int
        var value: Double
        var share: Double
    }

    /// The sentences that tell the number, the time or the name, best first.
    func findFacts() -> [Found] {
        var found: [Found] = []
        let cosines = Dictionary(statements.map { ($0.text, $0.cosine) }) { first, _ in first }
        for (rank, unit) in units.prefix(14).enumerated() {
            for (at, block) in unit.blocks.enumerated() where [.paragraph, .note, .list].contains(block.kind) {
                for (index, sentence) in block.parts.enumerated() {
                    let bare = ListMarker.text(of: sentence).map(String.init) ?? sentence
                    let fit = SentenceForm.fit(bare, to: question)
                    guard fit > 0, !sentence.hasSuffix("?"), !UnitMaker.isCaption(bare) else { continue }
                    let stems = Words.stems(of: sentence)
                    let own = words.share(in: Set(stems))
                    // What it lacks may stand in the heading, or right before it.
                    let around = context(before: unit.first + at, index, block)
                    let share = own + around.reduce(0.0) { max($0, $1.weight * (words.share(in: Set(stems), or: $1.stems) - own)) }
                    let value =
                        share + 0.1 * own + 0.35 * fit + 0.1 * words.pairs(in: stems).near + 0.3 * (unit.score - units[0].score)
                        - 0.01 * Double(rank) + 0.4 * ((cosines[bare] ?? 0.2) - 0.2)
                    found.append(Found(unit: rank, block: at, sentence: index, value: value, share: share))
                }
            }
        }
        return found.sorted { ($0.value, -$0.unit, -$0.sentence) > ($1.value, -$1.unit, -$1.sentence) }
    }

    /// Whether the answer is one row of a table.
    var tellsRow: Bool {
        asksForFact && row(atLeast: facts.first?.share ?? 0) != nil
    }

    func fact() -> [AnswerPart]? {
        let best = facts.first
        if let row = row(atLeast: best?.share ?? 0) { return row }
        guard let best, best.share >= 0.35 else { return nil }
        let block = units[best.unit].blocks[best.block]
        if let twins = disagreeing(with: block.parts[best.sentence], of: units[best.unit]) {
            return differing([.text(block.parts[best.sentence], source: block.source)] + twins)
        }
        if block.kind != .paragraph {
            let lead = units[best.unit].blocks[0]
            let text = ListMarker.text(of: block.parts[best.sentence]).map(String.init) ?? block.parts[best.sentence]
            let isNamed = lead.kind == .paragraph && best.block > 0 && lead.words <= 40
            return (isNamed ? [.text(lead.parts.last ?? lead.text, source: lead.source)] : []) + [.text(text, source: block.source)]
        }
        let text = trimmer.cut(block.parts, to: 50, around: best.sentence)
        let told = AnswerPart.letters(text)
        // Another sentence that may be meant just as well.
        let next = facts.dropFirst().first { other in
            let sentence = units[other.unit].blocks[other.block].parts[other.sentence]
            return other.value >= best.value - 0.1 && !told.contains(AnswerPart.letters(sentence))
                && TextLength.words(in: sentence) <= 45
                && units[other.unit].document == units[best.unit].document
        }
        let also: [AnswerPart] =
            next.map { other in
                let block = units[other.unit].blocks[other.block]
                return [
                    .text(
                        ListMarker.text(of: block.parts[other.sentence]).map(String.init) ?? block.parts[other.sentence],
                        source: block.source)
                ]
            } ?? []
        return [.text(text, source: block.source)] + also
    }

    /// What stands around a sentence, and how far it speaks for it.
    func context(before block: Int, _ sentence: Int, _ own: Block) -> [(stems: Set<String>, weight: Double)] {
        var around: [(Set<String>, Double)] = [
            (Set(own.path.flatMap { Words.stems(of: $0) } + Words.stems(of: sources[own.source].title)), 0.8)
        ]
        var near = sentence > 0 ? Set(Words.stems(of: own.parts[sentence - 1])) : []
        if sentence > 0 { around.append((near, 0.8)) }
        for back in 1...3 where blocks.indices.contains(block - back) && blocks[block - back].section == own.section {
            near.formUnion(Words.stems(of: blocks[block - back].text))
            around.append((near, 0.85 - 0.1 * Double(back)))
        }
        return around
    }

    /// The row of which one cell is a word of the question and nothing else: “May”, “Topaz”.
    func findKeyedRow() -> [AnswerPart]? {
        guard [.definition, .list, .other, .quantity, .when, .who].contains(question.kind), question.wants == .anything,
            units[0].has(.table)
        else { return nil }
        let asked = Set(question.terms.filter { $0.weight >= 1 && !$0.isNumber }.map(\.stem))
        var best: (share: Double, part: AnswerPart)?
        for block in units[0].blocks where block.kind == .table && block.parts.count >= 3 {
            let head = block.parts[0]
            let above = Set(Words.stems(of: head)).union(units[0].headingStems)
            for row in block.parts.dropFirst() {
                let isKey = TableRow.cells(row).contains { cell in
                    let stems = Words.stems(of: cell)
                    return !stems.isEmpty && stems.count <= 2 && stems.allSatisfy(asked.contains)
                }
                let share = isKey ? words.share(in: Set(Words.stems(of: row)), or: above) : 0
                if share >= 0.35, share > best?.share ?? 0 {
                    best = (share, .text(TableRow.told(row, under: head), source: block.source))
                }
            }
        }
        return best.map { [$0.part] }
    }

    /// The row of a table that holds what is asked, with the heads of its columns.
    func row(atLeast least: Double) -> [AnswerPart]? {
        var best: (share: Double, own: Double, text: String, source: Int)?
        for (position, unit) in units.prefix(14).enumerated() {
            for block in unit.blocks where block.kind == .table && block.parts.count >= 2 {
                let head = block.parts[0]
                let above = Set(Words.stems(of: head + " " + unit.blocks[0].text.prefix(300))).union(unit.headingStems)
                for row in block.parts.dropFirst() {
                    let stems = Set(Words.stems(of: row))
                    let share = words.share(in: stems, or: above) - 0.01 * Double(position)
                    let own = words.share(in: stems)
                    guard own > 0.12 else { continue }
                    if best.map({ (share, own) > ($0.share, $0.own) }) ?? true {
                        best = (share, own, TableRow.told(row, under: head), block.source)
                    }
                }
            }
        }
        guard let best, best.share >= 0.75, best.share >= least - 0.02 else { return nil }
        return [.text(best.text, source: best.source)]
    }
}
