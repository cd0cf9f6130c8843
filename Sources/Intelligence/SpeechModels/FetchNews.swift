import FoundationEssentials

/// How far a fetch is, told to every process by a small file in the folder.
package enum FetchNews: Sendable, Equatable {
    case progress(stage: String, done: Int, total: Int)
    case problem(String)

    private static let name = "/fetch-news"
    /// Seconds after which progress is believed to be that of somebody who died.
    private static let freshness = 30.0

    func write(in folder: String) {
        let text =
            switch self {
            case .progress(let stage, let done, let total): "progress \(done) \(total) \(stage)"
            case .problem(let reason): "problem \(reason)"
            }
        try? Data(text.utf8).write(to: URL(filePath: folder + Self.name), options: .atomic)
    }

    static func clear(in folder: String) { try? FileManager.default.removeItem(atPath: folder + name) }

    /// Blocks shortly.
    package static func read(in folder: String) -> FetchNews? {
        let path = folder + name
        guard let data = FileManager.default.contents(atPath: path) else { return nil }
        let words = String(decoding: data, as: UTF8.self).split(separator: " ", maxSplits: 3)
        if words.first == "problem" { return .problem(words.dropFirst().joined(separator: " ")) }
        guard words.first == "progress", words.count == 4, let done = Int(words[1]), let total = Int(words[2]) else { return nil }
        let written = (try? FileManager.default.attributesOfItem(atPath: path))?[.modificationDate] as? Date
        guard let written, Date().timeIntervalSince(written) < freshness || words[3] == "converting" else { return nil }
        return .progress(stage: String(words[3]), done: done, total: total)
    }
}
