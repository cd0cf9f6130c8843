package import Ambient
package import BlobStorage
import Concurrency
package import Database
import Failures
package import FoundationEssentials
package import Jobs
package import Speech
package import Telemetry

/// What a student can do with recordings and what is said in them.
package struct TranscriptsService: Sendable {
    let database: any Database
    let blobs: any BlobStore
    let jobs: JobQueue
    let recognizer: any SpeechRecognizer
    let speakers: (any SpeakerFinder)?
    let tool: AudioTool
    let events: TranscriptEvents
    let shelf: (any TranscriptShelf)?
    let ambient: Ambient
    let logger: Logger
    let store = TranscriptStore()
    /// Bytes of the largest recording.
    package let limit: Int

    package init(
        database: any Database, blobs: any BlobStore, jobs: JobQueue, recognizer: any SpeechRecognizer,
        speakers: (any SpeakerFinder)? = nil, tool: AudioTool,
        events: TranscriptEvents, shelf: (any TranscriptShelf)? = nil, limit: Int, ambient: Ambient = .live,
        logger: Logger = .silent
    ) {
        self.database = database
        self.blobs = blobs
        self.jobs = jobs
        self.recognizer = recognizer
        self.speakers = speakers
        self.tool = tool
        self.events = events
        self.shelf = shelf
        self.limit = limit
        self.ambient = ambient
        self.logger = logger.labelled("transcripts")
    }

    /// What is told of a recording with its file.
    package struct Description: Sendable {
        package var title: String?
        package var language: String?
        package var vocabulary: [String] = []
        package var courseID: UUID?
        /// Who speaks is told apart.
        package var parting: PartingWish?

        package init() {}
    }

    /// Stores a recording, and puts the job in line that writes it down.
    ///
    /// - Parameter describe: asked once the bytes are in.
    package func add<Parts: AsyncSequence>(
        _ parts: Parts, filename: String, user: UserID, describe: () async throws -> Description
    ) async throws -> Transcript where Parts.Element == [UInt8] {
        try await blobs.receive(from: parts, limit: limit) { received in
            guard received.blob.size > 0 else { throw TranscriptsFailure.emptyFile }
            let head = await BlockingPool.shared.run { FileHead.read(received.path) }
            guard let type = SoundKind.mediaType(of: head) else { throw TranscriptsFailure.noSound }
            let told = try await describe()
            let now = ambient.now()
            let name = filename.split { $0 == "/" || $0 == "\\" }.last.map(String.init) ?? "recording"
            let stem = name.lastIndex(of: ".").map { String(name[..<$0]) } ?? name
            let transcript = Transcript(
                id: ambient.newID(), userID: user,
                title: String((told.title?.isEmpty == false ? told.title : stem)?.prefix(300) ?? ""),
                filename: String(name.prefix(300)),
                sha256: received.blob.sha256, size: received.blob.size, mediaType: type, wish: told.language,
                vocabulary: told.vocabulary,
                state: .pending, heard: 0, gaps: [], speakers: [:], parting: told.parting == nil ? .none : .pending,
                partingCount: told.parting?.count, courseID: told.courseID, createdAt: now, updatedAt: now)
            try await received.store()
            return try await database.transaction(as: .user(user)) { [transcript] transaction in
                var transcript = transcript
                try await received.confirm()
                transcript.jobID = try await enqueue(transcript, in: transaction)
                try await store.insert(transcript, in: transaction)
                try await events.append(TranscriptEvents.added, transcript, in: transaction)
                return transcript
            }
        }
    }

    func enqueue(_ transcript: Transcript, in transaction: any Transaction) async throws -> UUID {
        try await jobs.enqueue(
            transcript.state == .joining ? TranscriptJobs.join : TranscriptJobs.recognise, .init(transcriptID: transcript.id),
            user: transcript.userID,
            uniqueKey: TranscriptJobs.key(transcript.id), in: transaction
        ).uuid
    }

    package func transcript(_ id: TranscriptID, user: UserID) async throws -> Transcript {
        try await database.read(as: .user(user)) { try await find(id, user: user, in: $0) }
    }

    package func whole(_ id: TranscriptID, user: UserID) async throws -> (transcript: Transcript, segments: [TranscriptSegment]) {
        try await database.read(as: .user(user)) { transaction in
            (try await find(id, user: user, in: transaction), try await store.segments(of: id, user: user, in: transaction))
        }
    }

    func find(_ id: TranscriptID, user: UserID, locking: Bool = false, in transaction: any Transaction) async throws -> Transcript {
        guard let found = try await store.find(id, user: user, locking: locking, in: transaction) else {
            throw TranscriptsFailure.noTranscript
        }
        return found
    }

    package func list(user: UserID, offset: Int, limit: Int) async throws -> (list: [Transcript], total: Int) {
        try await database.read(as: .user(user)) { try await store.list(user: user, offset: offset, limit: limit, in: $0) }
    }

    /// The recording that a document of the library was made of.
    package func transcript(ofDocument document: UUID, user: UserID) async throws -> Transcript? {
        try await database.read(as: .user(user)) { try await store.find(document: document, user: user, in: $0) }
    }

    /// The job of a recording, and how many recordings are before it.
    package func job(_ id: JobID, user: UserID) async throws -> (job: Job, transcript: Transcript, ahead: Int) {
        let job = try await jobs.job(id, of: user)
        let found = try await database.read(as: .user(user)) { try await store.find(job: id.uuid, user: user, in: $0) }
        guard let transcript = found else { throw TranscriptsFailure.noJob }
        guard transcript.state == .pending else { return (job, transcript, 0) }
        return (job, transcript, try await database.read(as: .system) { try await store.ahead(of: transcript, in: $0) })
    }

    /// Stops it; what was written down is kept.
    package func cancel(_ id: TranscriptID, user: UserID) async throws -> Transcript {
        try await database.transaction(as: .user(user)) { transaction in
            let transcript = try await find(id, user: user, locking: true, in: transaction)
            guard [.joining, .pending, .processing].contains(transcript.state) else { throw TranscriptsFailure.overAlready }
            // Its end of the job says so in the same transaction, where it only waits.
            try await cancelJobs(of: id, in: transaction)
            return try await find(id, user: user, in: transaction)
        }
    }

    /// Goes on with one that failed or was stopped, from where it stood.
    package func retry(_ id: TranscriptID, user: UserID) async throws -> Transcript {
        try await database.transaction(as: .user(user)) { transaction in
            var transcript = try await find(id, user: user, locking: true, in: transaction)
            guard transcript.state == .failed || transcript.state == .cancelled else { throw TranscriptsFailure.overAlready }
            // Its pieces are there until they are one file.
            transcript.state = transcript.sha256.isEmpty ? .joining : .pending
            transcript.problem = nil
            transcript.updatedAt = ambient.now()
            transcript.jobID = try await enqueue(transcript, in: transaction)
            try await store.update(transcript, in: transaction)
            return transcript
        }
    }

    package func delete(_ id: TranscriptID, user: UserID) async throws {
        let digests = try await database.transaction(as: .user(user)) { transaction in
            let transcript = try await find(id, user: user, in: transaction)
            try await cancelJobs(of: id, in: transaction)
            let pieces = try await RecordingStore().pieces(of: id, user: user, in: transaction)
            _ = try await store.delete(id, user: user, in: transaction)
            try await events.appendDeleted(id, user: user, in: transaction)
            return Set([transcript.sha256] + pieces.map(\.sha256)).subtracting([""])
        }
        await drop(digests)
    }

    private func cancelJobs(of id: TranscriptID, in transaction: any Transaction) async throws {
        for kind in [
            TranscriptJobs.caption, TranscriptJobs.join, TranscriptJobs.recognise, TranscriptJobs.part, TranscriptJobs.shelve,
        ] {
            try await jobs.cancel(kind, uniqueKey: TranscriptJobs.key(id), in: transaction)
        }
    }

    /// Removes files that are not referred to any more; what stays by a fault is swept later.
    func drop(_ digests: Set<String>) async {
        for digest in digests.sorted() {
            do {
                try await removeUnused(digest)
            } catch { logger.failure("the file of a deleted recording was not removed", error) }
        }
    }

    /// The recording itself.
    package func file(_ id: TranscriptID, user: UserID) async throws -> (transcript: Transcript, content: BlobContent) {
        let transcript = try await transcript(id, user: user)
        guard let content = try await blobs.content(of: transcript.sha256) else { throw TranscriptsFailure.noTranscript }
        return (transcript, content)
    }

    /// Removes a file that no recording refers to.
    @discardableResult
    func removeUnused(_ digest: String) async throws -> Bool {
        try await database.transaction(as: .system) { transaction in
            try await blobs.remove(digest) { try await !store.isReferenced(digest, in: transaction) }
        }
    }

    /// Removes files that nothing refers to: what crashes and accounts that went away left.
    func sweep() async throws -> Int {
        var removed = 0
        try await blobs.visit(olderThan: ambient.now().addingTimeInterval(-3_600)) { digest in
            if try await removeUnused(digest) { removed += 1 }
        }
        return removed
    }
}
