extension [SpokenPiece] {
    /// The same with a first piece that is short, so that it is heard soon: what is long is cut where one may draw breath.
    var startingSoon: [SpokenPiece] {
        guard let first, let cut = FirstPiece.end(in: first.words) else { return self }
        var head = [SpokenWord](first.words[..<cut])
        let isPausing = head[head.count - 1].mark != nil
        if !isPausing { head[head.count - 1].mark = "," }
        let pause = isPausing ? PieceBuilder.Pause.clause : PieceBuilder.Pause.breath
        return [
            SpokenPiece(words: head, language: first.language, pause: pause),
            SpokenPiece(words: [SpokenWord](first.words[cut...]), language: first.language, pause: first.pause),
        ] + dropFirst()
    }
}

/// Where a first sentence is cut so that its beginning can be heard before the rest of it is spoken.
enum FirstPiece {
    /// Letters of the shortest beginning, and of the shortest rest, for which a cut is worth its seam.
    private static let least = 12
    private static let most = SpokenText.firstPiece
    /// A mark is worth some more letters, and so is the end.
    private static let stretched = most * 4 / 3

    /// Behind which word; nil to leave it whole.
    static func end(in words: [SpokenWord]) -> Int? {
        var lengths: [Int] = []
        for word in words { lengths.append((lengths.last ?? 0) + word.said.reduce(0) { $0 + $1.count + 1 }) }
        guard let all = lengths.last, all > stretched else { return nil }
        let places = words.indices.dropLast().filter {
            // Nothing is cut that is written in one, as a power of ten is.
            lengths[$0] >= least && all - lengths[$0] >= least
                && (words[$0].mark != nil || words[$0].range.upperBound < words[$0 + 1].range.lowerBound)
        }
        let marked = places.filter { words[$0].mark != nil && lengths[$0] <= stretched }
        if let place = marked.last(where: { lengths[$0] <= most }) ?? marked.first { return place + 1 }
        let fitting = places.filter { lengths[$0] <= most }
        // Before “and” or “of the”, and not behind it.
        if let place = fitting.last(where: { isLeaning(words[$0 + 1]) && !isLeaning(words[$0]) }) { return place + 1 }
        return (fitting.last { !isLeaning(words[$0]) } ?? fitting.last).map { $0 + 1 }
    }

    /// Whether a word leans on the next: nobody draws breath behind it.
    private static func isLeaning(_ word: SpokenWord) -> Bool { leaning.contains(word.text.lowercased()) }

    private static let leaning: Set<String> = Set(
        """
        a an the and or but nor so as at by for from in into of off on onto over than that to under up upon via with without which who whose \
        when where while because if though although is are was were be been has have had can could will would may might must should this \
        these those its their his her our your my not \
        der die das den dem des ein eine einen einem einer und oder aber denn als am an auf aus bei bis durch für gegen im in ins mit nach ohne \
        seit um unter vom von vor zu zum zur zwischen über dass weil wenn wo während ob obwohl welche welcher welches ist sind war waren wird \
        werden hat haben kann können sein seine ihr ihre nicht
        """.split(separator: " ").map(String.init))
}
