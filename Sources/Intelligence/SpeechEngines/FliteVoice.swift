import CFlite
import SpeechMessages

/// A voice of flite, for English: small, quick, and always there.
///
/// flite is told words and no text: it drops letters that are not ASCII without a word, and hangs on one of thousands of letters.
final class FliteVoice {
    private static let longestWord = 40
    nonisolated(unsafe) private static var isStarted = false
    private let voice: UnsafeMutablePointer<cst_voice>

    /// - Parameter name: `slt`, `rms` or `awb`.
    init(_ name: String) throws(SpeechEngineFailure) {
        if !Self.isStarted {
            flite_init()
            Self.isStarted = true
        }
        let register: [String: @Sendable () -> UnsafeMutablePointer<cst_voice>?] = [
            "slt": { register_cmu_us_slt(nil) }, "rms": { register_cmu_us_rms(nil) }, "awb": { register_cmu_us_awb(nil) },
        ]
        guard let made = register[name]?() else { throw .refused("flite has no voice \(name)") }
        voice = made
    }

    /// - Parameters:
    ///   - words: of ASCII, without spaces.
    ///   - ending: the mark after the last, which the melody follows.
    ///   - speed: 1 as it is, 2 twice as fast.
    func speak(_ words: [String], ending: String, speed: Float) throws(SpeechEngineFailure) -> SpeechReply {
        for word in words where word.utf8.count > Self.longestWord || word.utf8.contains(where: { !(0x21...0x7E).contains($0) }) {
            throw .refused("a word that flite cannot take")
        }
        feat_set_float(voice.pointee.features, "duration_stretch", 1 / speed)
        guard let utterance = flite_synth_text(words.joined(separator: " ") + ending, voice) else {
            throw .refused("flite made nothing of it")
        }
        defer { delete_utterance(utterance) }
        guard let wave = utt_wave(utterance) else { throw .refused("flite made no sound of it") }
        let count = max(0, Int(wave.pointee.num_samples))
        let rate = Int(wave.pointee.sample_rate)
        let samples = wave.pointee.samples.map { Array(UnsafeBufferPointer(start: $0, count: count)) } ?? []
        return .sound(samples: samples, rate: rate, ends: ends(of: words.count, in: utterance, rate: rate, count: samples.count))
    }

    /// Where each word ends; nothing if flite cut the text otherwise than by its spaces.
    private func ends(of words: Int, in utterance: UnsafeMutablePointer<cst_utterance>, rate: Int, count: Int) -> [Int] {
        var ends: [Int] = []
        var token = utt_relation(utterance, "Token").flatMap { relation_head($0) }
        while let item = token {
            var last = ends.last ?? 0
            var word = item_daughter(item)
            while let part = word {
                let end = ffeature_float(part, "R:SylStructure.daughtern.daughtern.R:Segment.end")
                last = max(last, min(count, Int(end * Float(rate))))
                word = item_next(part)
            }
            ends.append(last)
            token = item_next(item)
        }
        return ends.count == words ? ends : []
    }
}
