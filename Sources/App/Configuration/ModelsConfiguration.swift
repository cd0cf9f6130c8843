package import Embedding
package import Settings

/// Which models answer and embed.
package struct ModelsConfiguration: Sendable {
    package static let embeddingSetting = Setting<EmbeddingModel>(
        "LM_EMBEDDING_MODEL", default: .miniLM, form: EmbeddingModel.allCases.map(\.rawValue).joined(separator: " or "),
        purpose: "The model that documents are searched by; another one takes over when all of them have its vectors."
    ) { EmbeddingModel(rawValue: $0) }
    package static let modelSetting = Setting.optionalText(
        "LM_MODEL_DIR", purpose: "The folder of all-MiniLM-L6-v2, if not beside the program; other models are beside it.")
    package static let workersSetting = Setting.integer(
        "LM_EMBEDDING_WORKERS", default: 0, in: 0...64, purpose: "Threads that embed; 0 takes one a core.")
    package static let openAISetting = Setting.webAddress(
        "LM_OPENAI_URL", purpose: "An OpenAI-compatible server's base URL, https://api.openai.com/v1; it then writes the answers.")
    package static let openAIKeySetting = Setting.optionalText("LM_OPENAI_API_KEY", purpose: "Its key.", isSecret: true)
    package static let openAIModelSetting = Setting.text("LM_OPENAI_MODEL", default: "gpt-4o-mini", purpose: "Its model.")
    package static let ollamaSetting = Setting.webAddress(
        "LM_OLLAMA_URL", purpose: "An Ollama server, http://127.0.0.1:11434; it then writes the answers.")
    package static let ollamaModelSetting = Setting.text("LM_OLLAMA_MODEL", default: "llama3.2", purpose: "Its model.")
    package static let contextSetting = Setting.integer(
        "LM_CONTEXT_WINDOW", default: 8192, in: 1024...2_000_000, purpose: "How many tokens the answering model takes in.")

    package static let pictureSetting = Setting.webAddress(
        "LM_IMAGE_URL",
        purpose:
            "A server that speaks OpenAI's /images/generations, with its version; it then draws what the companion is asked to draw. Passages are sent to it."
    )
    package static let pictureKeySetting = Setting.optionalText("LM_IMAGE_KEY", purpose: "Its key.", isSecret: true)
    package static let pictureModelSetting = Setting.text("LM_IMAGE_MODEL", default: "gpt-image-1", purpose: "Its model.")

    static let settings: [any AnySetting] = [
        embeddingSetting, modelSetting, workersSetting, openAISetting, openAIKeySetting, openAIModelSetting, ollamaSetting,
        ollamaModelSetting,
        contextSetting, pictureSetting, pictureKeySetting, pictureModelSetting,
    ]

    package var embedding: EmbeddingModel
    package var directory: String?
    package var embeddingWorkers: Int
    package var openAIURL: String?
    package var openAIKey: String?
    package var openAIModel: String
    package var ollamaURL: String?
    package var ollamaModel: String
    package var contextWindow: Int
    package var pictureURL: String?
    package var pictureKey: String?
    package var pictureModel: String

    package init(from source: SettingsSource) throws(SettingsFailure) {
        embedding = try source.value(Self.embeddingSetting)
        directory = try source.value(Self.modelSetting)
        embeddingWorkers = try source.value(Self.workersSetting)
        openAIURL = try source.value(Self.openAISetting)
        openAIKey = try source.value(Self.openAIKeySetting)
        openAIModel = try source.value(Self.openAIModelSetting)
        ollamaURL = try source.value(Self.ollamaSetting)
        ollamaModel = try source.value(Self.ollamaModelSetting)
        contextWindow = try source.value(Self.contextSetting)
        pictureURL = try source.value(Self.pictureSetting)
        pictureKey = try source.value(Self.pictureKeySetting)
        pictureModel = try source.value(Self.pictureModelSetting)
    }
}
