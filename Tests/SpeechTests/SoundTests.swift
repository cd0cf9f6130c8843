import Glibc
@testable import Speech
import Synchronization
import Testing

struct SoundTests {
    private func tone(_ hertz: Double, rate: Int, seconds: Double) -> [Int16] {
        (0..<Int(Double(rate) * seconds)).map { Int16(12_000 * sin(2 * .pi * hertz * Double($0) / Double(rate))) }
    }

    private func crossings(_ samples: [Int16]) -> Int { zip(samples, samples.dropFirst()).count { $0 < 0 && $1 >= 0 } }

    @Test(arguments: [(16_000, 22_050), (22_050, 16_000), (8_000, 22_050), (44_100, 22_050), (22_050, 22_050)])
    func `a tone keeps its height and strength at another rate`(_ from: Int, _ to: Int) {
        let samples = Resampler.resample(tone(440, rate: from, seconds: 1), from: from, to: to)
        #expect(abs(samples.count - to) <= 1)
        #expect(abs(crossings(samples) - 440) <= 1)
        let middle = samples[to / 4..<3 * to / 4].map { Int($0) }
        #expect((11_500...12_500).contains(middle.max() ?? 0))
    }

    @Test func `what is too high for the lower rate is not there`() {
        let samples = Resampler.resample(tone(10_000, rate: 44_100, seconds: 0.5), from: 44_100, to: 16_000)
        #expect((samples[1_000..<7_000].map { abs(Int($0)) }.max() ?? 0) < 1_500)
    }

    @Test func `a WAV file comes back as it was`() throws {
        let samples = tone(300, rate: 16_000, seconds: 0.1)
        let bytes = WaveFile.bytes(of: samples)
        let read = try WaveFile.read(WaveFile.head(rate: 16_000, bytes: bytes.count) + bytes)
        #expect(read.samples == samples)
        #expect(read.rate == 16_000)
        #expect(throws: SpeechFailure.self) { try WaveFile.read([1, 2, 3]) }
        #expect(throws: SpeechFailure.self) { try WaveFile.read([UInt8](repeating: 0, count: 100)) }
    }

    @Test(.enabled(if: AudioTool.isInstalled), arguments: AudioForm.allCases)
    func `sound of each form is as long as it was`(_ form: AudioForm) async throws {
        let tool = AudioTool(sandbox: SpeechBench.sandbox)
        let bytes = try await tool.encode(tone(440, rate: 22_050, seconds: 3), rate: 22_050, as: form)
        let heads: [AudioForm: [UInt8]] = [.mp3: [0xFF], .opus: Array("OggS".utf8), .wav: Array("RIFF".utf8)]
        #expect(bytes.starts(with: heads[form] ?? []))
        let samples = Mutex(0)
        try await SpeechBench.withFile(bytes) { path in
            try await tool.decode(path, atMost: 100) { more in samples.withLock { $0 += more.count / 2 } }
        }
        #expect(abs(samples.withLock { $0 } - 48_000) < 2_400)
    }

    @Test(.enabled(if: AudioTool.isInstalled)) func `what is no sound is refused`() async throws {
        await #expect(throws: SpeechFailure.self) {
            try await SpeechBench.withFile(Array("no sound at all".utf8)) { path in
                try await AudioTool(sandbox: SpeechBench.sandbox).decode(path, atMost: 10) { _ in }
            }
        }
    }
}

struct AlignmentTests {
    @Test(arguments: [
        ([3, 5, 2], [3, 5, 2], [3, 9, 12]),  // A group a word.
        ([2, 2, 3], [4, 3], [2, 4, 8]),  // The first two are joined.
        ([6, 3], [2, 4, 3], [7, 11]),  // The first is parted.
        ([2, 2], [4], [2, 4]), ([3], [3], [3]),
    ]) func `phonemes find their words`(_ words: [Int], _ groups: [Int], _ ends: [Int]) {
        #expect(PhonemeAlignment.ends(of: words, in: groups) == ends)
    }

    @Test func `whatever the lengths, words end in order and within`() {
        for words in 0..<8 {
            for groups in 0..<8 {
                let (lengths, sizes) = ((0..<words).map { $0 * 7 % 5 + 1 }, (0..<groups).map { $0 * 3 % 4 + 1 })
                let ends = PhonemeAlignment.ends(of: lengths, in: sizes)
                #expect(ends.count == words)
                #expect(ends == ends.sorted())
                #expect(ends.allSatisfy { $0 <= sizes.reduce(0, +) + max(0, groups - 1) })
            }
        }
    }

    @Test func `flite is told plain words, and each word knows its tokens`() {
        let piece = SpokenPiece(
            words: [
                SpokenWord(range: 0..<4, text: "caf\u{E9}", said: ["caf\u{E9}"], mark: ","),
                SpokenWord(range: 5..<8, text: "3.5", said: ["three", "point", "five"]),
                SpokenWord(range: 9..<10, text: "\u{43A}", said: ["\u{43A}"]),
                SpokenWord(range: 11..<14, text: "end", said: ["end"], mark: "?"),
            ], language: "en", pause: 0)
        let script = FliteScript(piece)
        #expect(script.tokens == ["cafe,", "three", "point", "five", "end"])
        #expect(script.ending == "?")
        #expect(script.wordEnds([10, 20, 30, 40, 50]) == [10, 40, 40, 50])
    }
}
