import Ambient
package import Passages
package import Questions

extension QuestionSource {
    package init(_ passages: [Passage]) {
        self.init(passages: passages.map(SourcePassage.init))
    }
}

extension SourcePassage {
    init(_ passage: Passage) {
        // The mark at the beginning is what holds before the first that is noted.
        var headings = passage.sectionStarts.map { PlaceMark(offset: $0.offset, value: $0.section.map(Passage.headings) ?? []) }
        if headings.first?.offset != 0, let section = passage.openingSection {
            headings.insert(PlaceMark(offset: 0, value: Passage.headings(of: section)), at: 0)
        }
        self.init(
            id: passage.chunkID.description, document: passage.documentID.description, title: passage.title, text: passage.text,
            pages: passage.pageStarts.map { PlaceMark(offset: $0.offset, value: $0.page) }, headings: headings)
    }
}

extension QuestionCitation {
    /// - Returns: nil if the origin is not in the passage.
    init?(_ origin: QuestionOrigin, in passages: [String: Passage]) {
        guard let passage = passages[origin.passage] else { return nil }
        let scalars = passage.text.unicodeScalars
        let range = origin.range.clamped(to: 0..<scalars.count)
        let quote = String(String.UnicodeScalarView(scalars.dropFirst(range.lowerBound).prefix(range.count)))
        let page = origin.page ?? passage.page(at: range.lowerBound)
        self.init(
            documentID: passage.documentID, chunkID: passage.chunkID, title: passage.title, page: page,
            pageLabel: passage.label(of: page), section: passage.sectionBelowTitle(at: range.lowerBound),
            quote: quote.isEmpty ? origin.sentence : quote, start: range.lowerBound, end: range.upperBound)
    }
}
