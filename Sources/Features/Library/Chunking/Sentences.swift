/// Finds paragraphs and sentences in a page's text. Offsets are Unicode scalars.
enum Sentences {
    /// The stretches between empty lines.
    static func paragraphs(of text: [Unicode.Scalar]) -> [Range<Int>] {
        var ranges: [Range<Int>] = []
        var start = 0
        var at = 0
        while at < text.count {
            if text[at] == "\n", at + 1 < text.count, text[at + 1] == "\n" {
                if at > start { ranges.append(start..<at) }
                while at < text.count, text[at] == "\n" { at += 1 }
                start = at
            } else {
                at += 1
            }
        }
        if start < text.count { ranges.append(start..<text.count) }
        return ranges
    }

    /// The sentences of a paragraph, each with the white space that follows it; together they are the paragraph.
    static func sentences(in text: [Unicode.Scalar], _ paragraph: Range<Int>) -> [Range<Int>] {
        var ranges: [Range<Int>] = []
        var start = paragraph.lowerBound
        var at = start
        while at < paragraph.upperBound {
            let scalar = text[at]
            at += 1
            if scalar == "\n" {
                // Lines that were kept apart: a list, a table, verse.
                if at - start > 1 {
                    ranges.append(start..<at)
                    start = at
                }
                continue
            }
            let isWide = scalar == "。" || scalar == "！" || scalar == "？"
            guard isWide || scalar == "." || scalar == "!" || scalar == "?" else { continue }
            var end = at
            while end < paragraph.upperBound, "\"'”’)]».!?".unicodeScalars.contains(text[end]) { end += 1 }
            guard isWide || end == paragraph.upperBound || text[end].properties.isWhitespace else { continue }
            if scalar == ".", isAbbreviation(text[start..<(at - 1)]) { continue }
            while end < paragraph.upperBound, text[end].properties.isWhitespace { end += 1 }
            if scalar == ".", end < paragraph.upperBound, text[end].properties.isLowercase { continue }
            ranges.append(start..<end)
            start = end
            at = end
        }
        if start < paragraph.upperBound { ranges.append(start..<paragraph.upperBound) }
        return ranges
    }

    private static let abbreviations: Set<String> = [
        "al", "approx", "ca", "cf", "ch", "chap", "dr", "e.g", "ed", "eds", "eg", "eq", "eqs", "etc", "ex", "fig", "figs", "i.e",
        "ie", "inc",
        "jr", "mr", "mrs", "ms", "no", "nos", "p", "pp", "prof", "resp", "sec", "sect", "sr", "st", "tab", "viz", "vol", "vs",
    ]

    /// Whether the text before a full stop is such that it ends no sentence: `Fig`, `e.g`, an initial, a list's number.
    private static func isAbbreviation(_ before: ArraySlice<Unicode.Scalar>) -> Bool {
        let word = before.reversed().prefix { !$0.properties.isWhitespace && $0 != "(" }.reversed()
        guard !word.isEmpty, word.count <= 7 else { return false }
        if word.count == 1, let only = word.first { return only.properties.isUppercase || before.count == 1 }
        if before.count == word.count, word.allSatisfy({ $0.properties.numericType != nil }) { return true }
        return abbreviations.contains(String(String.UnicodeScalarView(word)).lowercased())
    }
}
