import Ambient
import Concurrency
import Database
import Events
import FoundationEssentials
import Jobs
import Speech
import Synchronization

/// Live captions: what has come of a recording is heard while the rest is still said, as far as the machine keeps up.
extension TranscriptsService {
    /// Pieces that are heard together at least: some six seconds. Less would part too many sentences.
    private static let captionPieces = 3
    /// More would make what is said now wait for what was said before.
    private static let captionLimit = 15

    /// Has what came heard soon, in the transaction in which it came. One job at a time does so for a recording.
    func enqueueCaption(after number: Int, of transcript: Transcript, in transaction: any Transaction) async throws {
        guard recognizer.isReady, (number + 1) % Self.captionPieces == 0 else { return }
        try await jobs.enqueue(
            TranscriptJobs.caption, .init(transcriptID: transcript.id), user: transcript.userID,
            uniqueKey: TranscriptJobs.key(transcript.id), in: transaction)
    }

    func captions(of id: TranscriptID, after number: Int, user: UserID) async throws -> [RecordingCaption] {
        try await database.read(as: .user(user)) { transaction in
            guard try await store.find(id, user: user, in: transaction) != nil else { throw TranscriptsFailure.noRecording }
            return try await RecordingStore().captions(of: id, after: number, user: user, in: transaction)
        }
    }

    /// The work of a job: hears what came since the last caption.
    func caption(_ id: TranscriptID, _ context: JobContext) async throws {
        guard let user = context.userID, recognizer.isReady else { return }
        while try await captionNext(id, user: user, context) { try context.checkCancelled() }
    }

    /// - Returns: whether there may be more.
    private func captionNext(_ id: TranscriptID, user: UserID, _ context: JobContext) async throws -> Bool {
        let recordings = RecordingStore()
        let (known, pieces, last) = try await database.read(as: .user(user)) { transaction in
            (
                try await store.find(id, user: user, in: transaction),
                try await recordings.pieces(of: id, user: user, in: transaction),
                try await recordings.captions(of: id, user: user, in: transaction).last
            )
        }
        guard let known, known.state == .recording else { return false }
        let new = pieces.filter { $0.number > last?.number ?? -1 }
        // A take is heard by itself; one that is over to its end.
        guard let take = new.first?.take else { return false }
        var fresh = new.filter { $0.take == take }
        guard fresh.count >= Self.captionPieces || new.count > fresh.count else { return false }
        // Who cannot keep up leaves out what is old; the transcript has it later.
        let skipped = fresh.count > 2 * Self.captionLimit
        if skipped { fresh = Array(fresh.suffix(Self.captionLimit)) }
        guard let head = pieces.first(where: { $0.take == take }), let end = fresh.last?.number else { return false }
        let heard = try await hear(fresh, head: fresh.first == head ? nil : head, of: known)
        let start = last?.end ?? 0
        let caption = RecordingCaption(number: end, start: start, end: start + heard.milliseconds, text: heard.text)
        try await context.keep(in: database) { transaction in
            guard let now = try await store.find(id, user: user, locking: true, in: transaction), now.state == .recording else {
                return
            }
            try await recordings.insert(caption, of: id, user: user, in: transaction)
        }
        events.publishCaption(of: id, number: end, user: user)
        return true
    }

    /// - Parameter head: the first piece of their take, without which they cannot be read; what is said in it is left out.
    private func hear(_ pieces: [RecordingPiece], head: RecordingPiece?, of transcript: Transcript) async throws -> (
        text: String, milliseconds: Int
    ) {
        let folder = FileManager.default.temporaryDirectory.path + "/lm-caption-\(UUID().uuidString.lowercased())"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        var skip = 0
        if let head {
            try await gather([head], into: folder + "/head")
            skip = try await DecodedSound(folder + "/head", by: tool, atMost: 60).sound.count
        }
        try await gather((head.map { [$0] } ?? []) + pieces, into: folder + "/part")
        let sound = try await DecodedSound(folder + "/part", by: tool, atMost: 600)
        guard sound.sound.count > skip else { return ("", 0) }
        let texts = Mutex<[String]>([])
        try await recognizer.recognise(
            sound.sound, from: skip, RecognitionWishes(language: transcript.wish, vocabulary: transcript.vocabulary)
        ) { stretch in texts.withLock { $0 += stretch.segments.map(\.text) } }
        return (texts.withLock { $0.joined(separator: " ") }, (sound.sound.count - skip) * 1000 / SampleFile.rate)
    }
}
