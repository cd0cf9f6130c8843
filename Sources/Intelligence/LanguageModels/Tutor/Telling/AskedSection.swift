/// The section that a summary is asked of: its heading is named, and stands over what was found.
struct AskedSection {
    let question: Question
    let blocks: [Block]
    let sources: [SourcePassage]

    /// Its blocks in the document's order; nil where no heading is meant.
    func found() -> [Block]? {
        let words = QuestionWords(question, units: [])
        var best: (value: Double, path: [String], document: String)?
        var known: Set<[String]> = []
        for block in blocks where !block.path.isEmpty {
            let document = sources[block.source].document
            for length in 1...block.path.count {
                let path = Array(block.path.prefix(length))
                guard known.insert([document] + path).inserted, let name = path.last, name != sources[block.source].title else {
                    continue
                }
                let likeness = words.likeness(toHeading: Words.contentStems(of: name))
                guard likeness >= 0.4 else { continue }
                let value = likeness + 0.3 * share(of: path, document)
                if value >= 0.6, value > best?.value ?? 0 { best = (value, path, document) }
            }
        }
        guard let best else { return nil }
        let own = blocks.enumerated().filter { _, block in
            sources[block.source].document == best.document && block.path.starts(with: best.path)
        }
        guard own.reduce(0, { $0 + $1.element.words }) >= 30 else { return nil }
        return own.sorted { a, b in
            (sources[a.element.source].ordinal ?? 0, a.offset) < (sources[b.element.source].ordinal ?? 0, b.offset)
        }.map(\.element)
    }

    /// How many of the first passages that the search found begin in the section.
    private func share(of path: [String], _ document: String) -> Double {
        let first = sources.prefix(4)
        let inside = first.indices.count { index in
            sources[index].document == document && blocks.contains { $0.source == index && $0.path.starts(with: path) }
        }
        return Double(inside) / Double(max(1, first.count))
    }
}
