/// Answers from a whole section whose heading is what was asked: its list, or how it begins.
///
/// “What are the limiting factors?” stands over three lines none of which holds those words, so sentence by sentence they are missed.
struct SectionAnswer: Sendable {
    let question: Question
    let reader: PassageReader

    /// The entries below the heading that the question names; nil if no section holds two of them.
    func list() -> [AnswerSelection.Part]? {
        guard question.kind == .list else { return nil }
        for section in sections(covering: 0.5, withTitle: 0.7) {
            let sentences = reader.sentences[section.passage]
            let entries = section.range.filter { index in
                let isFirst = index == 0 || sentences[index - 1].paragraph != sentences[index].paragraph
                return isFirst && (sentences[index].isListItem || Self.hasLabel(sentences[index].text))
            }
            guard entries.count >= 2, let first = entries.first else { continue }
            var parts: [AnswerSelection.Part] = []
            if first > section.range.lowerBound, !SentenceNoise.isNoise(sentences[first - 1]) {
                parts.append(part(section.passage, first - 1))
            }
            return parts + entries.prefix(8).map { part(section.passage, $0, isBullet: true) }
        }
        return nil
    }

    /// The first sentences below a heading that names the subject and little else.
    func opening(limit: Int) -> [AnswerSelection.Part]? {
        for section in sections(covering: 0.95, withTitle: 0.95, naming: 0.6) {
            let sentences = reader.sentences[section.passage]
            let told = section.range.filter { !SentenceNoise.isNoise(sentences[$0]) }
            guard let first = told.first, !Pronouns.leans(sentences[first].text) else { continue }
            return told.prefix(limit).map { part(section.passage, $0) }
        }
        return nil
    }

    private struct Section {
        var passage: Int
        var range: Range<Int>
        var coverage: Double
    }

    /// - Parameter naming: the least share of the heading's own words that the question has.
    private func sections(covering least: Double, withTitle leastWide: Double, naming: Double = 0) -> [Section] {
        var found: [Section] = []
        for passage in reader.sentences.indices {
            for range in reader.sections(of: passage) {
                let heading = reader.headingStems(at: range.lowerBound, in: passage)
                let coverage = reader.coverage(of: heading, ofTopicOnly: naming > 0)
                guard coverage >= least, reader.coverage(of: heading + reader.titleStems(of: passage)) >= leastWide || naming > 0
                else { continue }
                let content = heading.filter { !Words.stopWords.contains($0) }
                let named = content.count { stem in question.terms.contains { Words.match($0.stem, stem) } }
                guard Double(named) >= naming * Double(content.count) else { continue }
                found.append(Section(passage: passage, range: range, coverage: coverage))
            }
        }
        return found.sorted { ($0.coverage, -$0.passage) > ($1.coverage, -$1.passage) }
    }

    /// “Fixation: the enzyme …”
    private static func hasLabel(_ text: String) -> Bool {
        guard let colon = text.firstIndex(of: ":"), text[colon...].count > 10 else { return false }
        return text[..<colon].split(separator: " ").count <= 3
    }

    private func part(_ passage: Int, _ index: Int, isBullet: Bool = false) -> AnswerSelection.Part {
        AnswerSelection.Part(passage: passage, index: index, sentence: reader.sentences[passage][index], isBullet: isBullet)
    }
}
