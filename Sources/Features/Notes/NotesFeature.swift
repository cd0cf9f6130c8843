import Ambient
package import Assembly
import Database
package import Embedding
import HTTPServing
package import LanguageModels
package import Passages
package import Questions
package import Sandbox
package import SourceTexts

/// Notes as the program takes them in.
package struct NotesFeature: Feature {
    package static let manifest = FeatureManifest(
        "notes", service: .llm, after: ["accounts", "courses", "jobs", "events"], migrations: NotesMigrations.all,
        events: NoteEvents.all, queues: [NoteJobs.queue],
        portability: AccountPortability(export: NoteExport.entries, tables: NoteTables.all),
        programs: NoteFile.programs)

    package let service: NoteService
    package let parts: FeatureParts

    /// - Parameters:
    ///   - library: what a person has to make notes from.
    ///   - search: reads the passages.
    ///   - surveyor: reads what they say.
    ///   - embedder: tells which sentences say the same.
    ///   - model: writes notes where one is configured.
    ///   - sandbox: prints files.
    package init(
        on ground: FeatureGround, library: SourceLibrary, search: any PassageSearch, surveyor: any TextSurveying,
        embedder: any TextEmbedder, model: (any TextModel)?, sandbox: Sandbox
    ) {
        service = NoteService(
            database: ground.database, library: library, jobs: ground.jobs, events: NoteEvents(outbox: ground.outbox),
            ambient: ground.ambient)
        let maker = NoteMaker(
            service: service, gathering: PassageGathering(search: search), surveyor: surveyor, embedder: embedder, model: model)
        parts = FeatureParts(
            routes: [NoteRoutes(service: service, file: NoteFile(sandbox: sandbox))], handlers: NoteJobs.handlers(maker),
            tools: [NoteTools.tool(service)])
    }
}

/// A person's notes with their versions, as an export has them.
enum NoteExport {
    struct Entry: APIType {
        var note: NoteView
        var versions: [NoteVersionView]
    }

    static let entries: @Sendable (UserID, any Transaction) async throws -> [AccountPortability.Entry] = { user, transaction in
        let (notes, versions) = (NoteStore(), NoteVersionStore())
        var entries: [Entry] = []
        for id in try await notes.ids(of: user, in: transaction) {
            guard let note = try await notes.find(id, user: user, in: transaction) else { continue }
            var said: [NoteVersionView] = []
            for version in try await versions.list(of: id, user: user, in: transaction) {
                if let whole = try await versions.find(version.number, of: id, user: user, in: transaction) {
                    said.append(NoteVersionView(whole))
                }
            }
            entries.append(Entry(note: NoteView(note), versions: said))
        }
        return [.init("notes.json", json: entries)]
    }
}
