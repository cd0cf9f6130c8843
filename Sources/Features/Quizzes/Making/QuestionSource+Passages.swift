import Ambient
import Passages
import Questions

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
