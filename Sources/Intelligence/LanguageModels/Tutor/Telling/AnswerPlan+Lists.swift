/// Things that are listed, in one place or under headings.
extension AnswerPlan {
    func list() -> [AnswerPart]? {
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
            if !isComplete, end == sentence, at + 1 == unit.blocks.count {
                var next = unit.first + at + 1
                while parts.count <= count, blocks.indices.contains(next), blocks[next].section == block.section,
                    blocks[next].kind == .paragraph
                {
                    parts.append(.list([blocks[next].parts[0]], source: blocks[next].source))
                    next += 1
                }
            }
            return parts
        }
        return nil
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
