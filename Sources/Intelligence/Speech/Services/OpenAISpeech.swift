import HTTPClient
import HTTPMessages

/// A server that speaks OpenAI's `/audio/speech`: OpenAI's own, and those that people run themselves.
package struct OpenAISpeech: SpeechService {
    package static let engine = "openai"
    package static let defaultModel = "gpt-4o-mini-tts"

    var engine: String { Self.engine }
    let name = "the OpenAI-compatible server of speech"
    let voices: [ServiceVoice]
    var version: String { "\(model)@\(url)" }
    private let url: String
    private let model: String
    private let key: String?
    private let line: ServiceLine

    static let ownVoices = ["alloy", "ash", "ballad", "coral", "echo", "fable", "nova", "onyx", "sage", "shimmer", "verse"]

    /// - Parameters:
    ///   - url: with the version, `https://api.openai.com/v1`.
    ///   - voices: empty for those of OpenAI.
    init(url: String, model: String, key: String?, voices: [ServiceVoice], client: HTTPClient, tool: AudioTool) {
        (self.url, self.model, self.key) = (url.withoutSlash, model, key)
        self.voices = voices.isEmpty ? Self.ownVoices.map { ServiceVoice($0, Voice.manyLanguages) } : voices
        line = ServiceLine(name: name, client: client, tool: tool)
    }

    func speak(_ text: ServiceText, voice: ServiceVoice, speed: Double) async throws -> ServiceSound {
        let body = Request(
            model: model, input: text.text, voice: voice.code, format: "wav", speed: speed == 1 ? nil : min(max(speed, 0.25), 4))
        var headers = ["Content-Type": "application/json", "Accept": "audio/wav"]
        if let key { headers["Authorization"] = "Bearer \(key)" }
        return try await line.sound(try await line.send(.post, url + "/audio/speech", headers, try ServiceLine.json(body)))
    }

    private struct Request: Encodable {
        let model: String
        let input: String
        let voice: String
        let format: String
        let speed: Double?

        enum CodingKeys: String, CodingKey {
            case model, input, voice, speed
            case format = "response_format"
        }
    }
}
