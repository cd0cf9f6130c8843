/// Cuts text into the pieces of a SentencePiece unigram model, as XLM-RoBERTa's tokenizer does: of all ways to cut it the one whose pieces are
/// likeliest together.
///
/// Scalars are normalised one by one, as the model's file says; several spaces are one, and each space is `▁`, which also begins the text.
/// The pieces that mark a text's beginning and end are not added here.
///
/// Source: Kudo, "Subword Regularization", 2018.
struct UnigramTokenizer: Sendable {
    let vocabularySize: Int
    let beginID: Int32
    let endID: Int32
    private let unknownID: Int32
    private let pieces: UnigramPieces
    private let normalisation: ScalarMap
    private static let blank: UInt32 = 0x20
    /// ▁
    private static let mark: UInt32 = 0x2581

    init(
        pieces: UnigramPieces, normalisation: ScalarMap, vocabularySize: Int, beginID: Int32, endID: Int32, unknownID: Int32
    ) {
        self.pieces = pieces
        self.normalisation = normalisation
        self.vocabularySize = vocabularySize
        self.beginID = beginID
        self.endID = endID
        self.unknownID = unknownID
    }

    /// All pieces of the text.
    func pieces(of text: String) -> [Int32] {
        let scalars = normalised(text)
        // best[i]: the likeliest way to cut the first i scalars, by its last piece.
        let count = scalars.count
        var scores = [Float](repeating: -.infinity, count: count + 1)
        var last = [(piece: Int32, start: Int32)](repeating: (unknownID, 0), count: count + 1)
        scores[0] = 0
        for start in 0..<count {
            let score = scores[start]
            var prefix = UnigramPieces.Prefix()
            var end = start
            while end < count, let found = pieces.extend(&prefix, by: scalars[end]) {
                end += 1
                if found >= 0, found != unknownID, score + pieces.score(of: found) > scores[end] {
                    scores[end] = score + pieces.score(of: found)
                    last[end] = (found, Int32(start))
                }
            }
            if score + pieces.unknownScore > scores[start + 1] {
                scores[start + 1] = score + pieces.unknownScore
                last[start + 1] = (unknownID, Int32(start))
            }
        }
        var found: [Int32] = []
        var end = count
        while end > 0 {
            found.append(last[end].piece)
            end = Int(last[end].start)
        }
        found.reverse()
        return found
    }

    /// Cuts a long text into windows of at most `limit` pieces, as even as can be, not within a word where that can be helped.
    func windows(_ text: [Int32], limit: Int) -> [ArraySlice<Int32>] {
        PieceWindows.cut(text, limit: limit) { !pieces.beginsWord($0) }
    }

    private func normalised(_ text: String) -> [UInt32] {
        var scalars: [UInt32] = []
        scalars.reserveCapacity(text.utf8.count + 1)
        var isBlank = false
        func append(_ scalar: UInt32) {
            let blank = scalar == Self.blank
            if !(blank && isBlank) {
                if scalars.isEmpty, !blank { scalars.append(Self.mark) }
                scalars.append(blank ? Self.mark : scalar)
            }
            isBlank = blank
        }
        // NUL ends no text here, and is none.
        for scalar in text.unicodeScalars where scalar.value != 0 {
            if scalar.value > 0x20, scalar.value < 0x7F {
                append(scalar.value)
            } else if !normalisation.forEach(of: scalar.value, append) {
                append(scalar.value)
            }
        }
        if scalars.isEmpty { scalars.append(Self.mark) }
        return scalars
    }
}
