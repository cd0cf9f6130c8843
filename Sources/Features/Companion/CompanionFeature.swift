import Ambient
package import Assembly
package import BlobStorage
import Jobs
package import LanguageModels
package import Passages
package import Speech

/// The companion as the program takes it in.
package struct CompanionFeature: Feature {
    static let removeFiles = JobKind<LeftFiles>("companion.remove_files", queue: "maintenance")
    static let sweep = PeriodicJob(PeriodicJob.Kind("companion.sweep", queue: "maintenance"), every: .seconds(3_600))

    package static let manifest = FeatureManifest(
        "companion", service: .llm, after: ["accounts", "chat", "jobs"], migrations: CompanionMigrations.all, periodic: [sweep],
        portability: AccountPortability(
            export: { user, transaction in
                let store = CompanionStore()
                return [
                    .init(
                        "companion.json",
                        json: Exported(
                            sessions: try await store.sessions(of: user, in: transaction).map(Exported.Session.init),
                            personas: try await store.personas(of: user, in: transaction)))
                ]
            }, tables: CompanionTables.all, staying: CompanionTables.staying,
            // The rows themselves go with the account.
            erase: { user, ground, transaction in
                for left in LeftFiles.batches(try await CompanionStore().digests(of: user, in: transaction)) {
                    try await ground.jobs.enqueue(removeFiles, left, user: nil, in: transaction)
                }
            }))

    package let service: CompanionService
    package let parts: FeatureParts

    /// - Parameters:
    ///   - blobs: of its own, for what it speaks is kept for an hour.
    ///   - model: for small talk and drawings; nil does without.
    ///   - pictures: draws in the model's place, where one is configured.
    ///   - preferredVoice: of personas that have none of their own.
    package init(
        on ground: FeatureGround, chat: CompanionChat, memory: CompanionMemory, hearing: CompanionHearing,
        search: any PassageSearch,
        model: (any TextModel)?, pictures: (any PictureModel)?, equipment: SpeechEquipment, preferredVoice: String?,
        blobs: any BlobStore
    ) {
        let service = CompanionService(
            database: ground.database, chat: chat, memory: memory, hearing: hearing, search: search, model: model,
            pictures: pictures, narrator: equipment.narrator, preferredVoice: preferredVoice, ear: equipment.ear, blobs: blobs,
            ambient: ground.ambient, logger: ground.logger,
            metrics: ground.metrics)
        self.service = service
        parts = FeatureParts(
            routes: [CompanionRoutes(service: service)],
            handlers: [
                JobHandler(Self.removeFiles) { left, _ in
                    for digest in left.digests { try await service.removeUnused(digest) }
                    return nil
                },
                JobHandler(Self.sweep.kind) { _, _ in
                    let gone = try await service.sweep()
                    return ["audio": "\(gone.audio)", "files": "\(gone.files)", "checkpoints": "\(gone.checkpoints)"]
                },
            ], everywhere: [SpeechCaretaker(equipment: equipment)])
    }

    /// What a student's export has of it; the talk itself is among the conversations.
    private struct Exported: Encodable, Sendable {
        struct Session: Encodable, Sendable {
            let id: String
            let persona: String

            init(_ session: Companion.Session) { (id, persona) = (session.id.description, session.persona) }
        }

        let sessions: [Session]
        let personas: [Persona]
    }
}
