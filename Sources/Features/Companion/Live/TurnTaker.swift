/// Decides from where a voice was found in the sound when somebody begins to speak and when they are done.
///
/// All places are numbers of samples since the beginning of the talk, 16,000 a second.
struct TurnTaker: Sendable {
    enum Event: Sendable, Equatable {
        /// Somebody speaks.
        case began
        /// They pause: likely the end, so that what they said may be written down already.
        case paused(Range<Int>)
        /// They are done.
        case ended(Range<Int>)
    }

    private static let second = 16_000
    /// Less is a cough or a click.
    static let least = second * 12 / 100
    /// The same while the companion speaks: what is left of its own voice comes in shreds.
    static let leastOverSpeech = second * 16 / 100
    /// Before the voice, for soft beginnings; behind it likewise.
    static let margin = second / 5
    /// Silence after which it is written down on trial.
    static let pause = second / 5
    /// Silence that ends a turn.
    static let end = second * 6 / 10
    /// The longest turn; the recogniser takes half a minute.
    static let longest = second * 28

    private var start: Int?
    private var lastVoice = 0
    private var hasPaused = false
    /// What lies before belongs to earlier turns.
    private var floor = 0

    /// Where the turn that is being spoken began; nil between turns.
    var beginning: Int? { start }

    /// Whether somebody speaks just now, and is not between two words.
    func isSpeaking(at now: Int) -> Bool { start != nil && now - lastVoice < Self.pause / 2 }

    /// - Parameters:
    ///   - voice: where a voice was found, in order; of the last seconds.
    ///   - now: the end of the sound.
    ///   - least: samples of the shortest voice.
    mutating func look(_ voice: [Range<Int>], now: Int, least: Int = Self.least) -> [Event] {
        let voice = voice.map { $0.clamped(to: min(floor, now)..<now) }.filter { $0.count >= least }
        var events: [Event] = []
        if start == nil {
            guard let first = voice.first, let last = voice.last else { return [] }
            start = max(floor, first.lowerBound - Self.margin)
            lastVoice = last.upperBound
            hasPaused = false
            events.append(.began)
        } else if let last = voice.last, last.upperBound > lastVoice {
            // The finder moves the end of a voice a little as more comes: what was written on trial is still the whole.
            if last.upperBound > lastVoice + Self.second / 20 { hasPaused = false }
            if !hasPaused { lastVoice = last.upperBound }
        }
        guard let start else { return events }
        let turn = start..<min(now, lastVoice + Self.margin)
        if now - lastVoice >= Self.end || now - start >= Self.longest {
            events.append(.ended(turn))
            floor = turn.upperBound
            self.start = nil
        } else if now - lastVoice >= Self.pause, !hasPaused {
            hasPaused = true
            events.append(.paused(turn))
        }
        return events
    }

    /// Forgets a turn that has begun, and all before some place.
    mutating func forget(before place: Int) {
        start = nil
        floor = max(floor, place)
    }
}
