package import Ambient
package import HTTPClient
package import Settings
package import Speech

/// Which providers read aloud, and who is preferred.
package enum SpeechServiceSettings {
    private static func address(_ name: String, _ purpose: String) -> Setting<String?> {
        Setting<String?>(name, default: nil, form: "an address that begins with http:// or https://", purpose: purpose) { text in
            ["http://", "https://"].contains { text.hasPrefix($0) && text.utf8.count > $0.utf8.count } ? .some(text) : nil
        }
    }

    static let openAI = address(
        "LM_TTS_OPENAI_URL",
        "A server that speaks OpenAI's /audio/speech, with its version: https://api.openai.com/v1. Texts that are read aloud are sent to it."
    )
    static let openAIKey = Setting.optionalText("LM_TTS_OPENAI_KEY", purpose: "Its key.", isSecret: true)
    static let openAIModel = Setting.text("LM_TTS_OPENAI_MODEL", default: OpenAISpeech.defaultModel, purpose: "Its model.")
    static let azure = address(
        "LM_TTS_AZURE_URL", "Azure Speech reads aloud: https://REGION.tts.speech.microsoft.com. Texts are sent to it.")
    static let azureKey = Setting.optionalText("LM_TTS_AZURE_KEY", purpose: "Its key.", isSecret: true)
    static let elevenLabs = address(
        "LM_TTS_ELEVENLABS_URL", "ElevenLabs reads aloud: https://api.elevenlabs.io. Texts are sent to it.")
    static let elevenLabsKey = Setting.optionalText("LM_TTS_ELEVENLABS_KEY", purpose: "Its key.", isSecret: true)
    static let elevenLabsModel = Setting.text(
        "LM_TTS_ELEVENLABS_MODEL", default: ElevenLabsSpeech.defaultModel, purpose: "Its model.")
    static let polly = address(
        "LM_TTS_POLLY_URL", "Amazon Polly reads aloud: https://polly.REGION.amazonaws.com. Texts are sent to it.")
    static let pollyAccessKey = Setting.optionalText("LM_TTS_POLLY_ACCESS_KEY", purpose: "The id of its access key.")
    static let pollyKey = Setting.optionalText("LM_TTS_POLLY_KEY", purpose: "Its secret access key.", isSecret: true)
    static let pollyRegion = Setting.optionalText(
        "LM_TTS_POLLY_REGION", purpose: "Its region, where its address does not name it.")
    static let pollyModel = Setting.text(
        "LM_TTS_POLLY_MODEL", default: PollySpeech.defaultModel,
        purpose: "What Amazon calls an engine: standard, neural, long-form or generative.")
    static let coqui = address("LM_TTS_COQUI_URL", "Coqui's tts-server reads aloud: http://127.0.0.1:5002.")
    static let voices = Setting<[SpeechServices.NamedVoice]>(
        "LM_TTS_VOICES", default: [], form: "PROVIDER:VOICE or PROVIDER:VOICE:LANGUAGE, separated by commas",
        purpose:
            "Voices of providers instead of their usual ones: openai:nova, polly:Vicki:de. The first of a language is preferred."
    ) { SpeechServices.voices($0) }
    static let order = Setting<[String]?>(
        "LM_TTS_ORDER", default: nil, form: "names of engines, separated by commas: \(names.joined(separator: ", "))",
        purpose:
            "Who reads aloud: the first that can, those after it where it fails, and no other. Unset: providers, then the best voice here."
    ) { text in
        let all = text.split(separator: ",").map { $0.filter { $0 != " " } }
        return !all.isEmpty && all.allSatisfy(names.contains) && Set(all).count == all.count ? .some(all) : nil
    }

    private static let names = SpeechServices.engines + SpeechServices.ownEngines

    static let all: [any AnySetting] = [
        openAI, openAIKey, openAIModel, azure, azureKey, elevenLabs, elevenLabsKey, elevenLabsModel, polly, pollyAccessKey,
        pollyKey,
        pollyRegion, pollyModel, coqui, voices, order,
    ]

    /// The engines that the settings name, made when there is what decodes what they send.
    package static func services(
        _ settings: SettingsSource, client: HTTPClient, ambient: Ambient
    ) throws -> (AudioTool) -> [ServiceSynthesizer] {
        var access: [String: SpeechServices.Access] = [:]
        if let url = try settings.value(openAI) {
            access[OpenAISpeech.engine] = .init(
                url: url, key: try settings.value(openAIKey), model: try settings.value(openAIModel))
        }
        if let url = try settings.value(azure) { access[AzureSpeech.engine] = .init(url: url, key: try settings.value(azureKey)) }
        if let url = try settings.value(elevenLabs) {
            access[ElevenLabsSpeech.engine] = .init(
                url: url, key: try settings.value(elevenLabsKey), model: try settings.value(elevenLabsModel))
        }
        if let url = try settings.value(polly) {
            access[PollySpeech.engine] = .init(
                url: url, key: try settings.value(pollyKey), accessKey: try settings.value(pollyAccessKey),
                region: try settings.value(pollyRegion), model: try settings.value(pollyModel))
        }
        if let url = try settings.value(coqui) { access[CoquiSpeech.engine] = .init(url: url) }
        let (known, named) = (access, try settings.value(voices))
        return { SpeechServices.make(known, voices: named, client: client, tool: $0, ambient: ambient) }
    }

    package static func order(_ settings: SettingsSource) throws -> [String]? { try settings.value(order) }

    /// A client for what somebody waits for: a provider that is slow to come back is left to the engines here.
    package static var clientConfiguration: HTTPClientConfiguration {
        HTTPClientConfiguration(retry: RetryPolicy(attempts: 2, longest: .seconds(2)), purpose: "speech")
    }
}
