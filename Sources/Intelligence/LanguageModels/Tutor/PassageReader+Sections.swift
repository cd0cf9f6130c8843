extension PassageReader {
    /// The runs of sentences between the headings that stand in a passage, without the headings.
    func sections(of passage: Int) -> [Range<Int>] {
        let list = sentences[passage]
        let bounds = list.indices.filter { isHeading($0, in: passage) }
        let starts = [0] + bounds.map { $0 + 1 }
        let ends = bounds + [list.count]
        return zip(starts, ends).filter { $0 < $1 }.map { $0..<$1 }
    }

    /// Stems of the heading above a sentence; of the passage's innermost section if it has none of its own.
    func headingStems(at index: Int, in passage: Int) -> [String] {
        if let heading = (0..<index).last(where: { isHeading($0, in: passage) }) {
            return Words.stems(of: sentences[passage][heading].text)
        }
        let innermost = passages[passage].section?.split(separator: "›").last.map(String.init) ?? passages[passage].title
        return Words.stems(of: innermost)
    }

    /// The heading on the line above a sentence, if it stands in the passage.
    func heading(rightAbove index: Int, in passage: Int) -> String? {
        guard index > 0, isHeading(index - 1, in: passage) else { return nil }
        return sentences[passage][index - 1].text
    }

    /// Stems of the document's title and the headings above the passage.
    func titleStems(of passage: Int) -> [String] {
        Words.stems(of: (passages[passage].section ?? "") + " " + passages[passage].title)
    }

    /// Share of the question's weighted terms among the stems, asking words left out if wanted.
    func coverage(of stems: [String], ofTopicOnly: Bool) -> Double {
        let terms = ofTopicOnly ? question.terms.filter { Words.isTopic($0.stem) } : question.terms
        let total = terms.reduce(0) { $0 + $1.weight }
        guard total > 0 else { return 0 }
        let held = terms.filter { term in stems.contains { Words.match($0, term.stem) } }
        return held.reduce(0) { $0 + $1.weight } / total
    }

    /// A short paragraph of its own without an end.
    private func isHeading(_ index: Int, in passage: Int) -> Bool {
        let list = sentences[passage]
        let sentence = list[index]
        guard !sentence.isListItem, sentence.text.count <= 80, sentence.text.split(separator: " ").count <= 9,
            let last = sentence.text.last, last.isLetter || last.isNumber || "?)”\"".contains(last),
            sentence.text.first?.isLetter == true, !sentence.text.contains("|")
        else { return false }
        let isAlone =
            (index == 0 || list[index - 1].paragraph != sentence.paragraph)
            && (index + 1 == list.count || list[index + 1].paragraph != sentence.paragraph)
        return isAlone && (last != "?" || sentence.text.split(separator: " ").count <= 5)
    }
}
