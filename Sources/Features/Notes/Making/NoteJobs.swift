import Assembly
import Database
import Failures
import Jobs

/// The jobs of notes.
enum NoteJobs {
    struct Payload: Codable, Sendable {
        let noteID: NoteID
        private enum CodingKeys: String, CodingKey { case noteID = "note_id" }
    }

    /// One at a time in a process: reading a long text is work for a whole core.
    static let queue = WorkQueue("notes", width: 1)
    static let make = JobKind<Payload>("notes.make", queue: queue.name, maxAttempts: 3, timeout: .seconds(1_800))

    static func key(_ id: NoteID) -> String { "note:\(id)" }

    static func handlers(_ maker: NoteMaker) -> [JobHandler] {
        [
            JobHandler(
                make,
                onDead: { ended, transaction in
                    guard let user = ended.job.userID else { return }
                    try await maker.noteEnd(
                        try ended.payload(as: Payload.self).noteID,
                        as: ended.errorCode == FailureCode.cancelled.rawValue ? .cancelled : .failed, user: user, in: transaction)
                },
                run: { payload, context in
                    guard let user = context.userID else { return nil }
                    return try await maker.make(payload.noteID, user: user, context)
                })
        ]
    }
}
