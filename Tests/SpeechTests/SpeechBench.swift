import Concurrency
import FoundationEssentials
import Sandbox
@testable import Speech

/// What tests of the engines stand on: a real sandbox, and the models where they are.
enum SpeechBench {
    static let sandbox = Sandbox(
        programs: SpeechEquipment.programs, pool: BlockingPool(name: "speech-tests", threads: 8))

    static let folder: SpeechFolder? = {
        if let named = ProcessInfo.processInfo.environment["LM_SPEECH_DIR"] { return SpeechFolder(path: named) }
        var place = URL(filePath: #filePath)
        for _ in 0..<3 { place.deleteLastPathComponent() }
        let folder = SpeechFolder(path: place.path + "/.models/speech")
        return folder.canRecognise ? folder : nil
    }()

    static var hasModels: Bool { folder?.canRecognise ?? false }
    static var hasPiper: Bool { folder?.voices.isEmpty == false }

    static func pieces(_ text: String, language: String = "en") -> [SpokenPiece] { SpokenText(text, language: language).pieces }

    /// A file with these bytes, for as long as `body` runs.
    @discardableResult
    static func withFile<Value>(_ bytes: [UInt8], _ body: (String) async throws -> Value) async throws -> Value {
        let path = FileManager.default.temporaryDirectory.path + "/speech-test-\(UUID().uuidString)"
        try Data(bytes).write(to: URL(filePath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }
        return try await body(path)
    }
}
