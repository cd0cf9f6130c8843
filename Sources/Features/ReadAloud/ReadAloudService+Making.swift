import Ambient
import BlobStorage
import Concurrency
import Database
import Jobs
import Speech

extension ReadAloudService {
    /// What came of speaking a text.
    struct Made: Sendable {
        let audio: SpokenAudio
        let file: ReceivedBlob
        /// Another engine spoke than was to: the next wish for the same is not answered with it.
        let isSubstitute: Bool
    }

    /// What was said, once all of it is.
    private struct Said: Sendable {
        let outcome: Narrator.Outcome
        let words: [SpokenAudio.Word]
    }

    /// Speaks a text into a file, and calls `keeping` with what came of it.
    ///
    /// - Parameters:
    ///   - hearing: is given each piece as it is spoken.
    ///   - progress: how many pieces are done, of how many.
    func spoken<Value: Sendable>(
        _ audio: SpokenAudio, _ text: SpokenText, voice: Voice?,
        hearing: @escaping @Sendable (Narrator.Part) async throws -> Void = { _ in },
        progress: @escaping @Sendable (Int, Int) -> Void = { _, _ in }, keeping: (Made) async throws -> Value
    ) async throws -> Value {
        if audio.form == .wav {
            let scratch = try await BlockingPool.shared.run { try ScratchSound() }
            let said = try await say(audio, text, voice: voice, progress: progress) { part in
                try await scratch.append(WaveFile.bytes(of: part.samples))
                try await hearing(part)
            }
            return try await blobs.receive(from: scratch.wave(rate: Narrator.rate), limit: 1 << 31) {
                try await keeping(try await made(audio, said, $0))
            }
        }
        let (opened, opening) = AsyncStream<SoundEncoder>.makeStream()
        return try await withThrowingTaskGroup(of: Said.self) { group in
            group.addTask { [self] in
                var encoder: SoundEncoder?
                // However it ends, the file does.
                defer {
                    encoder?.finish()
                    opening.finish()
                }
                return try await say(audio, text, voice: voice, progress: progress) { part in
                    // What is spoken first is heard first: to start an encoder takes as long as to speak some words.
                    try await hearing(part)
                    let open: SoundEncoder
                    if let encoder {
                        open = encoder
                    } else {
                        open = try await tool.encoder(rate: Narrator.rate, as: audio.form)
                        encoder = open
                        opening.yield(open)
                    }
                    try await open.append(WaveFile.bytes(of: part.samples))
                }
            }
            var encoders = opened.makeAsyncIterator()
            guard let encoder = await encoders.next() else {
                _ = try await group.next()
                throw ReadAloudFailure.nothingToSay
            }
            return try await blobs.receive(from: encoder.output, limit: 1 << 30) { received in
                guard let said = try await group.next() else { throw ReadAloudFailure.nothingToSay }
                try await encoder.check()
                return try await keeping(try await made(audio, said, received))
            }
        }
    }

    private func say(
        _ audio: SpokenAudio, _ text: SpokenText, voice: Voice?, progress: (Int, Int) -> Void,
        _ take: (Narrator.Part) async throws -> Void
    ) async throws -> Said {
        var (words, done) = ([SpokenAudio.Word](), 0)
        let outcome = try await narrator.narrate(text, wish: voice, speed: audio.speed) { part in
            try await take(part)
            words += part.words.map { .init(text: $0.text, range: $0.range, start: $0.start, end: $0.end) }
            done += 1
            progress(done, text.pieces.count)
        }
        guard outcome.milliseconds > 0 else { throw ReadAloudFailure.nothingToSay }
        return Said(outcome: outcome, words: words)
    }

    private func made(_ audio: SpokenAudio, _ said: Said, _ received: ReceivedBlob) async throws -> Made {
        guard let spoke = said.outcome.voices.first else { throw ReadAloudFailure.nothingToSay }
        try await received.store()
        var audio = audio
        audio.state = .ready
        (audio.voice, audio.engine) = (spoke.id, spoke.engine)
        (audio.sha256, audio.size) = (received.blob.sha256, received.blob.size)
        (audio.milliseconds, audio.words) = (said.outcome.milliseconds, said.words)
        return Made(audio: audio, file: received, isSubstitute: !said.outcome.failed.isEmpty)
    }

    /// The work of a job: reads one aloud that is pending.
    func narrate(_ id: SpokenAudioID, _ context: JobContext) async throws -> JobResult? {
        guard let user = context.userID else { return nil }
        let known = try await database.read(as: .user(user)) { try await store.find(id, user: user, in: $0) }
        // It was deleted meanwhile, or is done.
        guard let audio = known, audio.state == .pending else { return nil }
        let voices = await voices()
        let wish = voices.first { $0.id == audio.wish ?? preferred }
        let text = await BlockingPool.shared.run { SpokenText(audio.text, language: audio.language, isAwaited: false) }
        try await spoken(
            audio, text, voice: wish, progress: { done, total in context.progress(stage: "speaking", done: done, total: total) },
            keeping: { made in
                try await context.keep(in: database) { transaction in
                    try await made.file.confirm()
                    try await store.update(made.audio, in: transaction)
                    if made.isSubstitute { try await store.rename(id, key: "substitute:\(id)", user: user, in: transaction) }
                    try await events.append(ReadAloudEvents.ready, made.audio, in: transaction)
                    try await context.succeed(with: ["audio_id": id.description], in: transaction)
                }
            })
        return nil
    }

    /// When the job ends without having read it aloud.
    func noteFailure(_ id: SpokenAudioID, _ message: String, user: UserID, in transaction: any Transaction) async throws {
        guard var audio = try await store.find(id, user: user, in: transaction), audio.state == .pending else { return }
        audio.state = .failed
        audio.problem = message
        try await store.update(audio, in: transaction)
        try await events.append(ReadAloudEvents.failed, audio, in: transaction)
    }
}
