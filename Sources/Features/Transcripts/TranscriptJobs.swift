import Assembly
import Database
import Events
import Failures
import Jobs

/// The jobs of transcripts.
enum TranscriptJobs {
    struct Payload: Codable, Sendable {
        let transcriptID: TranscriptID
        private enum CodingKeys: String, CodingKey { case transcriptID = "transcript_id" }
    }

    /// One recording at a time in a process: its stretches are written down side by side.
    static let queue = WorkQueue("listening", width: 1)

    /// Tried often: it may wait for its model to come.
    static let recognise = JobKind<Payload>(
        "transcripts.recognise", queue: queue.name, maxAttempts: 60, timeout: .seconds(6 * 3_600),
        backoff: JobBackoff(base: .seconds(10), cap: .seconds(300)))
    /// Makes one file of the pieces of a recording.
    static let join = JobKind<Payload>("recordings.join", queue: queue.name, maxAttempts: 20, timeout: .seconds(3_600))
    /// Beside `queue`: what is said now does not wait for what was said before.
    static let captions = WorkQueue("captions", width: 1)
    /// Hears a recording while it is made. What failed is not worth another attempt: the next piece brings one.
    static let caption = JobKind<Payload>("recordings.caption", queue: captions.name, maxAttempts: 1, timeout: .seconds(300))
    /// Tells apart who speaks; like `recognise` it may wait for its model.
    static let part = JobKind<Payload>(
        "transcripts.part", queue: queue.name, maxAttempts: 5, timeout: .seconds(2 * 3_600),
        backoff: JobBackoff(base: .seconds(10), cap: .seconds(300)))
    /// Makes a document of what is said, or brings it up to date.
    static let shelve = JobKind<Payload>("transcripts.shelve", maxAttempts: 8)
    /// A document that went away is none of a recording any more.
    static let unshelve = EventReaction(to: "document.deleted", EventReaction.Kind("transcripts.unshelve"))
    static let removeFiles = JobKind<LeftFiles>("transcripts.remove_files", queue: "maintenance")
    static let sweep = PeriodicJob(PeriodicJob.Kind("transcripts.sweep", queue: "maintenance"), every: .seconds(3_600))

    static func key(_ id: TranscriptID) -> String { "transcript:\(id)" }

    static func handlers(_ service: TranscriptsService) -> [JobHandler] {
        let note: @Sendable (EndedJob, any Transaction) async throws -> Void = { ended, transaction in
            guard let user = ended.job.userID else { return }
            try await service.noteEnd(
                try ended.payload(as: Payload.self).transcriptID,
                wasCancelled: ended.errorCode == FailureCode.cancelled.rawValue,
                message: ended.message, user: user, in: transaction)
        }
        return [
            JobHandler(recognise, onDead: note) { payload, context in
                try await service.listen(to: payload.transcriptID, context)
                return nil
            },
            JobHandler(caption) { payload, context in
                try await service.caption(payload.transcriptID, context)
                return nil
            },
            JobHandler(join, onDead: note) { payload, context in
                try await service.joinPieces(of: payload.transcriptID, context)
                return nil
            },
            JobHandler(
                part,
                onDead: { ended, transaction in
                    guard let user = ended.job.userID else { return }
                    try await service.noteUnparted(
                        try ended.payload(as: Payload.self).transcriptID, message: ended.message, user: user, in: transaction)
                },
                run: { payload, context in
                    try await service.part(payload.transcriptID, context)
                    return nil
                }),
            JobHandler(
                shelve,
                onDead: { ended, transaction in
                    guard let user = ended.job.userID else { return }
                    try await service.noteUnshelved(
                        try ended.payload(as: Payload.self).transcriptID, message: ended.message, user: user, in: transaction)
                },
                run: { payload, context in
                    try await service.shelve(payload.transcriptID, context)
                    return nil
                }),
            JobHandler(unshelve.kind) { event, context in
                try await service.forget(document: event.decode(DeletedTranscript.self).id, context)
                return nil
            },
            JobHandler(removeFiles) { left, _ in
                for digest in left.digests { try await service.removeUnused(digest) }
                return nil
            },
            JobHandler(sweep.kind) { _, _ in ["removed": "\(try await service.sweep())"] },
        ]
    }
}
