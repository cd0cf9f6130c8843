import Ambient
import HTTPClient
import Settings
import Speech
import Telemetry

/// Which providers write recordings down, where it is not this machine.
enum TranscriptionSettings {
    private static func address(_ name: String, _ purpose: String) -> Setting<String?> {
        Setting<String?>(name, default: nil, form: "an address that begins with http:// or https://", purpose: purpose) { text in
            ["http://", "https://"].contains { text.hasPrefix($0) && text.utf8.count > $0.utf8.count } ? .some(text) : nil
        }
    }

    static let address = address(
        "LM_STT_URL",
        "A server that writes speech down, with its version: https://api.openai.com/v1, https://api.groq.com/openai/v1, or a server "
            + "of Whisper of your own. Where it fails this machine goes on. Unset, this machine writes down.")
    static let model = Setting.text("LM_STT_MODEL", default: "whisper-1", purpose: "The model that writes speech down there.")
    static let key = Setting.optionalText("LM_STT_KEY", purpose: "Its key.", isSecret: true)
    static let amazon = address(
        "LM_STT_AMAZON_URL",
        "Amazon Transcribe writes recordings down: https://transcribe.REGION.amazonaws.com. They are sent there, by way of a bucket."
    )
    static let bucket = Setting.optionalText(
        "LM_STT_AMAZON_BUCKET", purpose: "The bucket of S3 through which they go; nothing stays in it.")
    static let accessKey = Setting.optionalText(
        "LM_STT_AMAZON_ACCESS_KEY", purpose: "The id of an access key that may use both.")
    static let secretKey = Setting.optionalText("LM_STT_AMAZON_KEY", purpose: "Its secret access key.", isSecret: true)
    static let region = Setting.optionalText(
        "LM_STT_AMAZON_REGION", purpose: "The region, where the address does not name it.")
    static let storage = address(
        "LM_STT_AMAZON_STORAGE_URL", "The address of S3 without the bucket, where it is not that of the region.")

    static let all: [any AnySetting] = [address, model, key, amazon, bucket, accessKey, secretKey, region, storage]

    /// The providers in the order in which they are asked, this machine's own engine last.
    ///
    /// - Parameter equipment: this machine's own.
    static func recognizer(
        _ settings: SettingsSource, equipment: SpeechEquipment, ambient: Ambient, logger: Logger
    ) throws -> any SpeechRecognizer {
        var recognizer: any SpeechRecognizer = equipment.recognizer
        if let url = try settings.value(amazon) {
            guard let bucket = try settings.value(bucket), let accessKey = try settings.value(accessKey),
                let secretKey = try settings.value(secretKey)
            else { throw TranscriptsFailure.amazonIncomplete }
            let access = AmazonAccess(
                url: url, storageURL: try settings.value(storage), bucket: bucket, accessKey: accessKey, secretKey: secretKey,
                region: try settings.value(region))
            recognizer = ServiceRecognizer.amazon(
                access, client: try HTTPClient(HTTPClientConfiguration(purpose: "transcription"), logger: logger), ambient: ambient,
                own: recognizer, tool: equipment.tool,
                logger: logger)
        }
        guard let url = try settings.value(address) else { return recognizer }
        return ServiceRecognizer.openAI(
            url: url, model: try settings.value(model), key: try settings.value(key),
            client: try HTTPClient(HTTPClientConfiguration(purpose: "transcription"), logger: logger),
            own: recognizer, tool: equipment.tool, logger: logger)
    }
}
