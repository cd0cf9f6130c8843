import Ambient
import Database
import Embedding
import Failures
import FoundationEssentials
import Jobs
import LanguageModels
import Passages
import Questions
import SourceTexts
import Summaries

/// Makes a note from its texts, as a job.
struct NoteMaker: Sendable {
    let service: NoteService
    let gathering: PassageGathering
    let surveyor: any TextSurveying
    let embedder: any TextEmbedder
    /// Writes notes where one is configured and wished for.
    let model: (any TextModel)?

    private var database: any Database { service.database }
    private var store: NoteStore { service.store }

    /// What was made, before it meets what is there.
    private struct Made: Sendable {
        var content = CitedContent()
        var map: NoteMap?
        var making: NoteMaking
        var problem: NoteProblem?
    }

    /// May run again after a crash: nothing is kept before the end.
    func make(_ id: NoteID, user: UserID, _ context: JobContext) async throws -> JobResult? {
        let begun = try await database.read(as: context.actor) { try await store.find(id, user: user, in: $0) }
        guard let begun, let wish = begun.wish, let kind = begun.form.kind else { return nil }
        context.progress(stage: "reading", done: 0, total: 1)
        let documents = try await service.library.ids(of: wish.documents, in: wish.course, user: user)
        let found = try await gathering.found(for: wish.topic, in: documents, user: user)
        guard !found.passages.isEmpty else {
            try await finish(id, Made(making: NoteMaking(), problem: .noText), user: user, context)
            return nil
        }
        let source = QuestionSource(found.passages)
        let survey = try await surveyor.survey(source) { context.progress(stage: "reading", done: $0, total: max(1, $1)) }
        context.progress(stage: "choosing", done: 0, total: 1)
        let writer = NoteWriter(survey, of: source, embedder: embedder)
        let passages = Dictionary(found.passages.map { ($0.chunkID.description, $0) }) { first, _ in first }
        let made = try await written(kind, begun, wish, writer, survey, passages, user: user, context)
        try await finish(id, made, user: user, context)
        return ["citations": "\(made.content.citations.count)"]
    }

    private func written(
        _ kind: NoteKind, _ note: Note, _ wish: NoteWish, _ writer: NoteWriter, _ survey: TextSurvey, _ passages: [String: Passage],
        user: UserID, _ context: JobContext
    ) async throws -> Made {
        var made = Made(making: NoteMaking(words: survey.words, remarks: survey.notes.map(\.rawValue)))
        if kind == .conceptMap { made.map = ConceptMap(of: survey).map { NoteMap($0, passages) } }
        if wish.usesModel, kind != .conceptMap, let model {
            context.progress(stage: "writing", done: 0, total: 1)
            do {
                let sources = try await writer.sources(ModelNoteWriter.mostSources)
                if let result = try await ModelNoteWriter(model, embedder: embedder).write(
                    kind, title: note.title, from: sources, for: user)
                {
                    made.content = Self.content(result.text, result.origins, passages)
                    made.making.model = model.name
                    made.making.refused = result.refused
                    return made
                }
                made.making.remarks.append("model_refused")
            } catch is LanguageModelFailure {
                // The text's own sentences are better than no note.
                try Task.checkCancellation()
                made.making.remarks.append("model_failed")
            }
        }
        let draft = try await writer.draft(kind, title: note.title)
        guard !draft.isEmpty else {
            made.problem = .nothingFound
            return made
        }
        let markdown = NoteMarkdown(draft)
        made.content = Self.content(markdown.text, markdown.origins, passages)
        return made
    }

    private static func content(_ text: String, _ origins: [QuestionOrigin], _ passages: [String: Passage]) -> CitedContent {
        CitedContent(text, origins.enumerated().compactMap { NoteCitation($0 + 1, $1, in: passages) })
    }

    private func finish(_ id: NoteID, _ made: Made, user: UserID, _ context: JobContext) async throws {
        try await context.keep(in: database) { transaction in
            // It may have been deleted meanwhile.
            guard var note = try await store.find(id, user: user, locking: true, in: transaction) else { return }
            note.making = made.making
            note.problem = made.problem
            note.updatedAt = service.ambient.now()
            if made.problem == nil {
                // Long texts are compared in a few milliseconds.
                note.content = NoteMerge(base: note.base, mine: note.content, theirs: made.content).result
                note.base = made.content
                note.map = made.map
                note.version += 1
            }
            note.status = note.content.text.isEmpty ? .failed : .ready
            try await store.update(note, in: transaction)
            if made.problem == nil { try await service.record(note, .made, in: transaction) }
            try await service.events.append(
                note.status == .ready ? NoteEvents.generated : NoteEvents.failed, note, in: transaction)
        }
    }

    /// What is there stays.
    func noteEnd(_ id: NoteID, as problem: NoteProblem, user: UserID, in transaction: any Transaction) async throws {
        guard var note = try await store.find(id, user: user, locking: true, in: transaction), note.status == .generating else {
            return
        }
        note.status = note.content.text.isEmpty ? .failed : .ready
        note.problem = problem
        note.updatedAt = service.ambient.now()
        try await store.update(note, in: transaction)
        try await service.events.append(NoteEvents.failed, note, in: transaction)
    }
}
