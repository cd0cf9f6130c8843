import FoundationEssentials
import SpeechMessages
import SpeechModels

/// The recogniser's model with a window of some seconds in place of thirty, for turns of a talk: made of the other, and kept beside it.
extension SpeechFolder {
    private var shortPath: String { "\(path)/\(ShortWindow.file)" }
    private var wholePath: String { "\(path)/\(SpeechFile.recognition.rawValue)" }

    /// What recognition by the model of a short window needs; nil while something of it is missing.
    var shortRecognition: [Given]? {
        guard hasShortModel else { return nil }
        return recognition?.map { $0.name == SpeechFile.recognition.rawValue ? Given(host: shortPath, name: $0.name) : $0 }
    }

    /// Whether it is there, and was made of the model that is.
    var hasShortModel: Bool {
        guard let whole = Self.time(of: wholePath), let short = Self.time(of: shortPath) else { return false }
        return short >= whole
    }

    /// Makes it unless it is there. Blocks for some tenths of a second.
    func makeShortModel() throws {
        guard canRecognise, !hasShortModel else { return }
        try ShortWindow.make(from: wholePath, to: shortPath)
    }

    private static func time(of path: String) -> Date? {
        (try? FileManager.default.attributesOfItem(atPath: path))?[.modificationDate] as? Date
    }
}
