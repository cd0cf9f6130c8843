import Failures
import Speech
import Telemetry

/// Hearing: sound comes in small pieces, and is looked at many times a second.
extension LiveTalk {
    /// Samples between two looks.
    private static let step = 1_024
    /// Samples that are looked at.
    private static let window = LiveEar.rate * 3 / 2
    /// Sound that is kept while nobody speaks.
    private static let kept = LiveEar.rate * 3
    /// Between two trials to write down what is being said.
    private static let partialEvery = LiveEar.rate * 2

    func take(_ bytes: [UInt8]) {
        // What the companion says itself must not be heard as the student's.
        let isDeaf = isMuted || state == .speaking && !hasEchoCancellation
        for at in stride(from: 0, to: bytes.count - 1, by: 2) {
            sound.append(isDeaf ? 0 : Int16(bitPattern: UInt16(bytes[at]) | UInt16(bytes[at + 1]) << 8))
        }
        // Whoever sends faster than anyone speaks loses the oldest of it.
        let most = TurnTaker.longest + Self.window * 2
        if sound.count > most { drop(sound.count - most) }
        soundCame.continuation.yield()
    }

    private func drop(_ count: Int) {
        sound.removeFirst(count)
        soundStart += count
    }

    /// Looks where somebody speaks, each time that enough has come.
    func listen() async throws {
        for await _ in soundCame.stream {
            let now = soundStart + sound.count
            guard now - lastLook >= Self.step, !isMuted else { continue }
            // What came while the last look was taking long is looked at too.
            let start = max(soundStart, min(now, lastLook) - Self.window)
            lastLook = now
            do {
                let voice = try await service.ear.speech(in: Array(sound[(start - soundStart)..<(now - soundStart)]))
                try await take(voice.map { $0.lowerBound + start..<$0.upperBound + start }, now: now)
            } catch let failure as SpeechFailure {
                try await tellOfSilence(failure)
            }
        }
    }

    private func tellOfSilence(_ failure: SpeechFailure) async throws {
        guard !hasToldOfSilence else { return }
        hasToldOfSilence = true
        service.logger.failure("a live talk is not heard", failure)
        try await tell(LiveNote(.notice, text: "Listening is down just now; write instead.", code: "recognition_unavailable"))
    }

    private func take(_ voice: [Range<Int>], now: Int) async throws {
        for event in taker.look(voice, now: now, least: state == .speaking ? TurnTaker.leastOverSpeech : TurnTaker.least) {
            switch event {
            case .began:
                beganOverSpeech = state == .speaking
                lastPartial = now
                written = nil
                if state == .speaking { try await interrupt() }
                toWarm.continuation.yield(.turn)
            case .paused(let range): toWrite.continuation.yield(Stretch(range: range, isPaused: true))
            case .ended(let range):
                ended = range
                if let written, written.range == range {
                    try await deliver()
                } else if !isWriting {
                    toWrite.continuation.yield(Stretch(range: range, isPaused: true))
                }
            }
        }
        guard let beginning = taker.beginning else {
            if ended == nil, sound.count > Self.kept { drop(sound.count - Self.kept) }
            return
        }
        // Not in a silence, in which the turn may end: it would wait for this.
        if !isWriting, now - lastPartial >= max(Self.partialEvery, 4 * writingTakes), taker.isSpeaking(at: now) {
            lastPartial = now
            let rest = words.rest(of: beginning..<now, window: LiveEar.window).rest
            if rest.count <= LiveEar.window { toWrite.continuation.yield(Stretch(range: beginning..<now, isPaused: false)) }
            if rest.count > LiveEar.window * 2 / 3 { toWarm.continuation.yield(.longTurn) }
        }
    }

    /// Writes stretches down one after the other, the latest that was asked for.
    func write() async throws {
        for await asked in toWrite.stream {
            // A pause that its turn has already gone beyond.
            if asked.range.upperBound <= deliveredUpTo { continue }
            var stretch = asked
            while true {
                try await write(stretch)
                guard let ended else { break }
                if written?.range == ended {
                    try await deliver()
                    break
                }
                // The turn ended meanwhile with more in it.
                stretch = Stretch(range: ended, isPaused: true)
            }
        }
    }

    private func write(_ stretch: Stretch) async throws {
        isWriting = true
        defer { isWriting = false }
        let began = soundStart + sound.count
        let (rest, before) = words.rest(of: stretch.range, window: LiveEar.window)
        let part = rest.clamped(to: soundStart..<began)
        do {
            let samples = Array(sound[(part.lowerBound - soundStart)..<(part.upperBound - soundStart)])
            let heard = try await service.ear.words(in: samples, language: session.language ?? before?.language)
            writingTakes = soundStart + sound.count - began
            let found = TurnWords.Written(range: rest, text: heard.text, language: heard.language)
            let all = before.map { $0.followed(by: found) } ?? found
            written = all
            if stretch.isPaused { words.paused(all) }
            if ended == nil, taker.beginning != nil, !all.text.isEmpty, !beganOverSpeech {
                try await tell(LiveNote(.partial, text: all.text))
            }
        } catch let failure as SpeechFailure {
            if ended == stretch.range { ended = nil }
            try await tellOfSilence(failure)
        }
    }

    /// Loads what a turn needs, at the beginning and after a long silence, so that nobody waits for it.
    nonisolated func warm(hears: Bool) async {
        toWarm.continuation.yield(.turn)
        for await warmth in toWarm.stream {
            switch warmth {
            case .turn:
                async let voice: Void = warmVoice()
                if hears { try? await service.ear.warm() }
                await voice
            case .longTurn: try? await service.ear.warmForLong()
            }
        }
    }

    private nonisolated func warmVoice() async {
        guard let personas = try? await service.personas(of: session.userID) else { return }
        let voice = await service.voice(of: personas.first { $0.key == session.persona } ?? personas[0])
        await service.narrator.warm(for: session.language ?? voice?.language ?? "en", wish: voice)
    }

    /// Hands on what a whole turn says.
    private func deliver() async throws {
        guard let words = written else { return }
        deliveredUpTo = words.range.upperBound
        (written, ended) = (nil, nil)
        let isOwn = beganOverSpeech && echo.isEcho(words.text)
        beganOverSpeech = false
        guard words.text.contains(where: { $0.isLetter || $0.isNumber }), !isOwn else { return }
        if state == .thinking || state == .speaking { try await interrupt() }
        utterances.continuation.yield(Utterance(text: words.text, language: words.language))
    }
}
