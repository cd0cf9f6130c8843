package import Ambient
import BlobStorage
import Database
import Jobs
import Speech
import Telemetry

/// Who speaks: a stage of its own behind the words, so that one that fails costs none of them, and that can be asked for again.
extension TranscriptsService {
    /// Puts the job in line that tells apart who speaks.
    func enqueueParting(_ transcript: Transcript, in transaction: any Transaction) async throws {
        try await jobs.enqueue(
            TranscriptJobs.part, .init(transcriptID: transcript.id), user: transcript.userID,
            uniqueKey: TranscriptJobs.key(transcript.id), in: transaction)
    }

    /// Tells apart who speaks in a recording that is written down, also anew.
    ///
    /// - Parameter count: how many people speak; nil to find it out. Of one nobody is told apart: what was said of speakers goes away.
    package func part(_ id: TranscriptID, count: Int?, user: UserID) async throws -> (
        transcript: Transcript, segments: [TranscriptSegment]
    ) {
        try await database.transaction(as: .user(user)) { transaction in
            var transcript = try await find(id, user: user, locking: true, in: transaction)
            guard ![.recording, .joining, .pending, .processing].contains(transcript.state) else {
                throw TranscriptsFailure.underWay
            }
            guard count == 1 || speakers?.isReady == true else { throw TranscriptsFailure.noSpeakers }
            var segments = try await store.segments(of: id, user: user, in: transaction)
            guard !segments.isEmpty else { throw TranscriptsFailure.nobodySpeaks }
            transcript.partingProblem = nil
            transcript.partingCount = count
            if count == 1 {
                transcript.parting = .none
                transcript.partingCount = nil
                transcript.speakers = [:]
                transcript.updatedAt = ambient.now()
                try await jobs.cancel(TranscriptJobs.part, uniqueKey: TranscriptJobs.key(id), in: transaction)
                for place in segments.indices where segments[place].speaker != nil {
                    segments[place].speaker = nil
                    try await store.update(segments[place], user: user, in: transaction)
                }
            } else {
                transcript.parting = .pending
                try await enqueueParting(transcript, in: transaction)
            }
            try await store.update(transcript, in: transaction)
            try await events.append(TranscriptEvents.updated, transcript, in: transaction)
            return (transcript, segments)
        }
    }

    /// The work of a job.
    func part(_ id: TranscriptID, _ context: JobContext) async throws {
        guard let user = context.userID else { return }
        guard let speakers, speakers.isReady else { throw TranscriptsFailure.noSpeakers }
        let known = try await database.read(as: .user(user)) { try await store.find(id, user: user, in: $0) }
        guard let known, known.parting == .pending else { return }
        context.progress(stage: "decoding", done: 0, total: 0)
        let decoded = try await blobs.withLocalFile(known.sha256) { path in
            try await DecodedSound(path, by: tool, atMost: Self.longest, isMended: true)
        }
        guard let decoded else { throw TranscriptsFailure.noTranscript }
        let sound = decoded.sound
        let turns = try await speakers.turns(in: sound, count: known.partingCount) { samples in
            context.progress(
                stage: "speakers", done: samples * 1000 / SampleFile.rate, total: sound.milliseconds)
        }
        try await context.keep(in: database) { transaction in
            guard var transcript = try await store.find(id, user: user, locking: true, in: transaction),
                transcript.parting == .pending
            else { return }
            // As they are now: what was corrected meanwhile stays.
            let segments = try await store.segments(of: id, user: user, in: transaction)
            let told = SegmentSpeakers.told(segments, by: turns) { ambient.newID() }
            let before = Dictionary(segments.map { ($0.id, $0) }) { first, _ in first }
            for segment in told where before[segment.id] != segment {
                if before[segment.id] == nil {
                    try await store.insert([segment], of: id, user: user, in: transaction)
                } else {
                    try await store.update(segment, user: user, in: transaction)
                }
            }
            transcript.parting = .completed
            transcript.partingProblem = nil
            transcript.updatedAt = ambient.now()
            try await finishParting(&transcript, in: transaction)
            try await context.succeed(with: ["transcript_id": id.description], in: transaction)
        }
    }

    func noteUnparted(_ id: TranscriptID, message: String, user: UserID, in transaction: any Transaction) async throws {
        guard var transcript = try await store.find(id, user: user, locking: true, in: transaction), transcript.parting == .pending
        else { return }
        transcript.parting = .failed
        transcript.partingProblem = message
        try await finishParting(&transcript, in: transaction)
    }

    /// The document of a recording waits for the names the first time; later ones come into it when the student says so.
    private func finishParting(_ transcript: inout Transcript, in transaction: any Transaction) async throws {
        if shelf != nil, transcript.state == .completed, transcript.shelf == .none, transcript.documentID == nil {
            try await enqueueShelving(&transcript, in: transaction)
        }
        try await store.update(transcript, in: transaction)
        try await events.append(TranscriptEvents.parted, transcript, in: transaction)
    }
}
