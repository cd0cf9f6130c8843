/// Cuts the text of a passage into sentences, as it comes out of PDFs and word processors: hard line breaks, bullets, headings
/// without a full stop, abbreviations, initials and decimals.
package enum SentenceSplitter {
    package static func sentences(in text: String) -> [Sentence] {
        let scalars = Array(text.unicodeScalars)
        var found: [Sentence] = []
        for (number, block) in blocks(of: scalars).enumerated() {
            for range in cuts(of: scalars, in: block.range) {
                let joined = LineJoiner.joined(scalars[range], within: scalars)
                guard joined.contains(where: { $0.isLetter || $0.isNumber }) else { continue }
                found.append(Sentence(text: joined, range: range, paragraph: number, isListItem: block.isListItem))
            }
        }
        return found
    }

    // MARK: - Paragraphs, list items, headings

    private struct Block {
        var range: Range<Int>
        var isListItem: Bool
    }

    private static func blocks(of scalars: [Unicode.Scalar]) -> [Block] {
        var blocks: [Block] = []
        var start: Int?
        var isListItem = false
        var previous: Range<Int>?
        func close(at end: Int) {
            if let begin = start { blocks.append(Block(range: begin..<end, isListItem: isListItem)) }
            start = nil
            isListItem = false
        }
        for line in lines(of: scalars) {
            guard let content = trimmed(line, scalars) else {
                close(at: line.lowerBound)
                previous = nil
                continue
            }
            if let marker = markerEnd(in: content, scalars) {
                close(at: line.lowerBound)
                start = marker
                isListItem = true
            } else if let previous, start != nil, isHeading(previous, before: content, scalars) {
                close(at: line.lowerBound)
                start = content.lowerBound
            } else if start == nil {
                start = content.lowerBound
            }
            previous = content
        }
        close(at: scalars.count)
        return blocks.compactMap { block in trimmed(block.range, scalars).map { Block(range: $0, isListItem: block.isListItem) } }
    }

    private static func lines(of scalars: [Unicode.Scalar]) -> [Range<Int>] {
        var lines: [Range<Int>] = []
        var start = 0
        for index in scalars.indices where scalars[index] == "\n" || scalars[index] == "\u{0C}" {
            lines.append(start..<index)
            // A page's end is a paragraph's end only if a blank line says so as well.
            start = index + 1
        }
        lines.append(start..<scalars.count)
        return lines
    }

    private static func trimmed(_ range: Range<Int>, _ scalars: [Unicode.Scalar]) -> Range<Int>? {
        var (low, high) = (range.lowerBound, range.upperBound)
        while low < high, scalars[low].properties.isWhitespace { low += 1 }
        while high > low, scalars[high - 1].properties.isWhitespace { high -= 1 }
        return low < high ? low..<high : nil
    }

    /// Where the text begins after `• `, `- `, `3. `, `(b) `; nil if the line is no list item.
    private static func markerEnd(in line: Range<Int>, _ scalars: [Unicode.Scalar]) -> Int? {
        func skipSpaces(_ from: Int) -> Int? {
            var at = from
            guard at < line.upperBound, scalars[at].properties.isWhitespace else { return nil }
            while at < line.upperBound, scalars[at].properties.isWhitespace { at += 1 }
            return at < line.upperBound ? at : nil
        }
        var at = line.lowerBound
        if "•▪●◦‣–—-*·o".unicodeScalars.contains(scalars[at]) { return skipSpaces(at + 1) }
        let isOpen = scalars[at] == "("
        if isOpen { at += 1 }
        let start = at
        while at < line.upperBound, at - start < 3, ("0"..."9").contains(scalars[at]) { at += 1 }
        if at == start, at + 1 < line.upperBound, isLetter(scalars[at]), isOpen || scalars[at + 1] == ")" { at += 1 }
        guard at > start, at < line.upperBound, scalars[at] == ")" || (scalars[at] == "." && !isOpen) else { return nil }
        return skipSpaces(at + 1)
    }

    /// A short line without an end, above a line that begins anew.
    private static func isHeading(_ line: Range<Int>, before next: Range<Int>, _ scalars: [Unicode.Scalar]) -> Bool {
        guard line.count <= 70, let last = scalars[line].last, !".?!:,;-–—(".unicodeScalars.contains(last) else { return false }
        guard let first = scalars[next].first, first.properties.isUppercase || ("0"..."9").contains(first) else { return false }
        guard let head = scalars[line].first, head.properties.isUppercase || ("0"..."9").contains(head) else { return false }
        // A line of running text is about as long as its neighbour; a heading is much shorter.
        return next.count > line.count + line.count / 2 && line.count < 55
    }

    // MARK: - Sentences

    private static func cuts(of scalars: [Unicode.Scalar], in block: Range<Int>) -> [Range<Int>] {
        var cuts: [Range<Int>] = []
        var start = block.lowerBound
        var at = start
        while at < block.upperBound {
            defer { at += 1 }
            guard ".?!…。！？؟।۔".unicodeScalars.contains(scalars[at]) else { continue }
            var end = at + 1
            while end < block.upperBound, ".?!…\"”’')]»".unicodeScalars.contains(scalars[end]) { end += 1 }
            // A reference set behind the full stop belongs to the sentence: “… water.[12]”
            if end < block.upperBound, scalars[end] == "[" {
                var close = end + 1
                while close < block.upperBound,
                    ("0"..."9").contains(scalars[close]) || ",–- ".unicodeScalars.contains(scalars[close])
                {
                    close += 1
                }
                if close < block.upperBound, scalars[close] == "]", close - end > 1 { end = close + 1 }
            }
            guard end >= block.upperBound || ends(at: at, end: end, start: start, scalars, block) else { continue }
            cuts.append(start..<end)
            while end < block.upperBound, scalars[end].properties.isWhitespace { end += 1 }
            start = end
            at = end - 1
        }
        if start < block.upperBound { cuts.append(start..<block.upperBound) }
        return cuts
    }

    private static func ends(
        at stop: Int, end: Int, start: Int, _ scalars: [Unicode.Scalar], _ block: Range<Int>
    ) -> Bool {
        let wide = "。！？".unicodeScalars.contains(scalars[stop])
        if wide { return true }
        guard scalars[end].properties.isWhitespace else { return false }
        var next = end
        while next < block.upperBound, scalars[next].properties.isWhitespace { next += 1 }
        guard next < block.upperBound else { return true }
        let following = scalars[next]
        let beginsAnew = !following.properties.isLowercase && !",;:)-–".unicodeScalars.contains(following)
        guard beginsAnew else { return false }
        guard scalars[stop] == "." else { return true }
        var low = stop
        while low > start, isLetter(scalars[low - 1]) || scalars[low - 1] == "." { low -= 1 }
        let word = String(String.UnicodeScalarView(scalars[low..<stop])).lowercased()
        // An initial: “J. Watson”; but “vitamin C. The …” ends, so only after a capital that begins a name or another initial.
        if word.count == 1, scalars[stop - 1].properties.isUppercase {
            let before = low > start + 1 ? scalars[low - 2] : nil
            // `James G. Blaine`: between a name and what does not begin sentences.
            if isName(before: low, start, scalars), !openers.contains(Self.word(at: next, in: block, scalars)) { return false }
            return !(before == nil || before == "." || before == ",") && !(next + 1 < block.upperBound && scalars[next + 1] == ".")
        }
        if abbreviations.contains(word) { return false }
        // `the U.S. Congress`, but `in the U.S. The …`.
        let pieces = word.split(separator: ".")
        if pieces.count > 1, pieces.allSatisfy({ $0.count == 1 }), scalars[stop - 1].properties.isUppercase {
            return openers.contains(Self.word(at: next, in: block, scalars))
        }
        if maybeAbbreviations.contains(word) { return !("0"..."9").contains(following) && following != "(" }
        return true
    }

    /// Whether the word before a place begins with a capital and goes on small.
    private static func isName(before place: Int, _ start: Int, _ scalars: [Unicode.Scalar]) -> Bool {
        guard place > start + 2, scalars[place - 1].properties.isWhitespace else { return false }
        var first = place - 1
        while first > start, isLetter(scalars[first - 1]) { first -= 1 }
        return first + 1 < place - 1 && scalars[first].properties.isUppercase && scalars[first + 1].properties.isLowercase
    }

    /// The word that begins at a place, in small letters.
    private static func word(at place: Int, in block: Range<Int>, _ scalars: [Unicode.Scalar]) -> String {
        var end = place
        while end < block.upperBound, isLetter(scalars[end]) { end += 1 }
        return String(String.UnicodeScalarView(scalars[place..<end])).lowercased()
    }

    private static func isLetter(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.isAlphabetic }

    private static let abbreviations: Set<String> = [
        "e.g", "i.e", "cf", "vs", "dr", "mr", "mrs", "ms", "prof", "st", "resp", "approx", "viz", "ca", "z.b", "d.h", "bzw", "sog",
        "dept", "univ", "inc", "ed", "eds", "vol", "pp", "p", "ch", "sec", "eq", "eqs", "fig", "figs", "tab", "ref", "refs", "al",
        "gen", "col", "capt", "sen", "rep", "jan", "feb", "mar", "apr", "aug", "sept", "oct", "nov", "dec", "usw",
    ]
    /// Words that begin a sentence, and seldom a name.
    private static let openers: Set<String> = [
        "the", "a", "an", "this", "that", "these", "those", "it", "its", "they", "their", "he", "his", "she", "her", "we", "our",
        "you",
        "i", "in", "on", "at", "by", "for", "from", "to", "as", "if", "when", "while", "where", "what", "who", "how", "why",
        "however",
        "but", "and", "or", "so", "yet", "many", "most", "some", "few", "each", "such", "there", "one", "two", "although", "after",
        "before", "because", "since", "with", "without", "under", "during", "today", "thus", "therefore", "both", "all", "other",
        "others", "another", "not", "no", "more", "then", "once", "also", "unlike", "despite", "between", "among",
    ]
    /// Abbreviations before a number, words otherwise.
    private static let maybeAbbreviations: Set<String> = ["no", "nr", "art"]
}
