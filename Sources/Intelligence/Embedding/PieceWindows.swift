/// Cuts the pieces of a long text into windows.
enum PieceWindows {
    /// Windows of at most `limit` pieces, as even as can be, not within a word where that can be helped: an even cut leaves no window with
    /// too few words to mean something.
    /// - Parameter continuesWord: whether a piece goes on with the word of the one before.
    static func cut(_ pieces: [Int32], limit: Int, continuesWord: (Int32) -> Bool) -> [ArraySlice<Int32>] {
        let count = max(1, (pieces.count + limit - 1) / limit)
        if count == 1 { return [pieces[...]] }
        var windows: [ArraySlice<Int32>] = []
        var start = 0
        for left in (1...count).reversed() {
            // An even share of what is left, which always fits; moved back to a word's beginning only as far as the rest fits too.
            var end = start + (pieces.count - start) / left
            if left > 1 {
                let earliest = max(start + 1, end - 8, pieces.count - (left - 1) * limit)
                let cut = (earliest...end).last { !continuesWord(pieces[$0]) }
                end = cut ?? end
            }
            windows.append(pieces[start..<end])
            start = end
        }
        return windows
    }
}
