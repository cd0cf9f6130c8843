/// Cuts the tokens of a paragraph into sentences.
struct SentenceSplitter {
    private let source: SourceText
    private let tokens: [TextToken]

    static func sentences(_ source: SourceText, _ tokens: [TextToken]) -> [ArraySlice<TextToken>] {
        let splitter = SentenceSplitter(source: source, tokens: tokens)
        var (sentences, start) = ([ArraySlice<TextToken>](), 0)
        var place = 0
        while place < tokens.count {
            if let end = splitter.end(at: place, since: start) {
                sentences.append(tokens[start..<end])
                start = end
                place = end
            } else {
                place += 1
            }
        }
        if start < tokens.count { sentences.append(tokens[start...]) }
        return sentences
    }

    private init(source: SourceText, tokens: [TextToken]) { (self.source, self.tokens) = (source, tokens) }

    private func symbol(_ place: Int) -> Character? {
        guard tokens.indices.contains(place), case .symbol(let character) = tokens[place].kind else { return nil }
        return character
    }

    /// Behind the sentence that ends with the token here; nil if none does.
    private func end(at place: Int, since start: Int) -> Int? {
        guard let character = symbol(place), ".?!…。！？।؟".contains(character) else { return nil }
        var end = place + 1
        while let next = symbol(end), ".?!…。！？".contains(next) { end += 1 }
        while tokens.indices.contains(end) {
            if let next = symbol(end), "\"'”’»)]」』）".contains(next) {
                end += 1
            } else if tokens[end].kind == .silent {
                end += 1
            } else {
                break
            }
        }
        guard tokens.indices.contains(end) else { return end }
        if "。！？".contains(character) { return end }
        guard tokens[end].kind == .space else { return nil }
        if character == ".", end == place + 1, place > start {
            let before = tokens[place - 1]
            let text = source.text(before.range)
            if before.kind == .word, EnglishAbbreviations.isOne(text) { return nil }
            // "No. 5"
            if before.kind == .word, text.lowercased() == "no", tokens.indices.contains(end + 1), tokens[end + 1].kind == .number {
                return nil
            }
            // "1. First"
            if before.kind == .number, place == start + 1 { return nil }
        }
        // What goes on in small letters goes on.
        if character != "?", character != "!", end + 1 < tokens.count, tokens[end + 1].kind == .word,
            source.characters[tokens[end + 1].range.lowerBound].isLowercase
        {
            return nil
        }
        return end
    }
}
