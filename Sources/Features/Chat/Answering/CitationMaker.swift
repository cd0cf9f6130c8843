import LanguageModels
import Passages

/// Makes the citations of one answer while it is written.
struct CitationMaker: Sendable {
    private let passages: [Passage]
    private let finder: SupportFinder
    /// By source; read when it is first cited.
    private var read: [Int: CitedPassage] = [:]
    private(set) var citations: [Citation] = []

    init(_ passages: [Passage], finder: SupportFinder) {
        self.passages = passages
        self.finder = finder
    }

    /// A statement rests on a passage.
    /// - Parameter source: the passage's number, from 1.
    /// - Parameter block: the paragraph that the statement ends: where the passage has it word for word, all of it is quoted.
    /// - Returns: the citation if it is new or has grown.
    mutating func cite(_ number: Int, source: Int, statement: String, block: String, isFirst: Bool) async throws -> Citation? {
        guard passages.indices.contains(source - 1) else { return nil }
        let passage = passages[source - 1]
        var cited =
            read[source] ?? CitedPassage(passage.text) { passage.section(at: $0).flatMap { Passage.headings(of: $0).last } }
        let range: Range<Int>? =
            if let whole = finder.verbatim(block, in: cited) { whole } else { try await finder.support(for: statement, in: &cited) }
        read[source] = cited
        guard let range else { return nil }
        if isFirst {
            guard let quote = PassageText.text(at: range, of: passage.text) else { return nil }
            let citation = Citation(
                number: number, documentID: passage.documentID, chunkID: passage.chunkID, title: passage.title,
                page: passage.page(at: range.lowerBound), pageLabel: passage.label(of: passage.page(at: range.lowerBound)),
                section: passage.sectionBelowTitle(at: range.lowerBound), quote: quote,
                start: range.lowerBound, end: range.upperBound, score: passage.score)
            citations.append(citation)
            return citation
        }
        guard let index = citations.firstIndex(where: { $0.number == number }), citations[index].grow(to: range, in: passage) else {
            return nil
        }
        return citations[index]
    }
}

extension Citation {
    /// A later statement rests on the same passage: the quote grows to hold its support too, while it stays short and on one page.
    /// - Returns: whether it grew.
    fileprivate mutating func grow(to more: Range<Int>, in passage: Passage) -> Bool {
        let range = Swift.min(start, more.lowerBound)..<Swift.max(end, more.upperBound)
        guard range != start..<end, range.count <= 900,
            passage.page(at: range.lowerBound) == passage.page(at: range.upperBound - 1),
            let text = PassageText.text(at: range, of: passage.text)
        else { return false }
        (start, end, quote) = (range.lowerBound, range.upperBound, text)
        section = passage.sectionBelowTitle(at: start)
        return true
    }
}
