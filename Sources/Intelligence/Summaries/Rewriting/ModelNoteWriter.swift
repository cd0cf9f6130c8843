package import Ambient
package import Embedding
package import LanguageModels
package import Questions

/// Has a model write a note from a text's key sentences, and keeps of it what those bear out.
package struct ModelNoteWriter: Sendable {
    package struct Result: Sendable, Hashable {
        /// Markdown with `[n]`.
        package var text: String
        /// What `[n]` stands for: the first is `[1]`.
        package var origins: [QuestionOrigin]
        /// Lines that were left out, since their sources do not bear them out.
        package var refused: Int
    }

    /// Sentences that a model is shown at most.
    package static let mostSources = 90
    /// Fewer lines make no note.
    private static let fewest = 3

    private let model: any TextModel
    private let check: NoteCheck

    /// - Parameter embedder: nil checks by words alone.
    package init(_ model: any TextModel, embedder: (any TextEmbedder)?) {
        self.model = model
        check = NoteCheck(embedder: embedder)
    }

    /// - Returns: nil where too little of what the model wrote is borne out. Throws what the model throws.
    package func write(
        _ kind: NoteKind, title: String, from sources: [TextSurvey.Statement], for user: UserID
    ) async throws -> Result? {
        guard let form = Self.form(of: kind), !sources.isEmpty else { return nil }
        let shown = sources.prefix(Self.mostSources)
        var list = ""
        var heading: [String] = []
        for (index, source) in shown.enumerated() {
            if source.origin.headings != heading {
                heading = source.origin.headings
                list += "\n## \(heading.joined(separator: " › "))\n"
            }
            list += "[\(index + 1)] \(CitationMarkers.removed(from: source.text))\n"
        }
        let request = ModelRequest(
            instruction: """
                You write study notes in Markdown, in the language of the numbered sentences. Use only what these sentences say: add \
                nothing, leave no number or negation out. End every sentence, item and table row with the number of the sentence that it \
                rests on, such as [3], or [3][7]. Write no introduction and no closing remark. \(form)
                """,
            messages: [.user("Title: \(title)\n\nSentences:\n\(list)")],
            limits: ModelLimits(answerTokens: 2_400, temperature: 0.2))
        let answer = try await model.answer(to: request, for: user)
        return try await checked(answer.text, Array(shown))
    }

    private static func form(of kind: NoteKind) -> String? {
        switch kind {
        case .outline: "Write an outline: the headings as they are, and below each one or two short items."
        case .summary: "Write a summary of a few connected paragraphs."
        case .keyPoints: "Write the key points, one short item each, under a few headings."
        case .glossary: "Write a glossary, one item a term: **Term**: what it is. Sort it by the alphabet."
        case .cornell:
            "Write Cornell notes: a table with the columns Cues and Notes, a row for each topic, then a heading Summary and a paragraph."
        case .cheatSheet: "Write a cheat sheet for an exam: headings, and the shortest items that still are right."
        // A picture of what sentences say needs no words of a model's.
        case .conceptMap: nil
        }
    }

    private func checked(_ text: String, _ sources: [TextSurvey.Statement]) async throws -> Result? {
        var kept: [String] = []
        var (refused, borne) = (0, 0)
        for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map(String.init) {
            switch try await check.verdict(on: line, sources.map(\.text)) {
            case .frame: kept.append(line)
            case .borne:
                kept.append(line)
                borne += 1
            case .refused: refused += 1
            }
        }
        guard borne >= Self.fewest, borne >= refused else { return nil }
        // Numbered by first use.
        var order: [Int] = []
        let numbered = CitationMarkers.replaced(in: Self.withoutEmptyHeadings(kept).joined(separator: "\n")) { marker, out in
            guard let number = Int(marker), sources.indices.contains(number - 1) else { return }
            if !order.contains(number) { order.append(number) }
            out += "[\((order.firstIndex(of: number) ?? 0) + 1)]"
        }
        return Result(text: numbered, origins: order.map { sources[$0 - 1].origin }, refused: refused)
    }

    /// A heading below which everything was refused goes too.
    private static func withoutEmptyHeadings(_ lines: [String]) -> [String] {
        var kept: [String] = []
        for line in lines.reversed() {
            let level = line.prefix { $0 == "#" }.count
            if level > 0 {
                guard let next = kept.last(where: { !$0.isEmpty }) else { continue }
                let below = next.prefix { $0 == "#" }.count
                if below > 0, below <= level { continue }
            }
            if line.isEmpty, kept.last?.isEmpty != false { continue }
            kept.append(line)
        }
        return kept.reversed()
    }
}
