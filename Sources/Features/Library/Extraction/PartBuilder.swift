/// Cuts a document that has no pages into parts of readable length, before a heading if one is near.
struct PartBuilder {
    /// Unicode scalars.
    private static let enough = 4_000
    private static let most = 8_000

    private var parts: [ExtractedPage] = []
    private var open = PageBuilder()

    mutating func add(_ paragraph: String, headingLevel: Int? = nil, blocks: [TextBlock] = []) {
        if open.length >= (headingLevel == nil ? Self.most : Self.enough) { close() }
        open.add(paragraph, headingLevel: headingLevel, blocks: blocks)
    }

    mutating func finish() -> [ExtractedPage] {
        close()
        return parts
    }

    private mutating func close() {
        if !open.isEmpty { parts.append(open.page(parts.count + 1)) }
        open = PageBuilder()
    }
}
