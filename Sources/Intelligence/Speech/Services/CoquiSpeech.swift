import HTTPClient
import HTTPMessages

/// Coqui's `tts-server`: one model, with speakers or without.
package struct CoquiSpeech: SpeechService {
    package static let engine = "coqui"
    /// The voice of a model that has one speaker.
    static let onlyVoice = "default"

    var engine: String { Self.engine }
    let name = "the Coqui server"
    let voices: [ServiceVoice]
    var version: String { url }
    private let url: String
    private let line: ServiceLine

    /// - Parameters:
    ///   - url: `http://127.0.0.1:5002`.
    ///   - voices: speakers; empty for a model that has one, which speaks English.
    init(url: String, voices: [ServiceVoice], client: HTTPClient, tool: AudioTool) {
        self.url = url.withoutSlash
        self.voices = voices.isEmpty ? [ServiceVoice(Self.onlyVoice, name: "Coqui", "en")] : voices
        line = ServiceLine(name: name, client: client, tool: tool)
    }

    func speak(_ text: ServiceText, voice: ServiceVoice, speed: Double) async throws -> ServiceSound {
        var query = "text=\(text.text.percentEncoded)"
        if voice.code != Self.onlyVoice { query += "&speaker_id=\(voice.code.percentEncoded)" }
        // A model of many languages asks which; others do not look at it.
        if voice.language == Voice.manyLanguages { query += "&language_id=\(text.language)" }
        return try await line.sound(
            try await line.send(.get, "\(url)/api/tts?\(query)", ["Accept": "audio/wav"]), speed: speed)
    }
}
