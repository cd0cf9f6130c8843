/// Finds for each word of a sentence its head, by the move that scores highest at each place.
struct DependencyParser: Sendable {
    private let scorer: TransitionScorer
    private let moves: [(move: ArcEagerState.Move, label: String)]

    init(folder: String) throws {
        let path = folder + "/parser/moves"
        moves = try MoveList(path: path).moves.map { each in
            guard let move = ArcEagerState.Move(rawValue: each.action) else {
                throw ParsingFailure(.damagedModel, "\(path): a move of the unknown kind \(each.action)")
            }
            return (move, each.label)
        }
        scorer = try TransitionScorer(LayerFile(path: folder + "/parser/model"), features: 8, moves: moves.count)
    }

    /// - Parameter vectors: of `count` words.
    func tree(_ vectors: [Float], count: Int) -> (heads: [Int], relations: [Relation]) {
        let prepared = scorer.prepared(vectors, count: count)
        var state = ArcEagerState(count: count)
        var scores: [Float] = []
        var context = [Int](repeating: -1, count: 8)
        // Every word is read and taken off once or twice; a damaged model must not go round in circles.
        var left = 20 * count + 20
        while !state.isFinal, left > 0 {
            left -= 1
            let c = state.context
            (context[0], context[1], context[2], context[3]) = (c.0, c.1, c.2, c.3)
            (context[4], context[5], context[6], context[7]) = (c.4, c.5, c.6, c.7)
            scorer.score(context, of: prepared, count: count, into: &scores)
            let allowed = [
                state.allows(.shift), state.allows(.reduce), state.allows(.left), state.allows(.right), state.allows(.split),
            ]
            var best = -1
            for index in moves.indices where allowed[moves[index].move.rawValue] && (best < 0 || scores[index] > scores[best]) {
                best = index
            }
            if best < 0 { state.finish() } else { state.take(moves[best].move, label: moves[best].label) }
        }
        var heads = state.heads
        var labels = state.labels
        for index in heads.indices where heads[index] < 0 {
            heads[index] = index
            labels[index] = "ROOT"
        }
        attachAnew(&heads, &labels)
        return (heads, labels.map { Relation(rawValue: $0) ?? .unknown })
    }

    /// `prep||dobj` says: hang this on the object below the head that was found, since arcs of this kind of parser never cross.
    private func attachAnew(_ heads: inout [Int], _ labels: inout [String]) {
        for index in heads.indices where labels[index].contains("||") {
            let parts = labels[index].split(separator: "|").map(String.init)
            var level = [heads[index]]
            search: while !level.isEmpty {
                var below: [Int] = []
                for word in level {
                    for child in heads.indices where heads[child] == word && child != word && child != index {
                        if labels[child] == parts[1] {
                            heads[index] = child
                            break search
                        }
                        below.append(child)
                    }
                }
                level = below
            }
            labels[index] = parts[0]
        }
    }
}
