/// Things that are listed, in one place or under headings.
extension AnswerPlan {
    func list() -> [AnswerPart]? {
        if let values = columnValues() { return values }
        if let headings = headings() { return headings }
        if let section = section() { return section }
        let near = units.prefix(8).filter { $0.score >= units[0].score - 0.25 }
        if let unit = near.first(where: { unit in
            guard let block = unit.blocks.first(where: { $0.kind == .list || $0.kind == .table }), block.parts.count >= 2 else {
                return false
            }
            let lead = Set(Words.stems(of: unit.blocks[0].kind == .list ? "" : unit.blocks[0].parts.last ?? "")).union(
                unit.headingStems)
            return words.share(in: lead) >= 0.45
        }) {
            var unit = unit
            // A long paragraph above the list: its last sentence announces it.
            if unit.blocks.count >= 2, unit.blocks[0].kind == .paragraph, unit.blocks[0].words > 50,
                let last = unit.blocks[0].parts.last
            {
                unit.blocks[0].text = last
                unit.blocks[0].parts = [last]
            }
            return withLead(unit)
        }
        // “There are three kinds: …”, with the sentences that tell of them.
        for unit in near {
            guard
                let at = unit.blocks.firstIndex(where: { block in block.kind == .paragraph && block.parts.contains { lists($0) } }),
                let sentence = unit.blocks[at].parts.firstIndex(where: lists)
            else { continue }
            let block = unit.blocks[at]
            let count = Enumeration.announced(in: block.parts[sentence]) ?? 0
            let isComplete = Enumeration.isComplete(block.parts[sentence])
            let end = isComplete ? sentence : min(block.parts.count - 1, sentence + count)
            let text = block.parts[sentence...end].joined(separator: " ")
            var parts: [AnswerPart] = [.text(text, source: block.source)]
            // One short entry a paragraph.
            if !isComplete, end == sentence { parts += entries(from: unit.first + at + 1, count, block.section) }
            return parts
        }
        return nil
    }

    /// What stands below the sentence that announces so many things: a short paragraph each, or a name above what it means.
    private func entries(from start: Int, _ count: Int, _ section: Int) -> [AnswerPart] {
        var parts: [AnswerPart] = []
        var next = start
        func isHere(_ index: Int, _ kinds: Block.Kind...) -> Bool {
            blocks.indices.contains(index) && blocks[index].section == section && kinds.contains(blocks[index].kind)
        }
        while parts.count < count {
            if isHere(next, .label, .note, .paragraph), blocks[next].words <= 6,
                blocks[next].text.last.map({ !".!?:;,".contains($0) }) == true,
                isHere(next + 1, .paragraph)
            {
                let (name, text) = (blocks[next].text, blocks[next + 1].parts[0])
                parts.append(.list(["• **\(name)**: \(text)"], source: blocks[next + 1].source))
                next += 2
            } else if isHere(next, .paragraph, .note) {
                parts.append(.list([blocks[next].parts[0]], source: blocks[next].source))
                next += 1
            } else {
                break
            }
        }
        return parts
    }

    /// The different values of the column that is asked about: “Which energy sources are in the table?”
    private func columnValues() -> [AnswerPart]? {
        let asked = Set(Words.stems(of: question.text))
        guard let first = units[0].blocks.first(where: { $0.kind == .table && $0.parts.count >= 5 }) else { return nil }
        let heads = TableRow.cells(first.parts[0])
        guard
            let column = heads.indices.first(where: { index in
                let stems = Words.stems(of: heads[index])
                return !stems.isEmpty && stems.allSatisfy { QuestionWords.holds($0, asked) }
            })
        else { return nil }
        let document = sources[first.source].document
        var values: [String] = []
        var rows = 0
        for block in blocks
        where block.kind == .table && block.parts[0] == first.parts[0] && sources[block.source].document == document {
            for cells in block.parts.dropFirst().map(TableRow.cells) where cells.indices.contains(column) && !cells[column].isEmpty
            {
                rows += 1
                if !values.contains(cells[column]) { values.append(cells[column]) }
            }
        }
        guard (2...12).contains(values.count), values.count * 2 <= rows, values.contains(where: { $0.contains(where: \.isLetter) })
        else {
            return nil
        }
        // Each value with the passage that holds it.
        let holders = values.map { value in
            sources.indices.first { sources[$0].document == document && sources[$0].text.contains(value) } ?? first.source
        }
        return Set(holders).sorted().map { holder in
            .list(zip(values, holders).filter { $1 == holder }.map { "• \($0.0)" }, source: holder)
        }
    }

    /// Whether a sentence names the things that are asked for.
    func lists(_ sentence: String) -> Bool {
        let stems = Set(Words.stems(of: sentence))
        // “Its disadvantages are high prices, …”: the very noun that is asked for.
        let nouns = question.listNouns.subtracting(["type", "kind", "example", "part", "way"])
        if !nouns.isEmpty, nouns.isDisjoint(with: stems) { return false }
        guard words.share(in: stems) >= (nouns.isEmpty ? 0.5 : 0.3) else { return false }
        if Enumeration.announced(in: sentence) != nil { return true }
        let commas = sentence.count { $0 == "," || $0 == ";" }
        return commas >= 3
            || commas >= 1 && sentence.split(separator: ",").last.map { $0.contains(" and ") || $0.contains(" or ") } == true
    }

    /// A short section of short entries, as slides have, under the heading that is what was asked for: all of it.
    func section() -> [AnswerPart]? {
        guard words.likeness(toHeading: units[0].lastHeading) >= 0.6 else { return nil }
        let entries = blocks.filter { $0.section == units[0].section && !UnitMaker.isFurniture($0.text) }
        guard (3...8).contains(entries.count), entries.reduce(0, { $0 + $1.words }) <= 150,
            entries.allSatisfy({ ($0.kind == .paragraph || $0.kind == .note) && $0.words <= 40 })
        else { return nil }
        return entries.map { .list(["• \($0.text)"], source: $0.source) }
    }

    /// The sub-sections of a heading that is what was asked for.
    func headings() -> [AnswerPart]? {
        var children: [[String]: [Block]] = [:]
        var order: [[String]] = []
        for block in blocks where block.path.count >= 2 {
            let parent = Words.contentStems(of: block.path[block.path.count - 2])
            guard words.likeness(toHeading: parent) >= 0.6 else { continue }
            if children[block.path] == nil { order.append(block.path) }
            children[block.path, default: []].append(block)
        }
        guard let parent = order.first?.dropLast() else { return nil }
        let own = order.filter { $0.dropLast() == parent }
        guard (3...12).contains(own.count) else { return nil }
        return own.compactMap { path in
            guard let first = children[path]?.first(where: { $0.kind == .paragraph }), let name = path.last else { return nil }
            return .list(["• **\(name)**: \(first.parts[0])"], source: first.source)
        }
    }
}
