import Foundation
import Sandbox
import SeededTesting
@testable import Speech
import Testing

@Suite(.timeLimit(.minutes(3)))
struct SpeakerTests {
    /// Vectors around some directions, as prints of voices are: two of one person have a cosine of some .7, of two people .2.
    private func voices(_ people: [Int], seed: UInt64 = 1) -> [[Float]] {
        var random = SeededGenerator(seed: seed)
        func direction() -> [Float] { Vectors.unit((0..<64).map { _ in Float.random(in: -1...1, using: &random) }) }
        let centres = (0...(people.max() ?? 0)).map { _ in direction() }
        return people.map { person in
            let noise = direction()
            return Vectors.unit(zip(centres[person], noise).map { $0 + 0.6 * $1 })
        }
    }

    private func same(_ one: [Int], _ other: [Int]) -> Bool {
        one.count == other.count && Set(zip(one, other).map { "\($0) \($1)" }).count == Set(one).count
            && Set(one).count == Set(other).count
    }

    @Test(arguments: [1, 2, 3, 5]) func `people are found, and told apart`(_ count: Int) {
        let people = (0..<120).map { $0 / 7 % count }
        let all = voices(people)
        #expect(same(VoiceClusters.labels(of: all, count: nil), people))
        #expect(same(VoiceClusters.labels(of: all, count: count), people))
    }

    @Test func `a cough is nobody`() {
        let people = (0..<60).map { $0 % 2 } + [2]
        let labels = VoiceClusters.labels(of: voices(people), count: 2)
        #expect(same(Array(labels.dropLast()), Array(people.dropLast())) && labels.count == 61)
        #expect(Set(VoiceClusters.labels(of: voices(people), count: nil)).count == 2)
    }

    @Test func `more than are compared go to the nearest, and few are no trouble`() {
        let people = (0..<5_000).map { $0 / 50 % 3 }
        #expect(same(VoiceClusters.labels(of: voices(people), count: 3), people))
        #expect(VoiceClusters.labels(of: [], count: nil).isEmpty)
        #expect(VoiceClusters.labels(of: voices([0]), count: 4) == [0])
        #expect(VoiceClusters.labels(of: voices([0, 1]), count: 4).count == 2)
        #expect(VoiceClusters.labels(of: [[Float]](repeating: [0, 0], count: 9), count: nil).count == 9)
        #expect(VoiceClusters.labels(of: [[Float]](repeating: [.nan, 0], count: 9), count: 2).count == 9)
    }

    @Test func `turns have the borders between the middles of stretches that overlap`() {
        let voices = [(0, 1_600), (800, 2_400), (1_600, 3_200), (8_000, 9_000)].map {
            HeardVoice(start: $0.0, end: $0.1, vector: [])
        }
        #expect(
            SpeakerTurns.turns(of: voices, labels: [4, 2, 2, 4]) == [
                SpeakerTurn(start: 0, end: 1_200, speaker: 0), SpeakerTurn(start: 1_200, end: 3_200, speaker: 1),
                SpeakerTurn(start: 8_000, end: 9_000, speaker: 0),
            ])
    }

    @Test func `without its model it says so`() async throws {
        let finder = VoiceSpeakerFinder(folder: SpeechFolder(path: "/nowhere"), sandbox: SpeechBench.sandbox)
        #expect(!finder.isReady)
    }

    /// Two voices of flite take turns, a sentence each.
    @Test(.enabled(if: SpeechBench.folder?.canTellSpeakers == true)) func `two voices are told apart`() async throws {
        let folder = try #require(SpeechBench.folder)
        let flite = FliteSynthesizer(sandbox: SpeechBench.sandbox)
        let voices = try ["slt", "rms"].map { name in try #require(flite.voices().first { $0.id == name }) }
        let sentences = [
            "The cell is the smallest unit of life.", "What does a cell need to live?", "It needs water, energy and a wall.",
            "And where does the energy come from?", "Most of it comes from the light of the sun.",
            "So every animal lives on light.",
        ]
        var (samples, borders) = ([Int16](), [Int]())
        for (number, sentence) in sentences.enumerated() {
            try await flite.speak(SpeechBench.pieces(sentence), voice: voices[number % 2], speed: 1) { sound in
                samples += Resampler.resample(sound.samples, from: sound.rate, to: SampleFile.rate)
            }
            samples += [Int16](repeating: 0, count: SampleFile.rate / 2)
            borders.append(samples.count * 1000 / SampleFile.rate)
        }
        let finder = VoiceSpeakerFinder(folder: folder, sandbox: SpeechBench.sandbox)
        for count in [nil, 2] {
            let turns = try await SpeechBench.withFile(WaveFile.bytes(of: samples)) { path in
                try await finder.turns(in: try SampleFile(path: path), count: count) { _ in }
            }
            #expect(Set(turns.map(\.speaker)) == [0, 1])
            for (number, end) in borders.enumerated() {
                let middle = ((number == 0 ? 0 : borders[number - 1]) + end - 500) / 2
                #expect(turns.first { $0.start <= middle && middle < $0.end }?.speaker == number % 2, "\(number)")
            }
        }
        await finder.worker.retire(afterIdle: .zero)
    }
}

struct FrameScanTests {
    private func scan(_ lines: [String], hasTimes: Bool) -> [SoundBreak] {
        var scan = FrameScan(hasTimes: hasTimes)
        let bytes = Array((lines.joined(separator: "\n") + "\n").utf8)
        // However they come.
        for start in stride(from: 0, to: bytes.count, by: 7) { scan.take(Array(bytes[start..<min(start + 7, bytes.count)])) }
        return scan.breaks
    }

    @Test func `a jump of the times is a break, where it is and as long as it is`() {
        let lines = [0.5, 1.0, 4.0, 4.5, 9.0].map { "pts_time=\($0)|pkt_duration_time=0.5|pkt_pos=N/A|pkt_size=10" }
        #expect(
            scan(lines + ["nonsense", "pts_time=N/A|pkt_size=3"], hasTimes: true) == [
                SoundBreak(position: 1_000, length: 2_500, unseen: 0), SoundBreak(position: 2_000, length: 4_000, unseen: 0),
            ])
    }

    @Test func `without times the bytes between frames tell`() {
        let lines = (0..<4).map { "pts_time=\($0).0|duration_time=1.0|pkt_pos=\($0 * 100 + ($0 > 1 ? 250 : 0))|pkt_size=100" }
        #expect(scan(lines, hasTimes: false) == [SoundBreak(position: 2_000, length: 0, unseen: 2_500)])
        #expect(scan(lines, hasTimes: true).isEmpty)
    }
}
