import FoundationEssentials
import Synchronization

/// A voice of Piper as it lies on the disk: the model, `NAME.onnx`, and what is told of it, `NAME.onnx.json`.
package struct PiperVoiceFile: Sendable, Equatable {
    package let path: String
    /// `en_US-joe-medium`
    package let name: String
    /// Samples a second.
    let rate: Int
    /// The language of its phonemes, as espeak-ng names it.
    let espeakVoice: String
    /// `en_US`
    package let languageCode: String
    /// The numbers of each phoneme.
    let phonemes: [String: [Int64]]

    private struct Description: Decodable {
        struct Audio: Decodable {
            var sampleRate: Int
            private enum CodingKeys: String, CodingKey { case sampleRate = "sample_rate" }
        }
        struct Espeak: Decodable { var voice: String }
        struct Language: Decodable { var code: String? }
        var audio: Audio
        var espeak: Espeak
        var language: Language?
        var phonemes: [String: [Int64]]
        var speakers: Int?

        private enum CodingKeys: String, CodingKey {
            case audio, espeak, language
            case phonemes = "phoneme_id_map"
            case speakers = "num_speakers"
        }
    }

    /// nil unless both files are there and fit.
    package init?(path: String) {
        guard path.hasSuffix(".onnx"), FileManager.default.isReadableFile(atPath: path),
            let text = FileManager.default.contents(atPath: path + ".json"),
            let about = try? JSONDecoder().decode(Description.self, from: text), (8_000...48_000).contains(about.audio.sampleRate),
            about.speakers ?? 1 <= 1, about.phonemes["^"] != nil, about.phonemes["_"] != nil
        else { return nil }
        self.path = path
        name = String((path.split(separator: "/").last ?? "").dropLast(5))
        rate = about.audio.sampleRate
        espeakVoice = about.espeak.voice
        languageCode = about.language?.code ?? String(name.prefix { $0 != "-" })
        phonemes = about.phonemes
    }

    /// Descriptions that were read, with the times of their files: they are asked for again and again, and hold a page of numbers.
    private static let read = Mutex<[String: (times: [Date?], file: PiperVoiceFile?)]>([:])

    /// The same, read anew only where a file has changed.
    static func known(at path: String) -> PiperVoiceFile? {
        let times = [path, path + ".json"].map {
            (try? FileManager.default.attributesOfItem(atPath: $0))?[.modificationDate] as? Date
        }
        if let known = read.withLock({ $0[path] }), known.times == times { return known.file }
        let file = PiperVoiceFile(path: path)
        read.withLock { $0[path] = (times, file) }
        return file
    }

    /// As ISO 639-1.
    package var language: String { String(languageCode.prefix { $0 != "_" && $0 != "-" }).lowercased() }
}
