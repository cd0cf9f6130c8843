import Ambient
import BlobStorage
import Concurrency
import Database
import Failures
import FoundationEssentials
import Jobs
import Speech
import Synchronization
import Telemetry

extension TranscriptsService {
    /// What is longer is not heard beyond it.
    static let longest = 12 * 3_600

    /// The work of a job: writes a recording down, from where an earlier attempt stood. Each stretch is kept as soon as it is done.
    func listen(to id: TranscriptID, _ context: JobContext) async throws {
        guard let user = context.userID else { return }
        guard recognizer.isReady else { throw TranscriptsFailure.notReady }
        let known = try await context.keep(in: database) { transaction -> Transcript? in
            guard var transcript = try await store.find(id, user: user, locking: true, in: transaction) else { return nil }
            transcript.state = .processing
            transcript.engine = transcript.heard == 0 ? recognizer.engine : transcript.engine ?? recognizer.engine
            transcript.problem = nil
            try await store.update(transcript, in: transaction)
            return transcript
        }
        guard let transcript = known else { return }
        context.progress(stage: "decoding", done: 0, total: 0)
        let decoded = try await blobs.withLocalFile(transcript.sha256) { path in
            try await DecodedSound(path, by: tool, atMost: Self.longest, isMended: true)
        }
        guard let decoded else { throw TranscriptsFailure.noTranscript }
        let sound = decoded.sound
        guard sound.count > 0 else { throw TranscriptsFailure.silent }
        try await context.keep(in: database) { transaction in
            guard var transcript = try await store.find(id, user: user, locking: true, in: transaction) else { return }
            transcript.milliseconds = max(sound.milliseconds, decoded.announced ?? 0)
            try await store.update(transcript, in: transaction)
        }
        let begin = transcript.heard * (SampleFile.rate / 1000)
        let vocabulary = await vocabulary(of: transcript)
        context.progress(stage: "listening", done: transcript.heard, total: sound.milliseconds)
        try await recognizer.recognise(
            sound, from: min(begin, sound.count), RecognitionWishes(language: transcript.wish, vocabulary: vocabulary)
        ) { stretch in
            let heard = stretch.range.upperBound * 1000 / SampleFile.rate
            try await context.keep(in: database) { transaction in
                guard var transcript = try await store.find(id, user: user, locking: true, in: transaction) else { return }
                let segments = stretch.segments.map { made in
                    TranscriptSegment(
                        id: ambient.newID(), start: made.start, end: made.end, text: made.text, confidence: made.confidence,
                        words: made.words.map { .init(text: $0.text, start: $0.start, end: $0.end) })
                }
                try await store.insert(segments, of: id, user: user, in: transaction)
                let heardBefore = transcript.heard
                transcript.heard = heard
                transcript.language = transcript.language ?? stretch.language
                if let engine = stretch.engine {
                    transcript.engine = Self.engines(transcript.engine, engine, isFirst: heardBefore == 0)
                }
                if stretch.problem != nil {
                    transcript.gaps.append(
                        .init(start: stretch.range.lowerBound * 1000 / SampleFile.rate, end: heard, reason: .failed))
                }
                try await store.update(transcript, in: transaction)
            }
            context.progress(stage: "listening", done: heard, total: sound.milliseconds)
        }
        try await finish(id, decoded, wish: transcript.wish, user: user, context)
    }

    /// Where one took over from another, both are told.
    private static func engines(_ known: String?, _ engine: String, isFirst: Bool) -> String {
        guard !isFirst, let known, !known.isEmpty else { return engine }
        return known.split(separator: ", ").contains { $0 == engine } ? known : "\(known), \(engine)"
    }

    /// What was told with the recording, then what its course is about. Words too many to be remembered help none.
    private func vocabulary(of transcript: Transcript) async -> [String] {
        guard let course = transcript.courseID, let shelf else { return transcript.vocabulary }
        do {
            let terms = try await shelf.terms(ofCourse: course, user: transcript.userID)
            return transcript.vocabulary + terms.prefix(max(0, 40 - transcript.vocabulary.count))
        } catch {
            logger.failure("the words of a course were not found", error)
            return transcript.vocabulary
        }
    }

    private func finish(
        _ id: TranscriptID, _ decoded: DecodedSound, wish: String?, user: UserID, _ context: JobContext
    ) async throws {
        try await context.keep(in: database) { transaction in
            guard var transcript = try await store.find(id, user: user, locking: true, in: transaction) else { return }
            let segments = try await store.segments(of: id, user: user, in: transaction)
            transcript.state = .completed
            transcript.language = wish ?? transcript.language ?? SpokenText(segments.map(\.text).joined(separator: " ")).language
            transcript.confidence = Self.confidence(of: segments)
            transcript.gaps += decoded.gaps
            transcript.updatedAt = ambient.now()
            if transcript.parting == .pending, !segments.isEmpty {
                // Then its document has the names from its first version on.
                try await enqueueParting(transcript, in: transaction)
            } else {
                if transcript.parting == .pending { transcript.parting = .none }
                if shelf != nil, !segments.isEmpty { try await enqueueShelving(&transcript, in: transaction) }
            }
            try await store.update(transcript, in: transaction)
            try await events.append(TranscriptEvents.completed, transcript, in: transaction)
            try await context.succeed(with: ["transcript_id": id.description], in: transaction)
        }
    }

    /// By how long each is said.
    static func confidence(of segments: [TranscriptSegment]) -> Double? {
        var (sum, weight) = (0.0, 0.0)
        for segment in segments {
            guard let confidence = segment.confidence else { continue }
            let length = Double(max(1, segment.end - segment.start))
            sum += confidence * length
            weight += length
        }
        return weight > 0 ? sum / weight : nil
    }

    /// When the job ends without having written it down: failed, or stopped.
    func noteEnd(_ id: TranscriptID, wasCancelled: Bool, message: String, user: UserID, in transaction: any Transaction)
        async throws
    {
        guard var transcript = try await store.find(id, user: user, locking: true, in: transaction),
            [.joining, .pending, .processing].contains(transcript.state)
        else { return }
        transcript.state = wasCancelled ? .cancelled : .failed
        transcript.problem = wasCancelled ? nil : message
        transcript.updatedAt = ambient.now()
        try await store.update(transcript, in: transaction)
        try await events.append(TranscriptEvents.failed, transcript, in: transaction)
    }

    /// Writes down something short while somebody waits; nothing of it is kept.
    package func dictate<Parts: AsyncSequence>(_ parts: Parts, language: String?) async throws -> (text: String, language: String?)
    where Parts.Element == [UInt8] {
        guard recognizer.isReady else { throw TranscriptsFailure.notReady }
        return try await blobs.receive(from: parts, limit: 20 << 20) { received in
            guard received.blob.size > 0 else { throw TranscriptsFailure.emptyFile }
            let head = await BlockingPool.shared.run { FileHead.read(received.path) }
            guard SoundKind.mediaType(of: head) != nil else { throw TranscriptsFailure.noSound }
            let decoded = try await DecodedSound(received.path, by: tool, atMost: 300)
            let heard = Mutex(([String](), String?.none))
            try await recognizer.recognise(decoded.sound, from: 0, RecognitionWishes(language: language)) { stretch in
                heard.withLock { heard in
                    heard.0 += stretch.segments.map(\.text)
                    heard.1 = heard.1 ?? stretch.language
                }
            }
            return heard.withLock { ($0.0.joined(separator: " "), $0.1) }
        }
    }
}
