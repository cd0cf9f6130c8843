import Ambient
import Cryptography
import FoundationEssentials
import HTTPClient
import HTTPMessages

/// Amazon Polly: sound, and by a second request when each word begins.
package struct PollySpeech: SpeechService {
    package static let engine = "polly"
    package static let defaultModel = "neural"
    /// The most that it has without a codec.
    private static let rate = 16_000

    var engine: String { Self.engine }
    let name = "Amazon Polly"
    let voices: [ServiceVoice]
    var version: String { model }
    private let url: String
    private let host: String
    private let model: String
    private let signature: AmazonSignature
    private let line: ServiceLine
    private let ambient: Ambient

    /// - Parameters:
    ///   - url: `https://polly.eu-central-1.amazonaws.com`.
    ///   - model: what Amazon calls an engine: `standard`, `neural`, `long-form`, `generative`.
    ///   - voices: empty for one of each language.
    init(
        url: String, accessKey: String, secretKey: String, region: String, model: String, voices: [ServiceVoice],
        client: HTTPClient,
        tool: AudioTool, ambient: Ambient
    ) {
        self.url = url.withoutSlash
        host = String(self.url.drop { $0 != ":" }.dropFirst(3).prefix { $0 != "/" })
        self.model = model
        self.voices = voices.isEmpty ? Self.ownVoices : voices
        self.ambient = ambient
        signature = AmazonSignature(accessKey: accessKey, secretKey: secretKey, region: region, service: "polly")
        line = ServiceLine(name: name, client: client, tool: tool)
    }

    /// `https://polly.eu-central-1.amazonaws.com`
    package static func region(of url: String) -> String {
        let parts = url.drop { $0 != ":" }.dropFirst(3).prefix { $0 != "/" && $0 != ":" }.split(separator: ".")
        return parts.count >= 3 && parts[0].hasPrefix("polly") ? String(parts[1]) : "us-east-1"
    }

    func speak(_ text: ServiceText, voice: ServiceVoice, speed: Double) async throws -> ServiceSound {
        let (sent, place) = Self.markup(text.text, speed: speed)
        async let marks = marks(sent, voice: voice)
        let samples = ServiceLine.samples(
            try await post(
                Request(
                    engine: model, format: "pcm", rate: "\(Self.rate)", marks: nil, text: sent, voice: voice.code)))
        let begun = try await marks.compactMap { mark in place(mark.start).map { (place: $0, time: Double(mark.time) / 1000) } }
        return ServiceSound(
            samples: samples, rate: Self.rate, ends: text.ends(begun: begun, rate: Self.rate, count: samples.count))
    }

    /// What is sent, and where a byte of it stands in the text.
    static func markup(_ text: String, speed: Double) -> (sent: String, place: @Sendable (Int) -> Int?) {
        let percent = Int((min(max(speed, 0.2), 2) * 100).rounded())
        let (head, tail) =
            speed == 1 ? ("<speak>", "</speak>") : ("<speak><prosody rate=\"\(percent)%\">", "</prosody></speak>")
        // For each byte of what is sent the byte of the text that it is made of.
        var (sent, places) = ("", [Int]())
        var start = 0
        for character in text {
            let escaped = String(character).escapedForXML
            places += [Int](repeating: start, count: escaped.utf8.count)
            sent += escaped
            start += character.utf8.count
        }
        let (before, known) = (head.utf8.count, places)
        return (head + sent + tail, { known.indices.contains($0 - before) ? known[$0 - before] : nil })
    }

    private func marks(_ text: String, voice: ServiceVoice) async throws -> [Mark] {
        let bytes = try await post(
            Request(
                engine: model, format: "json", rate: nil, marks: ["word"], text: text, voice: voice.code))
        // A line each. What is none is left out: then the times are spread.
        return bytes.split(separator: UInt8(ascii: "\n")).compactMap { try? JSONDecoder().decode(Mark.self, from: Data($0)) }
            .filter { $0.type == "word" }.sorted { $0.start < $1.start }
    }

    private func post(_ request: Request) async throws -> [UInt8] {
        let body = try ServiceLine.json(request)
        let time = Timestamp.text(ambient.now()).prefix(19).filter { $0.isNumber || $0 == "T" } + "Z"
        var headers = ["content-type": "application/json", "host": host, "x-amz-date": time]
        headers["authorization"] = signature.authorization(
            method: "POST", path: "/v1/speech", headers: headers, body: body, time: time)
        // The client names the host itself.
        headers["host"] = nil
        return try await line.send(.post, url + "/v1/speech", headers, body)
    }

    private struct Mark: Decodable {
        let time: Int
        let type: String
        let start: Int
    }

    private struct Request: Encodable {
        let engine: String
        let format: String
        let rate: String?
        let marks: [String]?
        let text: String
        let type = "ssml"
        let voice: String

        enum CodingKeys: String, CodingKey {
            case engine = "Engine"
            case format = "OutputFormat"
            case rate = "SampleRate"
            case marks = "SpeechMarkTypes"
            case text = "Text"
            case type = "TextType"
            case voice = "VoiceId"
        }
    }

    static let ownVoices = [
        ServiceVoice("Joanna", "en", .female), ServiceVoice("Matthew", "en", .male), ServiceVoice("Amy", "en", .female),
        ServiceVoice("Vicki", "de", .female), ServiceVoice("Daniel", "de", .male), ServiceVoice("Lea", "fr", .female),
        ServiceVoice("Lucia", "es", .female), ServiceVoice("Bianca", "it", .female), ServiceVoice("Camila", "pt", .female),
        ServiceVoice("Laura", "nl", .female), ServiceVoice("Ola", "pl", .female), ServiceVoice("Elin", "sv", .female),
        ServiceVoice("Zhiyu", "zh", .female), ServiceVoice("Takumi", "ja", .male), ServiceVoice("Seoyeon", "ko", .female),
        ServiceVoice("Hala", "ar", .female), ServiceVoice("Kajal", "hi", .female), ServiceVoice("Suvi", "fi", .female),
        ServiceVoice("Jitka", "cs", .female), ServiceVoice("Sofie", "da", .female), ServiceVoice("Burcu", "tr", .female),
    ]
}
