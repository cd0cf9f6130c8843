package import Assembly
import Database
package import Embedding
import HTTPServing
package import LanguageModels
package import Passages
package import Recollection

/// Conversations and their cited answers as the program takes them in.
package struct ChatFeature: Feature {
    package static let manifest = FeatureManifest(
        "chat", service: .llm, after: ["accounts", "courses", "library"], migrations: ChatMigrations.all, events: ChatEvents.all,
        periodic: [ChatJobs.prune], portability: ChatService.portability)

    package let service: ChatService
    package let parts: FeatureParts

    /// - Parameters:
    ///   - search: finds the passages that answers are made from.
    ///   - documents: what a person has to ask about.
    ///   - embedder: finds what a paraphrase rests on.
    ///   - probe: tries what is offered.
    ///   - memory: what is remembered of students.
    ///   - text: sums up long conversations; nil where no model is configured.
    ///   - manner: how students wish to be spoken to.
    ///   - tools: what may be made for students who wish for it.
    package init(
        on ground: FeatureGround, search: any PassageSearch, documents: ChatDocuments, model: any AnsweringModel,
        embedder: any TextEmbedder, probe: any AnswerProbe, memory: any MemoryRecall, text: (any TextModel)?, manner: ChatManner,
        tools: [AssistantTool] = []
    ) {
        let generation = GenerationService(
            database: ground.database, search: search, documents: documents, model: model, embedder: embedder,
            probe: probe, memory: memory, text: text, manner: manner, tools: tools, ambient: ground.ambient, logger: ground.logger,
            metrics: ground.metrics,
            announce: GenerationService.announcement(to: ground.outbox))
        generation.follow(ground.signals)
        service = ChatService(
            database: ground.database, generation: generation, documents: documents, ambient: ground.ambient,
            announce: ChatEvents.conversations(to: ground.outbox))
        parts = FeatureParts(
            routes: [ChatRoutes(chat: service)], handlers: ChatJobs.handlers(generation), services: [generation],
            checks: [
                ReadinessCheck("model", timeout: .seconds(5), validity: .seconds(30)) { _ = try await model.check() }
            ],
            whenShared: { generation.shareDatabase() })
    }
}
