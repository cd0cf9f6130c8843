package import Ambient
import Database
import FoundationEssentials
import Jobs

/// The last stage of a recording: its document in the library, which answers cite.
extension TranscriptsService {
    /// Puts the job in line that makes the document of a transcript, which the caller writes.
    func enqueueShelving(_ transcript: inout Transcript, in transaction: any Transaction) async throws {
        transcript.shelf = .pending
        transcript.shelfProblem = nil
        try await jobs.enqueue(
            TranscriptJobs.shelve, .init(transcriptID: transcript.id), user: transcript.userID,
            uniqueKey: TranscriptJobs.key(transcript.id), in: transaction)
    }

    /// Makes the document of a transcript, or brings it up to date; also after that failed.
    package func shelve(_ id: TranscriptID, user: UserID) async throws -> Transcript {
        try await database.transaction(as: .user(user)) { transaction in
            var transcript = try await find(id, user: user, locking: true, in: transaction)
            guard transcript.state == .completed else { throw TranscriptsFailure.underWay }
            guard shelf != nil, try await !store.segments(of: id, user: user, in: transaction).isEmpty else {
                throw TranscriptsFailure.nothingToShelve
            }
            try await enqueueShelving(&transcript, in: transaction)
            try await store.update(transcript, in: transaction)
            return transcript
        }
    }

    /// The work of a job.
    func shelve(_ id: TranscriptID, _ context: JobContext) async throws {
        guard let user = context.userID, let shelf else { return }
        let found = try await database.read(as: .user(user)) { transaction in
            (try await store.find(id, user: user, in: transaction), try await store.segments(of: id, user: user, in: transaction))
        }
        guard let transcript = found.0, transcript.state == .completed else { return }
        let document = try await shelf.keep(
            ShelvedTranscript.subtitles(of: found.1, speakers: transcript.speakers), title: transcript.title,
            as: transcript.documentID, course: transcript.courseID, user: user)
        try await context.keep(in: database) { transaction in
            guard var now = try await store.find(id, user: user, locking: true, in: transaction) else { return }
            now.shelf = .completed
            now.shelfProblem = nil
            now.documentID = document
            // As it was read; what was corrected meanwhile is told.
            now.shelvedAt = transcript.updatedAt
            try await store.update(now, in: transaction)
            try await events.append(TranscriptEvents.shelved, now, in: transaction)
            try await context.succeed(with: ["document_id": document.uuidString.lowercased()], in: transaction)
        }
    }

    func noteUnshelved(_ id: TranscriptID, message: String, user: UserID, in transaction: any Transaction) async throws {
        guard var transcript = try await store.find(id, user: user, locking: true, in: transaction), transcript.shelf == .pending
        else {
            return
        }
        transcript.shelf = .failed
        transcript.shelfProblem = message
        try await store.update(transcript, in: transaction)
        try await events.append(TranscriptEvents.shelved, transcript, in: transaction)
    }

    /// When a document goes away the recording that it was made of stays.
    func forget(document: String, _ context: JobContext) async throws {
        guard let user = context.userID, let document = UUID(uuidString: document) else { return }
        try await context.keep(in: database) { transaction in
            guard var transcript = try await store.find(document: document, user: user, in: transaction) else { return }
            transcript.shelf = .none
            transcript.documentID = nil
            transcript.shelvedAt = nil
            try await store.update(transcript, in: transaction)
            try await events.append(TranscriptEvents.shelved, transcript, in: transaction)
        }
    }
}
