import Ambient
import BlobStorage
import Concurrency
import Database
import Failures
import FoundationEssentials
import Jobs
import Speech
import Synchronization

extension ReadAloudService {
    /// What came of speaking a text.
    struct Made: Sendable {
        let audio: SpokenAudio
        let file: ReceivedBlob
        /// Another engine spoke than was to: the next wish for the same is not answered with it.
        let isSubstitute: Bool
    }

    /// Speaks a text into a file, and calls `keeping` with what came of it.
    ///
    /// - Parameter progress: how many pieces are done, of how many.
    func spoken<Value: Sendable>(
        _ audio: SpokenAudio, _ text: SpokenText, voice: Voice?, progress: (Int, Int) -> Void,
        keeping: (Made) async throws -> Value
    ) async throws -> Value {
        let scratch = try await BlockingPool.shared.run { try ScratchSound() }
        var (words, done) = ([SpokenAudio.Word](), 0)
        let outcome = try await narrator.narrate(text, wish: voice, speed: audio.speed) { part in
            try await scratch.append(part.samples)
            words += part.words.map { .init(text: $0.text, range: $0.range, start: $0.start, end: $0.end) }
            done += 1
            progress(done, text.pieces.count)
        }
        guard outcome.milliseconds > 0, let spoke = outcome.voices.first else { throw ReadAloudFailure.nothingToSay }
        let (parts, sink) = AsyncThrowingStream<[UInt8], any Error>.makeStream()
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { [tool] in
                do {
                    try await tool.encode(scratch.path, rate: Narrator.rate, as: audio.form) { sink.yield($0) }
                    sink.finish()
                } catch {
                    sink.finish(throwing: error)
                }
            }
            let words = words
            let made = try await blobs.receive(from: parts, limit: 1 << 30) { received in
                try await received.store()
                var audio = audio
                audio.state = .ready
                (audio.voice, audio.engine) = (spoke.id, spoke.engine)
                (audio.sha256, audio.size) = (received.blob.sha256, received.blob.size)
                (audio.milliseconds, audio.words) = (outcome.milliseconds, words)
                return try await keeping(Made(audio: audio, file: received, isSubstitute: !outcome.failed.isEmpty))
            }
            try await group.waitForAll()
            return made
        }
    }

    /// The work of a job: reads one aloud that is pending.
    func narrate(_ id: SpokenAudioID, _ context: JobContext) async throws -> JobResult? {
        guard let user = context.userID else { return nil }
        let known = try await database.read(as: .user(user)) { try await store.find(id, user: user, in: $0) }
        // It was deleted meanwhile, or is done.
        guard let audio = known, audio.state == .pending else { return nil }
        let voices = await voices()
        let wish = voices.first { $0.id == audio.wish ?? preferred }
        let text = await BlockingPool.shared.run { SpokenText(audio.text, language: audio.language) }
        try await spoken(audio, text, voice: wish) { done, total in
            context.progress(stage: "speaking", done: done, total: total)
        } keeping: { made in
            try await context.keep(in: database) { transaction in
                try await made.file.confirm()
                try await store.update(made.audio, in: transaction)
                if made.isSubstitute { try await store.rename(id, key: "substitute:\(id)", user: user, in: transaction) }
                try await events.append(ReadAloudEvents.ready, made.audio, in: transaction)
                try await context.succeed(with: ["audio_id": id.description], in: transaction)
            }
        }
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

/// Samples on their way into a file, which goes away with this.
final class ScratchSound: Sendable {
    let path: String

    /// Blocks.
    init() throws(ReadAloudFailure) {
        path = FileManager.default.temporaryDirectory.path + "/lm-speech-\(UUID().uuidString.lowercased())"
        guard FileManager.default.createFile(atPath: path, contents: nil, attributes: [.posixPermissions: 0o600]) else {
            throw ReadAloudFailure(.insufficientStorage, "The server has no room for temporary files.")
        }
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func append(_ samples: [Int16]) async throws {
        try await BlockingPool.shared.run { [path] in
            let bytes = Data(WaveFile.bytes(of: samples))
            guard let file = try? ScratchAppend.append(bytes, to: path), file else {
                throw ReadAloudFailure(.insufficientStorage, "The server has no room for temporary files.")
            }
        }
    }
}
