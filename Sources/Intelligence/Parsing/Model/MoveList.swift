import FoundationEssentials

/// The moves of a parser in the order in which its network scores them.
struct MoveList: Sendable {
    struct Move: Sendable, Hashable {
        /// Which kind of move.
        var action: Int
        var label: String
    }

    let moves: [Move]

    init(path: String) throws {
        let file = try PackedFile(path: path)
        guard let text = file.root["moves"]?.text,
            let counts = try? JSONDecoder().decode([String: [String: Int]].self, from: Data(text.utf8))
        else { throw file.damaged("no moves") }
        moves = counts.compactMap { key, labels in Int(key).map { ($0, labels) } }.sorted { $0.0 < $1.0 }
            .flatMap { action, labels in
                // The most frequent first, and of two as frequent the one that is later in the alphabet.
                labels.sorted { ($0.value, $0.key) > ($1.value, $1.key) }.map { Move(action: action, label: $0.key) }
            }
    }
}
