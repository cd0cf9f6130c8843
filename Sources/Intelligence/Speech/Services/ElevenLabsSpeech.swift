import FoundationEssentials
import HTTPClient
import HTTPMessages

/// ElevenLabs: sound with the time of each letter.
package struct ElevenLabsSpeech: SpeechService {
    package static let engine = "elevenlabs"
    package static let defaultModel = "eleven_multilingual_v2"
    /// The speeds that it has; what is beyond is changed here.
    private static let speeds = 0.7...1.2
    private static let rate = 22_050

    var engine: String { Self.engine }
    let name = "ElevenLabs"
    let voices: [ServiceVoice]
    var version: String { model }
    private let url: String
    private let key: String
    private let model: String
    private let line: ServiceLine

    /// - Parameters:
    ///   - url: `https://api.elevenlabs.io`.
    ///   - voices: by their ids; empty for two that every account has.
    init(url: String, key: String, model: String, voices: [ServiceVoice], client: HTTPClient, tool: AudioTool) {
        (self.url, self.key, self.model) = (url.withoutSlash, key, model)
        self.voices =
            voices.isEmpty
            ? [
                ServiceVoice("JBFqnCBsd6RMkjVDRZzb", name: "George", Voice.manyLanguages, .male),
                ServiceVoice("EXAVITQu4vr4xnSDxMaL", name: "Sarah", Voice.manyLanguages, .female),
            ] : voices
        line = ServiceLine(name: name, client: client, tool: tool)
    }

    func speak(_ text: ServiceText, voice: ServiceVoice, speed: Double) async throws -> ServiceSound {
        let own = min(max(speed, Self.speeds.lowerBound), Self.speeds.upperBound)
        let body = Request(text: text.text, model: model, settings: own == 1 ? nil : .init(speed: own))
        let bytes = try await line.send(
            .post, "\(url)/v1/text-to-speech/\(voice.code.percentEncoded)/with-timestamps?output_format=pcm_\(Self.rate)",
            ["Content-Type": "application/json", "Accept": "application/json", "xi-api-key": key], try ServiceLine.json(body))
        let answer = try line.decoded(bytes, as: Answer.self)
        guard let audio = Data(base64Encoded: answer.audio) else { throw SpeechFailure(.broken, "\(name) sent no sound.") }
        let samples = ServiceLine.samples(Array(audio))
        if own != speed {
            // Its times are of another speed.
            return try await line.sound(
                WaveFile.head(rate: Self.rate, bytes: samples.count * 2) + WaveFile.bytes(of: samples), speed: speed / own)
        }
        var sound = ServiceSound(samples: samples, rate: Self.rate)
        sound.ends = answer.alignment?.begun(in: text.text).flatMap { text.ends(begun: $0, rate: Self.rate, count: samples.count) }
        return sound
    }

    private struct Request: Encodable {
        struct Settings: Encodable { let speed: Double }

        let text: String
        let model: String
        let settings: Settings?

        enum CodingKeys: String, CodingKey {
            case text
            case model = "model_id"
            case settings = "voice_settings"
        }
    }

    struct Answer: Decodable {
        struct Alignment: Decodable {
            let characters: [String]
            let starts: [Double]

            enum CodingKeys: String, CodingKey {
                case characters
                case starts = "character_start_times_seconds"
            }

            /// At which byte of the text what begins when; nil unless it is of this text.
            func begun(in text: String) -> [(place: Int, time: Double)]? {
                guard characters.count == starts.count, characters.joined() == text else { return nil }
                var place = 0
                return zip(characters, starts).map { character, start in
                    defer { place += character.utf8.count }
                    return (place, start)
                }
            }
        }

        let audio: String
        let alignment: Alignment?

        enum CodingKeys: String, CodingKey {
            case alignment
            case audio = "audio_base64"
        }
    }
}
