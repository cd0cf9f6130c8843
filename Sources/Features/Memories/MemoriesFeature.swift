import Ambient
package import Assembly
package import Embedding
import HTTPServing
package import LanguageModels

/// What is remembered of students, as the program takes it in.
package struct MemoriesFeature: Feature {
    package static let manifest = FeatureManifest(
        "memories", service: .llm, after: ["accounts", "jobs", "events"], migrations: MemoriesMigrations.all,
        events: MemoryEvents.all,
        queues: [MemoryJobs.queue],
        portability: AccountPortability(
            export: { user, transaction in
                let store = MemoryStore()
                let all = try await store.holding(of: user, in: transaction)
                let nowhere = MemorySources(text: { _, _, _ in nil }, places: { _, _, _ in [:] })
                let explained = try await ExplainedMemory.of(all, sources: nowhere, user: user, in: transaction)
                let isOn = try await store.isOn(for: user, in: transaction)
                return [.init("memories.json", json: MemoryExport(isOn: isOn, memories: explained.map(MemoryView.init)))]
            }, tables: MemoryTables.all))

    /// What chat and voice remember by.
    package let recall: StudentMemory
    package let parts: FeatureParts

    /// - Parameters:
    ///   - embedder: compares sentences.
    ///   - model: reads messages beside the rules; nil where there is none.
    ///   - sources: the messages that memories come from.
    package init(on ground: FeatureGround, embedder: any TextEmbedder, model: (any TextModel)?, sources: MemorySources) {
        let service = MemoryService(
            database: ground.database, embedder: embedder, sources: sources, events: MemoryEvents(outbox: ground.outbox),
            ambient: ground.ambient)
        recall = StudentMemory(service: service, jobs: ground.jobs, hasModel: model != nil)
        parts = FeatureParts(routes: [MemoryRoutes(service: service)], handlers: MemoryJobs.handlers(service, model: model))
    }
}
