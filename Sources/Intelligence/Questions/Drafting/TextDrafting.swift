import Concurrency
import Embedding
import LanguageModels
import Parsing
import Synchronization

/// Makes questions by taking sentences apart and turning what they say into what is asked: no language model, nothing that the text does not say.
package struct TextDrafting: QuestionDrafting {
    private let resources: QuestionResources

    package init(_ resources: QuestionResources) { self.resources = resources }

    package var missing: [DraftingResource] { resources.missing }

    package func drafts(from source: QuestionSource, as wish: DraftWish) -> AsyncThrowingStream<DraftEvent, any Error> {
        AsyncThrowingStream { continuation in
            let stop = Stop()
            let task = Task {
                do {
                    let reading = try await BlockingPool.shared.run { [resources] in
                        try SourceParsing(source, resources: resources) { done, all in
                            guard !stop.isSet.load(ordering: .relaxed) else { throw CancellationError() }
                            continuation.yield(.progress(done: done, of: all))
                        }
                    }
                    var bench = reading.bench
                    if let embedder = resources.embedder, !reading.texts.isEmpty {
                        bench.scale = embedder.scale
                        // In portions, so that a cancelled draft ends soon.
                        var rest = reading.texts[...]
                        while !rest.isEmpty {
                            try Task.checkCancellation()
                            let portion = Array(rest.prefix(256))
                            rest = rest.dropFirst(256)
                            let vectors = try await embedder.embed(portion)
                            for (text, vector) in zip(portion, vectors) { bench.vectors[text] = vector }
                        }
                    }
                    let (chosen, summary) = try await BlockingPool.shared.run { [bench] in
                        try Self.choose(reading, bench, wish, seed: wish.seed)
                    }
                    for draft in chosen { continuation.yield(.question(draft)) }
                    continuation.yield(.finished(summary))
                    continuation.finish()
                } catch {
                    continuation.finish(throwing: error)
                }
            }
            continuation.onTermination = { _ in
                stop.isSet.store(true, ordering: .relaxed)
                task.cancel()
            }
        }
    }

    /// Tells the thread that reads a long text that nobody waits for it any more.
    private final class Stop: Sendable {
        let isSet = Atomic(false)
    }

    private static func choose(
        _ reading: SourceParsing, _ bench: Workbench, _ wish: DraftWish, seed: UInt64
    ) throws -> ([DraftQuestion], DraftSummary) {
        var random = DraftRandom(seed: seed)
        var harvest = Harvest()
        // Those of the tier `more` in any case: how many there are is told.
        let makers: [any QuestionMaker] = [
            DefinitionMaker(), CalledMaker(), ListMaker(), WhyMaker(), TruthMaker(), NumberMaker(), OrderingMaker(),
        ]
        for maker in makers { harvest.merge(maker.make(from: bench, random: &random)) }
        let passages = bench.source.passages
        // As many stretches as questions, at most one a passage.
        let stretches = Dictionary(
            passages.enumerated().map { ($1.id, $0 * max(1, min(wish.count, passages.count)) / max(1, passages.count)) },
            uniquingKeysWith: { first, _ in first })
        let selection = Selection(harvest.candidates, wish: wish, stretches: stretches)
        var summary = reading.summary
        summary.questions = selection.chosen.count
        summary.dropped.merge(harvest.dropped, uniquingKeysWith: +)
        summary.dropped.merge(selection.dropped, uniquingKeysWith: +)
        if selection.chosen.count < wish.count {
            summary.notes.append(.exhausted)
            if selection.more > 0 { summary.notes.append(.moreAvailable) }
            if selection.unnamed > 0 { summary.notes.append(.onlyNamed) }
        }
        return (selection.chosen, summary)
    }
}
