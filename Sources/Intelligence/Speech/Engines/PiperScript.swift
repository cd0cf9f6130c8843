/// Pieces as a voice of Piper takes them: numbers of phonemes, and which of them ends each word.
struct PiperScript: Sendable, Equatable {
    let ids: [Int64]
    /// For each word the number of its last id.
    let wordEnds: [Int]

    /// Words between two marks, which are pronounced in one go.
    struct Clause: Sendable, Equatable {
        var words: [SpokenWord]
        var line: String { words.flatMap(\.said).joined(separator: " ") }
        var mark: Character { words.last?.mark ?? "." }
    }

    static func clauses(of piece: SpokenPiece) -> [Clause] {
        var (clauses, open) = ([Clause](), [SpokenWord]())
        for word in piece.words {
            open.append(word)
            if word.mark != nil {
                clauses.append(Clause(words: open))
                open = []
            }
        }
        if !open.isEmpty { clauses.append(Clause(words: open)) }
        return clauses
    }

    /// - Parameters:
    ///   - pronounced: the phonemes of each clause, and of each word said alone.
    ///   - numbers: the voice's own of each phoneme.
    init(_ piece: SpokenPiece, pronounced: [String: String], numbers: [String: [Int64]]) {
        let pad = numbers["_"] ?? [0]
        var ids = (numbers["^"] ?? []) + pad
        var wordEnds: [Int] = []
        /// Returns whether the voice has the phoneme.
        func put(_ phoneme: String) -> Bool {
            guard let known = numbers[phoneme] else { return false }
            ids += known + pad
            return true
        }
        for (number, clause) in Self.clauses(of: piece).enumerated() {
            if number > 0 { _ = put(" ") }
            let phonemes = Array((pronounced[clause.line] ?? "").unicodeScalars)
            // The phonemes that the voice has, and where the last of each is among the ids.
            var places: [Int] = []
            for scalar in phonemes {
                _ = put(String(Character(scalar)))
                places.append(ids.count - 1)
            }
            let groups = phonemes.split(separator: " ").map(\.count)
            let said = clause.words.flatMap(\.said)
            let ends = PhonemeAlignment.ends(of: said.map { (pronounced[$0] ?? $0).unicodeScalars.count }, in: groups)
            var place = 0
            for word in clause.words {
                place += word.said.count
                let end = place == 0 || ends.isEmpty ? 0 : ends[min(place, ends.count) - 1]
                wordEnds.append(places.isEmpty ? ids.count - 1 : places[min(max(0, end - 1), places.count - 1)])
            }
            _ = put(String(clause.mark))
        }
        self.ids = ids + (numbers["$"] ?? [])
        self.wordEnds = wordEnds
    }
}
