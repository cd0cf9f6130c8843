import Concurrency
import LanguageModels
import Parsing
import Stemming
import Synchronization

/// Surveys texts by parsing them; of other languages than English, and where the parser is not installed, by their words.
package struct TextSurveyor: TextSurveying {
    private let resources: QuestionResources

    package init(_ resources: QuestionResources) { self.resources = resources }

    package func survey(
        _ source: QuestionSource, progress: @escaping @Sendable (Int, Int) -> Void
    ) async throws -> TextSurvey {
        let stop = Stop()
        return try await withTaskCancellationHandler {
            try await BlockingPool.shared.run { [resources] in
                let reading = try SourceParsing(source, resources: resources) { done, all in
                    guard !stop.isSet.load(ordering: .relaxed) else { throw CancellationError() }
                    progress(done, all)
                }
                return TextSurvey(reading, parser: resources.parser)
            }
        } onCancel: {
            stop.isSet.store(true, ordering: .relaxed)
        }
    }

    /// Tells the thread that reads a long text that nobody waits for it any more.
    private final class Stop: Sendable {
        let isSet = Atomic(false)
    }
}

extension TextSurvey {
    /// - Parameter parser: takes those sentences apart that questions have no use for.
    init(_ reading: SourceParsing, parser: EnglishParser?) {
        let bench = reading.bench
        let isParsed = bench.sentences.contains { $0.parsed != nil }
        let passed = Set(bench.passed)
        // By their places: those that are understood at least below their heading.
        var clear: [Int: TextSentence] = [:]
        let gate = ClearGate(terms: bench.terms)
        for (index, sentence) in bench.sentences.enumerated() {
            if passed.contains(index) {
                clear[index] = sentence
            } else if isParsed {
                clear[index] = gate.passed(sentence, parser: parser)
            } else if PlainGate.isStatement(sentence.text) {
                clear[index] = sentence
            }
        }
        let found = isParsed ? ParsedTerms(bench, clear).found : WordTerms(bench).found
        var naming: [Int: [Int]] = [:]
        for (place, term) in found.enumerated() { for sentence in term.sentences { naming[sentence, default: []].append(place) } }
        statements = bench.sentences.enumerated().map { index, sentence in
            Statement(
                text: clear[index]?.text ?? sentence.original, origin: bench.origin(of: index), paragraph: sentence.paragraph,
                isListItem: sentence.isListItem, standsAlone: passed.contains(index), isClear: clear[index] != nil,
                terms: naming[index] ?? [])
        }
        terms = found.map(\.subject)
        relations = isParsed ? TermRelations(bench, clear, keys: found.map(\.key)).found : []
        words = reading.summary.words
        language = Self.language(of: bench.sentences)
        notes = reading.summary.notes
    }

    private static func language(of sentences: [TextSentence]) -> String? {
        let words = sentences.prefix(400).flatMap { $0.text.lowercased().split { !$0.isLetter }.map(String.init) }
        return TextLanguage.Evidence(of: words).winner(least: 3)?.rawValue
    }
}

extension PlainGate {
    /// A whole sentence of some length, as far as its signs tell; for languages that are not parsed.
    static func isStatement(_ text: String) -> Bool {
        guard let first = text.first, let last = text.last, !first.isLowercase, ".。!！।۔".contains(last) else { return false }
        let letters = text.count(where: \.isLetter)
        return letters >= 12 && text.count <= 320 && letters * 10 >= text.count * 6 && !text.contains("http")
            && !text.contains(where: { "{}\\=<>|~".contains($0) })
    }
}
