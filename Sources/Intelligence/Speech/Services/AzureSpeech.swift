import HTTPClient
import HTTPMessages

/// Azure Speech: SSML to the endpoint of a region.
package struct AzureSpeech: SpeechService {
    package static let engine = "azure"

    var engine: String { Self.engine }
    let name = "Azure Speech"
    let voices: [ServiceVoice]
    let version = "1"
    private let url: String
    private let key: String
    private let line: ServiceLine

    /// - Parameters:
    ///   - url: `https://westeurope.tts.speech.microsoft.com`, or of a resource, `https://NAME.cognitiveservices.azure.com`.
    ///   - voices: empty for one of each language.
    init(url: String, key: String, voices: [ServiceVoice], client: HTTPClient, tool: AudioTool) {
        let base = url.withoutSlash
        // A resource's own address has the services below folders.
        self.url = base + (base.hasSuffix(".cognitiveservices.azure.com") ? "/tts" : "") + "/cognitiveservices/v1"
        self.key = key
        self.voices = voices.isEmpty ? Self.ownVoices.map { Self.voice($0, $1) } : voices
        line = ServiceLine(name: name, client: client, tool: tool)
    }

    /// `en-GB-SoniaNeural` speaks English.
    static func voice(_ code: String, _ gender: Voice.Gender = .unknown) -> ServiceVoice {
        let parts = code.split(separator: "-")
        let language = parts.first.map { $0.lowercased() } ?? Voice.manyLanguages
        let name = parts.last.map { String($0).replacing("Neural", with: "") } ?? code
        return ServiceVoice(code, name: name, language, gender)
    }

    func speak(_ text: ServiceText, voice: ServiceVoice, speed: Double) async throws -> ServiceSound {
        let headers = [
            "Content-Type": "application/ssml+xml", "Ocp-Apim-Subscription-Key": key,
            "X-Microsoft-OutputFormat": "riff-24khz-16bit-mono-pcm",
        ]
        let body = Self.ssml(text.text, voice: voice.code, speed: speed)
        return try await line.sound(try await line.send(.post, url, headers, Array(body.utf8)))
    }

    static func ssml(_ text: String, voice: String, speed: Double) -> String {
        let locale = voice.split(separator: "-").prefix(2).joined(separator: "-").escapedForXML
        var inner = text.escapedForXML
        if speed != 1 {
            let percent = Int(((min(max(speed, 0.5), 2) - 1) * 100).rounded())
            inner = "<prosody rate=\"\(percent < 0 ? "" : "+")\(percent)%\">\(inner)</prosody>"
        }
        return "<speak version=\"1.0\" xmlns=\"http://www.w3.org/2001/10/synthesis\" xml:lang=\"\(locale)\">"
            + "<voice name=\"\(voice.escapedForXML)\">\(inner)</voice></speak>"
    }

    private static let ownVoices: [(String, Voice.Gender)] = [
        ("en-US-JennyNeural", .female), ("en-US-GuyNeural", .male), ("en-GB-SoniaNeural", .female), ("de-DE-KatjaNeural", .female),
        ("de-DE-ConradNeural", .male), ("fr-FR-DeniseNeural", .female), ("es-ES-ElviraNeural", .female),
        ("it-IT-ElsaNeural", .female), ("pt-BR-FranciscaNeural", .female), ("nl-NL-ColetteNeural", .female),
        ("pl-PL-ZofiaNeural", .female), ("sv-SE-SofieNeural", .female), ("ru-RU-SvetlanaNeural", .female),
        ("uk-UA-PolinaNeural", .female), ("tr-TR-EmelNeural", .female), ("zh-CN-XiaoxiaoNeural", .female),
        ("ja-JP-NanamiNeural", .female), ("ko-KR-SunHiNeural", .female), ("ar-EG-SalmaNeural", .female),
        ("hi-IN-SwaraNeural", .female), ("el-GR-AthinaNeural", .female), ("he-IL-HilaNeural", .female),
        ("fi-FI-NooraNeural", .female), ("cs-CZ-VlastaNeural", .female), ("hu-HU-NoemiNeural", .female),
        ("ro-RO-AlinaNeural", .female), ("da-DK-ChristelNeural", .female),
    ]
}
