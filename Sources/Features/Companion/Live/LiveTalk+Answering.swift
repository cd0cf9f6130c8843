import Ambient
import Concurrency
import Failures
import FoundationEssentials
import Speech
import Telemetry
import WebSockets

/// Answering: one turn after the other, each until it is spoken or interrupted.
extension LiveTalk {
    func converse() async throws {
        for await utterance in utterances.stream {
            try await tell(LiveNote(.heard, text: utterance.text))
            try await enter(.thinking)
            let before = interruptions.withLock { $0 }
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await self.answer(utterance) }
                group.addTask { await self.interruptions.wait { $0 != before } }
                defer { group.cancelAll() }
                try await group.next()
                group.cancelAll()
                // What ends because it was interrupted is no failure.
                while let rest = await group.nextResult() {
                    if case .failure(let error) = rest, !(error is CancellationError) { try await tell(of: error) }
                }
            }
            if interruptions.withLock({ $0 == before }) { try await enter(isMuted ? .muted : .listening) }
        }
    }

    private func answer(_ utterance: Utterance) async throws {
        let (queue, sink) = AsyncStream<String>.makeStream()
        let gatherer = Gatherer(sink)
        do {
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    let (turn, _) = try await self.service.turn(utterance.text, heardIn: utterance.language, of: self.session) {
                        piece in
                        gatherer.add(piece)
                    }
                    gatherer.finish()
                    try await self.tell(
                        LiveNote(
                            .answer, text: turn.text, messageID: turn.messageID?.uuidString.lowercased(),
                            imageURL: turn.picture.map { "companion/pictures/\($0.uuidString.lowercased())" }))
                }
                group.addTask { try await self.speak(queue) }
                defer { sink.finish() }
                try await group.waitForAll()
            }
            try await untilPlayed(sentence)
        } catch {
            try Task.checkCancellation()
            if error is CancellationError { throw error }
            try await tell(of: error)
        }
    }

    private func tell(of error: any Error) async throws {
        service.logger.failure("a turn of a live talk failed", error)
        let code = FailureCode(of: error)
        let text = (error as? any Failure).flatMap { code == .internal ? nil : $0.message }
        try await tell(LiveNote(.error, text: text ?? "Something went wrong. Try again.", code: code.rawValue))
    }

    /// Speaks sentences as they come. Where no engine speaks they stand as captions.
    private nonisolated func speak(_ sentences: AsyncStream<String>) async throws {
        let personas = try await service.personas(of: session.userID)
        let persona = personas.first { $0.key == session.persona } ?? personas[0]
        let voice = await service.voice(of: persona)
        var (isSilent, isFirst) = (false, true)
        for await text in sentences {
            try Task.checkCancellation()
            let number = try await begin(text)
            guard !isSilent else { continue }
            do {
                let isAwaited = isFirst
                let spoken = await BlockingPool.shared.run { SpokenText(text, isAwaited: isAwaited) }
                isFirst = false
                guard !spoken.pieces.isEmpty else { continue }
                _ = try await service.narrator.narrate(spoken, wish: voice, speed: persona.speed) { part in
                    try await self.enter(.speaking)
                    // A second at a time, so that an interruption is not behind a long sentence.
                    for start in stride(from: 0, to: part.samples.count, by: Narrator.rate) {
                        let piece = Array(part.samples[start..<min(part.samples.count, start + Narrator.rate)])
                        try Task.checkCancellation()
                        try await self.socket.send(Self.head(number) + WaveFile.bytes(of: piece))
                    }
                }
            } catch let failure as SpeechFailure {
                service.logger.failure("a sentence was not spoken", failure)
                isSilent = true
                try await tell(LiveNote(.notice, text: "Speech is down, answering in text.", code: "speech_unavailable"))
            }
        }
    }

    /// A sentence as caption, with its number.
    private func begin(_ text: String) async throws -> Int {
        sentence += 1
        let number = sentence
        echo.speaks(text)
        try await tell(LiveNote(.sentence, text: text, number: number))
        return number
    }

    private static func head(_ number: Int) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) } }

    /// The companion speaks until the client has played what it was sent.
    private func untilPlayed(_ last: Int) async throws {
        guard state == .speaking else { return }
        try await tell(LiveNote(.spoken, number: last))
        await played.wait(atMost: .seconds(120)) { $0 >= last }
        try Task.checkCancellation()
    }
}

/// Makes sentences of an answer that grows, and leaves the rest of a long one to be read.
private final class Gatherer: Sendable {
    private struct Held {
        var sentences = Sentences()
        var said = 0
        var isOver = false
    }

    private let held = AsyncMonitor(Held())
    private let sink: AsyncStream<String>.Continuation

    init(_ sink: AsyncStream<String>.Continuation) { self.sink = sink }

    func add(_ piece: String) {
        for sentence in held.withLock({ held in held.sentences.add(piece) }) { pass(sentence) }
    }

    func finish() {
        if let rest = held.withLock({ $0.sentences.rest() }) { pass(rest) }
        sink.finish()
    }

    private func pass(_ sentence: String) {
        let text = Speakable.withoutCitations(sentence)
        guard text.contains(where: { $0.isLetter || $0.isNumber }) else { return }
        let passes = held.withLock { held -> Bool in
            guard !held.isOver else { return false }
            held.said += text.count
            held.isOver = held.said > Speakable.longest
            return true
        }
        guard passes else { return }
        sink.yield(text)
        if held.withLock({ $0.isOver }) { sink.yield(OwnWords.restOnScreen(Phrase(text).language ?? "en")) }
    }
}
