import LanguageModels

/// Cuts a source into sentences and lists. Passages of one document may overlap: what was read already is not read again.
struct SourceReader {
    private(set) var sentences: [TextSentence] = []
    private(set) var lists: [TextList] = []
    /// Words of headings and titles, as stems.
    private(set) var headingStems: Set<String> = []
    private(set) var words = 0

    init(_ source: QuestionSource) {
        var seen: Set<String> = []
        var paragraphs = 0
        for (number, passage) in source.passages.enumerated() {
            for mark in passage.headings { for heading in mark.value { headingStems.formUnion(Words.contentStems(of: heading)) } }
            headingStems.formUnion(Words.contentStems(of: passage.title))
            let scalars = Array(passage.text.unicodeScalars)
            var run: [(item: TextListItem, isNumbered: Bool, paragraph: Int)] = []
            var lead: String?
            func endRun() {
                let headings = run.first.map { passage.headings(at: $0.item.range.lowerBound) } ?? []
                // A section of a book may have one or two words to explain.
                if run.count >= 3 || !run.isEmpty && Section.isGlossary(headings) {
                    lists.append(
                        TextList(
                            items: run.map(\.item), passage: number, headings: headings,
                            lead: lead, isNumbered: run.allSatisfy(\.isNumbered)))
                }
                run = []
            }
            let found = SentenceSplitter.sentences(in: passage.text)
            var at = 0
            while at < found.count {
                var end = at + 1
                while end < found.count, found[end].paragraph == found[at].paragraph { end += 1 }
                let paragraph = found[at..<end]
                let whole = paragraph.map(\.text).joined(separator: " ")
                let isNew = seen.insert("\(passage.document)\u{1}\(whole)").inserted
                if let item = Self.item(whole, paragraph, isListItem: found[at].isListItem), isNew {
                    run.append((item, Self.isNumbered(scalars, before: item.range.lowerBound), found[at].paragraph))
                } else {
                    endRun()
                    lead = whole.count < 300 ? paragraph.last?.text : nil
                }
                for sentence in paragraph {
                    let key = "\(passage.document)\u{1}\(sentence.text)"
                    guard paragraph.count == 1 ? isNew : seen.insert(key).inserted else { continue }
                    words += sentence.text.split(separator: " ").count
                    sentences.append(
                        TextSentence(
                            text: sentence.text, original: sentence.text, passage: number, range: sentence.range,
                            headings: passage.headings(at: sentence.range.lowerBound), paragraph: paragraphs + sentence.paragraph,
                            isListItem: sentence.isListItem, parsed: nil))
                }
                at = end
            }
            endRun()
            paragraphs += (found.last?.paragraph ?? 0) + 1
        }
    }

    /// An item of a list, or a line `Term: what it is`.
    private static func item(_ whole: String, _ sentences: ArraySlice<Sentence>, isListItem: Bool) -> TextListItem? {
        guard let first = sentences.first, let last = sentences.last else { return nil }
        let range = first.range.lowerBound..<last.range.upperBound
        let parts = parts(of: whole)
        guard isListItem || parts != nil else { return nil }
        return TextListItem(term: parts?.term, description: parts?.description ?? whole, range: range, text: whole)
    }

    /// `Link layer: it carries frames` in two.
    static func parts(of text: String) -> (term: String, description: String)? {
        for mark in [": ", " – ", " — ", " -- ", " - "] {
            guard let cut = text.firstRange(of: mark) else { continue }
            let term = text[..<cut.lowerBound].trimmingCharacters { "*_`\"“”'".contains($0) || $0.isWhitespace }
            let description = text[cut.upperBound...].trimmingCharacters { "*_".contains($0) || $0.isWhitespace }
            let words = term.split(separator: " ")
            guard (1...5).contains(words.count), description.split(separator: " ").count >= 3, term.count <= 50,
                term.first?.isLetter == true, !term.contains(where: { ".,;:?!=<>{}\\/".contains($0) })
            else { continue }
            return (term, description)
        }
        return nil
    }

    /// Whether the item began with a number, which the splitter leaves out.
    private static func isNumbered(_ scalars: [Unicode.Scalar], before start: Int) -> Bool {
        var at = start - 1
        while at >= 0, " .)\t".unicodeScalars.contains(scalars[at]) { at -= 1 }
        guard at >= 0, ("0"..."9").contains(scalars[at]) else { return false }
        while at >= 0, ("0"..."9").contains(scalars[at]) || "( \t".unicodeScalars.contains(scalars[at]) { at -= 1 }
        return at < 0 || scalars[at] == "\n"
    }
}

extension StringProtocol {
    /// Without what `isLeftOut` at both ends.
    func trimmingCharacters(where isLeftOut: (Character) -> Bool) -> String {
        var rest = self[...]
        while let first = rest.first, isLeftOut(first) { rest = rest.dropFirst() }
        while let last = rest.last, isLeftOut(last) { rest = rest.dropLast() }
        return String(rest)
    }
}
