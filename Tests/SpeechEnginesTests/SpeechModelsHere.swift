import FoundationEssentials

/// Where the engines and models are, for tests that need them: those of `make setup`, or of the setting.
enum SpeechModelsHere {
    static let folder: String? = {
        if let named = ProcessInfo.processInfo.environment["LM_SPEECH_DIR"] { return named }
        var folder = URL(filePath: #filePath)
        for _ in 0..<3 { folder.deleteLastPathComponent() }
        let found = folder.path + "/.models/speech"
        return FileManager.default.fileExists(atPath: found + "/whisper.bin") ? found : nil
    }()
}
