import Ambient
import Concurrency
import Failures
import Speech

extension ReadAloudService {
    /// What is sent while a text is read aloud.
    enum Heard: Sendable {
        /// Some of the text's sound as a file of its own, and its words; times count from the beginning of the whole.
        case part(number: Int, voice: Voice, form: AudioForm, file: [UInt8], start: Int, end: Int, words: [NarratedWord])
        /// All of it, as it is kept.
        case kept(SpokenAudio)
    }

    /// Reads something aloud, and gives its sound while the rest of it is still to be spoken. What was read before is given as it is kept.
    ///
    /// - Parameter give: returns when whoever listens has taken it.
    func stream(_ plan: Plan, _ give: @escaping @Sendable (Heard) async throws -> Void) async throws {
        if let known = try await known(plan.key, user: plan.audio.userID), known.state == .ready {
            return try await give(.kept(known))
        }
        try await streams.withPermit {
            let parts = SpokenParts(form: plan.audio.form, tool: tool, give: give)
            let kept = try await spoken(
                plan.audio, plan.text, voice: plan.voice, hearing: { try await parts.take($0) },
                keeping: { try await keep($0, key: plan.key).audio })
            try await parts.finish()
            try await give(.kept(kept))
        }
    }
}

/// Joins pieces until they end in a silence, so that a player may take a moment between two parts.
private actor SpokenParts {
    private let form: AudioForm
    private let tool: AudioTool
    private let give: @Sendable (ReadAloudService.Heard) async throws -> Void
    private var open: [Narrator.Part] = []
    private var number = 0

    init(form: AudioForm, tool: AudioTool, give: @escaping @Sendable (ReadAloudService.Heard) async throws -> Void) {
        (self.form, self.tool, self.give) = (form, tool, give)
    }

    func take(_ part: Narrator.Part) async throws {
        open.append(part)
        if part.isPausing { try await send() }
    }

    func finish() async throws { try await send() }

    private func send() async throws {
        guard let first = open.first else { return }
        let samples = open.flatMap(\.samples)
        let words = open.flatMap(\.words)
        open = []
        // The first is heard before an encoder would have started.
        let form = number == 0 ? .wav : form
        let file = try await tool.encode(samples, rate: Narrator.rate, as: form)
        defer { number += 1 }
        try await give(
            .part(
                number: number, voice: first.voice, form: form, file: file, start: first.start,
                end: first.start + samples.count * 1000 / Narrator.rate, words: words))
    }
}
