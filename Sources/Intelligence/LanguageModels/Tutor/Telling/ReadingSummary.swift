/// Tells passages in short: how each of their sections begins.
struct ReadingSummary: Sendable {
    private static let most = 230

    let blocks: [Block]
    let sources: [SourcePassage]

    func parts() -> [AnswerPart] {
        var sections: [(name: String?, blocks: [Block])] = []
        for block in blocks where block.kind == .paragraph || block.kind == .list || block.kind == .note {
            if let last = sections.last,
                last.blocks[0].section == block.section || last.blocks[0].path == block.path && !block.path.isEmpty
            {
                sections[sections.count - 1].blocks.append(block)
            } else {
                sections.append((block.path.last, [block]))
            }
        }
        sections = sections.filter { section in
            !["references", "bibliography", "index", "exercises", "contents"].contains(section.name?.lowercased() ?? "")
        }
        let isMany = sections.count > 3
        let few = sections.reduce(0) { $0 + $1.blocks.count }
        let share = max(18, Self.most / max(1, min(sections.count, 10)))
        var left = Self.most
        var parts: [AnswerPart] = []
        for section in sections.prefix(12) where left > 12 {
            if isMany {
                guard let first = section.blocks.first(where: { $0.kind == .paragraph && $0.words >= 6 }) else { continue }
                let text = opening(of: first, within: min(share, left))
                left -= TextLength.words(in: text)
                let isNamed = section.name.map { !text.lowercased().hasPrefix($0.lowercased()) } ?? false
                if isNamed { left -= TextLength.words(in: section.name ?? "") }
                parts.append(.list(["• " + (isNamed ? "**\(section.name ?? "")**: " : "") + text], source: first.source))
            } else {
                for block in section.blocks where left > 12 && block.words >= 6 {
                    // Where paragraphs are few, more of each is told.
                    let text = block.kind == .list ? "" : few <= 4 ? opening(of: block, within: 70, sentences: 4) : block.parts[0]
                    if block.kind == .list {
                        parts.append(.list(Array(block.parts.prefix(6)), source: block.source))
                        left -= block.parts.prefix(6).reduce(0) { $0 + TextLength.words(in: $1) }
                    } else {
                        parts.append(.list(["• " + text], source: block.source))
                        left -= TextLength.words(in: text)
                    }
                }
            }
        }
        return parts
    }

    private func opening(of block: Block, within limit: Int, sentences: Int = 2) -> String {
        var text = block.parts[0]
        for sentence in block.parts.dropFirst().prefix(sentences - 1) {
            guard TextLength.words(in: text) + TextLength.words(in: sentence) <= limit else { break }
            text += Trimmer.glue(text) + sentence
        }
        return text
    }
}
