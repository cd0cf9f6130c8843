import Ambient
package import Passages
package import Questions

extension QuestionSource {
    /// All that passages say, as questions and notes are made from it.
    package init(_ passages: [Passage]) { self.init(passages: passages.map(SourcePassage.init)) }
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
