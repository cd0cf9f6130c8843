/// What a source says in one breath: a sentence, an entry of a list, a row of a table with its heads.
struct Statement: Sendable {
    /// As it is told.
    var text: String
    /// Index of its block, and of its part there.
    var block: Int
    var part: Int
    var source: Int
    let stems: [String]
    let stemSet: Set<String>
    var vector: [Float] = []
    var cosine = 0.0
    /// How well it answers: see `StatementScorer`.
    var score = 0.0

    init(text: String, block: Int, part: Int, source: Int) {
        self.text = text
        self.block = block
        self.part = part
        self.source = source
        stems = Words.stems(of: text)
        stemSet = Set(stems)
    }

    /// All that these blocks say; labels say nothing.
    static func all(in blocks: [Block], where isRead: (Block) -> Bool) -> [Statement] {
        blocks.indices.filter { isRead(blocks[$0]) && !UnitMaker.isFurniture(blocks[$0].text) }.flatMap { index -> [Statement] in
            let block = blocks[index]
            switch block.kind {
            case .label: return []
            case .code:
                return [Statement(text: block.text, block: index, part: 0, source: block.source)]
            case .table:
                guard let head = block.parts.first else { return [] }
                return block.parts.indices.dropFirst().map {
                    Statement(text: TableRow.told(block.parts[$0], under: head), block: index, part: $0, source: block.source)
                }
            case .paragraph, .note, .list:
                return block.parts.indices.map { part in
                    let text = block.parts[part]
                    return Statement(
                        text: block.kind == .list ? ListMarker.text(of: text).map(String.init) ?? text : text, block: index,
                        part: part,
                        source: block.source)
                }
            }
        }
    }
}
