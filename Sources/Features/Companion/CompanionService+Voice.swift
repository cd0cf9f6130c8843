import Ambient
import BlobStorage
import Concurrency
import Database
import Failures
import FoundationEssentials
import Graphs
import Speech
import Telemetry

/// A turn by a recording, and answers as sound.
extension CompanionService {
    /// Bytes of a recording.
    package static let longestRecording = 10 << 20
    /// How long the sound of an answer is kept, seconds.
    static let keptSeconds = 3_600.0

    /// What comes of a recording.
    struct VoiceAnswer: Sendable {
        let turn: Turn
        let audio: SpokenAnswer?
        let milliseconds: Int
        let timings: [GraphTiming]
        /// `speech_unavailable`: the answer could not be spoken, and is text alone.
        let notice: String?
    }

    /// Hears a recording, answers it and speaks the answer. Where no engine speaks the answer comes as text.
    func process(_ parts: AsyncThrowingStream<[UInt8], any Error>, of session: Session) async throws -> VoiceAnswer {
        let began = ContinuousClock.now
        let heard = try await hearing.hear(parts, session.language)
        guard heard.text.contains(where: { $0.isLetter || $0.isNumber }) else { throw CompanionFailure.nothingHeard }
        let recognised = ContinuousClock.now
        let (turn, timings) = try await turn(heard.text, heardIn: heard.language, of: session)
        let answered = ContinuousClock.now
        var (audio, notice) = (SpokenAnswer?.none, String?.none)
        do {
            audio = try await spoken(turn, user: session.userID)
        } catch {
            try Task.checkCancellation()
            logger.failure("an answer was not spoken", error)
            notice = "speech_unavailable"
        }
        let stages =
            [GraphTiming(node: "recognition", milliseconds: GraphTiming.milliseconds(from: began, to: recognised))] + timings
            + [GraphTiming(node: "speech", milliseconds: GraphTiming.milliseconds(from: answered))]
        return VoiceAnswer(
            turn: turn, audio: audio, milliseconds: Int(GraphTiming.milliseconds(from: began)), timings: stages, notice: notice)
    }

    /// The persona's own voice, if it is here; else the one that the settings prefer, if that is; nil for the best.
    func voice(of persona: Persona) async -> Voice? {
        let wished = [persona.voice, preferredVoice].compactMap(\.self)
        guard !wished.isEmpty else { return nil }
        let voices = await BlockingPool.shared.run { narrator.voices() }
        return wished.lazy.compactMap { id in voices.first { $0.id == id } }.first
    }

    /// As fast as the persona speaks; more slowly if it was asked for.
    func speed(of turn: Turn) -> Double { turn.persona.speed * (turn.isSlower ? 0.75 : 1) }

    /// The language that an answer is read in: of our own words it is known.
    static func language(of turn: Turn) -> String? { turn.route == .question ? nil : turn.language }

    private func spoken(_ turn: Turn, user: UserID) async throws -> SpokenAnswer {
        let text = await BlockingPool.shared.run { SpokenText(turn.spoken, language: Self.language(of: turn), isAwaited: false) }
        var sound: [Int16] = []
        let outcome = try await narrator.narrate(text, wish: await voice(of: turn.persona), speed: speed(of: turn)) {
            sound += $0.samples
        }
        let bytes = WaveFile.bytes(of: sound)
        let file = WaveFile.head(rate: Narrator.rate, bytes: bytes.count) + bytes
        let parts = AsyncStream<[UInt8]> { stream in
            stream.yield(file)
            stream.finish()
        }
        return try await blobs.receive(from: parts, limit: file.count) { received in
            try await received.store()
            let audio = SpokenAnswer(
                id: ambient.newID(), userID: user, sha256: received.blob.sha256, milliseconds: outcome.milliseconds,
                createdAt: ambient.now())
            try await database.transaction(as: .user(user)) { transaction in
                try await received.confirm()
                try await store.insert(audio, in: transaction)
            }
            return audio
        }
    }

    func audio(_ id: SpokenAnswerID, user: UserID) async throws -> (digest: String, content: BlobContent) {
        let found = try await database.read(as: .user(user)) { try await store.audio(id, user: user, in: $0) }
        guard let found, let content = try await blobs.content(of: found.sha256) else { throw CompanionFailure.noAudio }
        return (found.sha256, content)
    }

    func picture(_ id: PictureID, user: UserID) async throws -> Picture {
        let found = try await database.read(as: .user(user)) { try await store.picture(id, user: user, in: $0) }
        guard let found else { throw CompanionFailure.noPicture }
        return found
    }

    func content(of digest: String) async throws -> BlobContent {
        guard let content = try await blobs.content(of: digest) else { throw CompanionFailure.noPicture }
        return content
    }

    /// Removes sound that is an hour old, files that nothing refers to, and what graphs left of sessions that nobody used for a week.
    func sweep() async throws -> (audio: Int, files: Int, checkpoints: Int) {
        let now = ambient.now()
        var (audio, files, checkpoints) = (0, 0, 0)
        while true {
            let some = try await database.transaction(as: .system) {
                try await store.deleteAudio(before: now.addingTimeInterval(-Self.keptSeconds), limit: 200, in: $0)
            }
            audio += some
            if some < 200 { break }
        }
        try await blobs.visit(olderThan: now.addingTimeInterval(-Self.keptSeconds)) { digest in
            if try await removeUnused(digest) { files += 1 }
        }
        while true {
            let some = try await database.transaction(as: .system) {
                try await GraphCheckpointStore().deleteUnused(since: now.addingTimeInterval(-7 * 86_400), limit: 50, in: $0)
            }
            checkpoints += some
            if some == 0 { break }
        }
        return (audio, files, checkpoints)
    }

    /// Removes a file that nothing refers to.
    @discardableResult
    func removeUnused(_ digest: String) async throws -> Bool {
        try await database.transaction(as: .system) { transaction in
            try await blobs.remove(digest) { try await !store.isReferenced(digest, in: transaction) }
        }
    }
}
