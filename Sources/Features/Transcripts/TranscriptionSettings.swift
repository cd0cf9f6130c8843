import HTTPClient
import Settings
import Speech
import Telemetry

/// Which provider writes recordings down, where it is not this machine.
enum TranscriptionSettings {
    static let address = Setting<String?>(
        "LM_STT_URL", default: nil, form: "an address that begins with http:// or https://",
        purpose:
            "A server that writes speech down, with its version: https://api.openai.com/v1, https://api.groq.com/openai/v1, or a server "
            + "of Whisper of your own. Where it fails this machine goes on. Unset, this machine writes down."
    ) { $0.hasPrefix("http://") || $0.hasPrefix("https://") ? .some($0) : nil }
    static let model = Setting.text("LM_STT_MODEL", default: "whisper-1", purpose: "The model that writes speech down there.")
    static let key = Setting.optionalText("LM_STT_KEY", purpose: "Its key.", isSecret: true)

    static let all: [any AnySetting] = [address, model, key]

    /// - Parameter equipment: this machine's own.
    static func recognizer(_ settings: SettingsSource, equipment: SpeechEquipment, logger: Logger) throws -> any SpeechRecognizer {
        guard let url = try settings.value(address) else { return equipment.recognizer }
        return ServiceRecognizer.openAI(
            url: url, model: try settings.value(model), key: try settings.value(key), client: try HTTPClient(logger: logger),
            own: equipment.recognizer, tool: equipment.tool, logger: logger)
    }
}
