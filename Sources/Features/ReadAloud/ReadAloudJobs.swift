import Assembly
import Failures
import Jobs

/// The jobs of reading aloud.
enum ReadAloudJobs {
    struct Payload: Codable, Sendable {
        let audioID: SpokenAudioID
        private enum CodingKeys: String, CodingKey { case audioID = "audio_id" }
    }

    /// One at a time in a process: it takes a core.
    static let queue = WorkQueue("speech", width: 1)
    static let narrate = JobKind<Payload>("readaloud.narrate", queue: queue.name, maxAttempts: 3, timeout: .seconds(7_200))
    static let removeFiles = JobKind<LeftFiles>("readaloud.remove_files", queue: "maintenance")
    static let sweep = PeriodicJob(PeriodicJob.Kind("readaloud.sweep", queue: "maintenance"), every: .seconds(3_600))

    static func handlers(_ service: ReadAloudService, keepingDays days: Int) -> [JobHandler] {
        [
            JobHandler(
                narrate,
                onDead: { ended, transaction in
                    guard let user = ended.job.userID else { return }
                    try await service.noteFailure(
                        try ended.payload(as: Payload.self).audioID, ended.message, user: user, in: transaction)
                },
                run: { payload, context in try await service.narrate(payload.audioID, context) }),
            JobHandler(removeFiles) { left, _ in
                for digest in left.digests { try await service.removeUnused(digest) }
                return nil
            },
            JobHandler(sweep.kind) { _, _ in
                let removed = try await service.sweep(keeping: days)
                return ["removed": "\(removed.rows)", "files": "\(removed.files)"]
            },
        ]
    }
}
