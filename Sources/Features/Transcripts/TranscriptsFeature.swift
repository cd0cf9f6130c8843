package import Assembly
package import BlobStorage
package import Cryptography
import Jobs
import Settings
package import Speech

/// Recordings and transcripts as the program takes them in.
package struct TranscriptsFeature: Feature {
    static let limit = Setting.integer(
        "LM_RECORDING_LIMIT_MB", default: 2_048, in: 1...65_536, purpose: "How large one recording may be.")

    package static let manifest = FeatureManifest(
        "transcripts", service: .stt, after: ["accounts", "jobs", "events"], migrations: TranscriptsMigrations.all,
        settings: [limit] + TranscriptionSettings.all,
        events: TranscriptEvents.all, queues: [TranscriptJobs.queue, TranscriptJobs.captions], periodic: [TranscriptJobs.sweep],
        reactions: [TranscriptJobs.unshelve],
        portability: AccountPortability(
            export: { user, transaction in
                let store = TranscriptStore()
                var views: [TranscriptView] = []
                for transcript in try await store.list(user: user, offset: 0, limit: .max, in: transaction).list {
                    views.append(
                        TranscriptView(transcript, try await store.segments(of: transcript.id, user: user, in: transaction)))
                }
                return [.init("transcripts.json", json: views)]
            }, tables: TranscriptTables.all,
            // The rows themselves go with the account.
            erase: { user, ground, transaction in
                for left in LeftFiles.batches(try await TranscriptStore().digests(of: user, in: transaction)) {
                    try await ground.jobs.enqueue(TranscriptJobs.removeFiles, left, user: nil, in: transaction)
                }
            }))

    package let service: TranscriptsService
    package let parts: FeatureParts

    /// - Parameters:
    ///   - blobs: of its own.
    ///   - shelf: where documents are made of what is said.
    ///   - keys: that sign addresses for players.
    ///   - hasEnded: whether a session has, to which such an address was given.
    package init(
        on ground: FeatureGround, equipment: SpeechEquipment, blobs: any BlobStore, shelf: any TranscriptShelf,
        keys: SigningKeyRing,
        hasEnded: @escaping @Sendable (_ session: String) -> Bool
    ) throws {
        service = TranscriptsService(
            database: ground.database, blobs: blobs, jobs: ground.jobs,
            recognizer: try TranscriptionSettings.recognizer(
                ground.settings, equipment: equipment, ambient: ground.ambient, logger: ground.logger),
            speakers: equipment.speakers,
            tool: equipment.tool,
            events: TranscriptEvents(outbox: ground.outbox, bus: ground.bus), shelf: shelf,
            limit: try ground.settings.value(Self.limit) << 20,
            ambient: ground.ambient,
            logger: ground.logger)
        parts = FeatureParts(
            routes: [
                TranscriptRoutes(service: service, links: SoundLinks(keys: keys, hasEnded: hasEnded)),
                RecordingRoutes(service: service),
            ],
            handlers: TranscriptJobs.handlers(service),
            everywhere: [SpeechCaretaker(equipment: equipment)])
    }
}
