/// Finds names, dates and amounts in a sentence.
struct EntityRecognizer: Sendable {
    private enum Action: Int { case missing, begin, within, last, unit, outside }

    private let encoder: WordEncoder
    private let scorer: TransitionScorer
    private let moves: [(action: Action, label: String)]

    init(folder: String) throws {
        let path = folder + "/ner/moves"
        moves = try MoveList(path: path).moves.map { each in
            guard let action = Action(rawValue: each.action) else {
                throw ParsingFailure(.damagedModel, "\(path): a move of the unknown kind \(each.action)")
            }
            return (action, each.label)
        }
        let file = try LayerFile(path: folder + "/ner/model")
        encoder = try WordEncoder(file, rows: [5000, 1000, 2500, 2500])
        scorer = try TransitionScorer(file, features: 3, moves: moves.count)
    }

    func entities(of words: [WordFeatures]) -> [NamedEntity] {
        let count = words.count
        let prepared = scorer.prepared(encoder.vectors(of: words), count: count)
        var found: [NamedEntity] = []
        var open: (start: Int, label: String)?
        var scores: [Float] = []
        for word in 0..<count {
            let start = open?.start ?? -1
            scorer.score([word, start, start < 0 ? -1 : word - 1], of: prepared, count: count, into: &scores)
            var best = -1
            for (index, move) in moves.enumerated() {
                let isAllowed: Bool =
                    switch move.action {
                    case .missing: false
                    case .begin: open == nil && word + 1 < count && !move.label.isEmpty
                    case .within: open?.label == move.label && word + 1 < count
                    case .last: open?.label == move.label
                    case .unit: open == nil && !move.label.isEmpty
                    case .outside: open == nil
                    }
                if isAllowed, best < 0 || scores[index] > scores[best] { best = index }
            }
            guard best >= 0 else { continue }
            let move = moves[best]
            switch move.action {
            case .begin: open = (word, move.label)
            case .last:
                if let start = open?.start { keep(move.label, start..<word + 1, in: &found) }
                open = nil
            case .unit: keep(move.label, word..<word + 1, in: &found)
            case .missing, .within, .outside: break
            }
        }
        return found
    }

    private func keep(_ label: String, _ words: Range<Int>, in found: inout [NamedEntity]) {
        if let kind = NamedEntity.Kind(rawValue: label) { found.append(NamedEntity(kind: kind, words: words)) }
    }
}
