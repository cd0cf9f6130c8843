import Concurrency
import Embedding
import Questions
import Synchronization

/// Loads what questions and notes are made and answers graded with when that is first asked for: some 40 MB that most processes never need.
final class QuestionsOnDemand: Sendable {
    private let embedder: any TextEmbedder
    private let models: @Sendable (_ name: String, _ file: String) -> String?
    private let loaded = Mutex<QuestionResources?>(nil)

    /// - Parameter models: the folder of a model by its name and one of its files; nil where it is not installed.
    init(embedder: any TextEmbedder, models: @escaping @Sendable (_ name: String, _ file: String) -> String?) {
        self.embedder = embedder
        self.models = models
    }

    fileprivate var known: QuestionResources? { loaded.withLock { $0 } }

    fileprivate func resources() async -> QuestionResources {
        if let known { return known }
        return await BlockingPool.shared.run { [self] in
            // Who else asks meanwhile waits for the one loading.
            loaded.withLock { loaded in
                if let loaded { return loaded }
                let resources = QuestionResources.load(
                    parserFolder: models("english-parser", "tokenizer"),
                    frequencyFolder: models("english-frequencies", "frequency_dictionary_en_82_765.txt"), embedder: embedder)
                loaded = resources
                return resources
            }
        }
    }
}

extension QuestionsOnDemand: QuestionDrafting {
    var missing: [DraftingResource] { known?.missing ?? [] }

    func drafts(from source: QuestionSource, as wish: DraftWish) -> AsyncThrowingStream<DraftEvent, any Error> {
        AsyncThrowingStream { continuation in
            let task = Task {
                do {
                    for try await event in TextDrafting(await resources()).drafts(from: source, as: wish) {
                        continuation.yield(event)
                    }
                    continuation.finish()
                } catch {
                    continuation.finish(throwing: error)
                }
            }
            continuation.onTermination = { _ in task.cancel() }
        }
    }
}

extension QuestionsOnDemand: AnswerGrading {
    func grade(_ answer: GivenAnswer, to content: QuestionContent, stem: String) async throws -> Grade {
        try await CertainGrading(await resources()).grade(answer, to: content, stem: stem)
    }

    func conflict(of text: String, with key: TypedKey) async throws -> GradeReason? {
        CertainGrading(await resources()).conflict(of: text, with: key)
    }
}

extension QuestionsOnDemand: TextSurveying {
    func survey(_ source: QuestionSource, progress: @escaping @Sendable (Int, Int) -> Void) async throws -> TextSurvey {
        try await TextSurveyor(await resources()).survey(source, progress: progress)
    }
}
