/// Cuts a text into paragraphs, headings, items of lists, tables, listings and formulas that stand alone, as Markdown marks them.
struct TextBlocks {
    enum Block: Equatable {
        /// Ranges of its lines, without what marks it; `isHeading` where a longer pause follows.
        case prose([Range<Int>], isHeading: Bool)
        /// The cells of each row, the first of which names the columns.
        case table([[Range<Int>]])
        case listing(Range<Int>, language: String, lines: Int)
        case formula(Range<Int>)
    }

    private(set) var blocks: [Block] = []
    private let source: SourceText
    private let lines: [Range<Int>]
    private var prose: [Range<Int>] = []

    init(_ source: SourceText) {
        self.source = source
        var (lines, start) = ([Range<Int>](), 0)
        for (place, character) in source.characters.enumerated() where character.isNewline {
            lines.append(start..<place)
            start = place + 1
        }
        lines.append(start..<source.characters.count)
        self.lines = lines
        var number = 0
        while number < lines.count { number = take(number) }
        endProse()
    }

    private mutating func endProse() {
        if !prose.isEmpty { blocks.append(.prose(prose, isHeading: false)) }
        prose = []
    }

    /// Takes the line of this number, and those that belong to it. Returns the next.
    private mutating func take(_ number: Int) -> Int {
        let line = source.trimmed(lines[number])
        let text = source.characters[line]
        if text.isEmpty || isRule(text) {
            endProse()
            return number + 1
        }
        if let fence = fence(text) { return takeListing(number, fence: fence) }
        if text.starts(with: "$$") || text.starts(with: "\\[") { return takeFormula(number) }
        if text.first == "|" || isTableHead(number) { return takeTable(number) }
        if let heading = heading(line) {
            endProse()
            if !heading.isEmpty { blocks.append(.prose([heading], isHeading: true)) }
            return number + 1
        }
        let (rest, isItem) = withoutMarker(line)
        if isItem { endProse() }
        if !rest.isEmpty { prose.append(rest) }
        return number + 1
    }

    // MARK: - What a line is

    private func isRule(_ text: ArraySlice<Character>) -> Bool {
        let kinds = Set(text.filter { $0 != " " })
        return text.count >= 3 && kinds.count == 1 && kinds.isSubset(of: ["-", "*", "_", "="])
    }

    private func fence(_ text: ArraySlice<Character>) -> ArraySlice<Character>? {
        guard let first = text.first, first == "`" || first == "~" else { return nil }
        let run = text.prefix { $0 == first }
        return run.count >= 3 ? run : nil
    }

    private func heading(_ line: Range<Int>) -> Range<Int>? {
        let text = source.characters[line]
        let marks = text.prefix { $0 == "#" }
        guard (1...6).contains(marks.count), text.dropFirst(marks.count).first?.isWhitespace ?? true else { return nil }
        var end = line.upperBound
        while end > marks.endIndex, source.characters[end - 1] == "#" { end -= 1 }
        return source.trimmed(marks.endIndex..<end)
    }

    /// A line without what marks it as quoted or as an item of a list. An item's number is read.
    private func withoutMarker(_ line: Range<Int>) -> (rest: Range<Int>, isItem: Bool) {
        var rest = line
        while source.characters[rest].first == ">" { rest = source.trimmed(rest.lowerBound + 1..<rest.upperBound) }
        guard let first = source.characters[rest].first else { return (rest, false) }
        let next = rest.lowerBound + 1
        if "-*+•–".contains(first), next < rest.upperBound, source.characters[next] == " " {
            var inner = source.trimmed(next..<rest.upperBound)
            for box in ["[ ] ", "[x] ", "[X] "] where source.characters[inner].starts(with: box) {
                inner = source.trimmed(inner.lowerBound + 3..<inner.upperBound)
            }
            return (inner, true)
        }
        let digits = source.characters[rest].prefix { $0.isASCII && $0.isNumber }
        if (1...3).contains(digits.count), let mark = source.characters[rest].dropFirst(digits.count).first,
            mark == "." || mark == ")",
            digits.endIndex + 1 < rest.upperBound, source.characters[digits.endIndex + 1] == " "
        {
            return (rest, true)
        }
        return (rest, false)
    }

    private func isTableHead(_ number: Int) -> Bool {
        guard number + 1 < lines.count, source.characters[lines[number]].contains("|") else { return false }
        return isTableRule(lines[number + 1])
    }

    private func isTableRule(_ line: Range<Int>) -> Bool {
        let text = source.characters[line].filter { !$0.isWhitespace }
        return text.contains("-") && text.contains("|") && text.allSatisfy { "|-:+".contains($0) }
    }

    // MARK: - What goes over several lines

    private mutating func takeListing(_ first: Int, fence: ArraySlice<Character>) -> Int {
        endProse()
        let head = source.trimmed(fence.endIndex..<lines[first].upperBound)
        let language = String(source.characters[head].prefix { !$0.isWhitespace && $0 != "{" })
        var number = first + 1
        while number < lines.count, !source.characters[source.trimmed(lines[number])].starts(with: fence) { number += 1 }
        let end = number < lines.count ? number : lines.count - 1
        blocks.append(
            .listing(lines[first].lowerBound..<lines[end].upperBound, language: language, lines: max(0, number - first - 1)))
        return number + 1
    }

    private mutating func takeFormula(_ first: Int) -> Int {
        endProse()
        let line = source.trimmed(lines[first])
        let closing = source.characters[line].starts(with: "$$") ? "$$" : "\\]"
        let start = line.lowerBound + 2
        var number = first
        while number < lines.count {
            let from = number == first ? start : lines[number].lowerBound
            if let end = find(closing, in: from..<lines[number].upperBound) {
                if start < end { blocks.append(.formula(source.trimmed(start..<end))) }
                let rest = source.trimmed(end + 2..<lines[number].upperBound)
                if !rest.isEmpty { prose.append(rest) }
                return number + 1
            }
            number += 1
        }
        // Never closed: no formula, then.
        prose.append(source.trimmed(start..<line.upperBound))
        return first + 1
    }

    private mutating func takeTable(_ first: Int) -> Int {
        endProse()
        var (rows, number) = ([[Range<Int>]](), first)
        while number < lines.count, source.characters[lines[number]].contains("|") {
            if !isTableRule(lines[number]) {
                let cells = cells(of: source.trimmed(lines[number]))
                if !cells.isEmpty { rows.append(cells) }
            }
            number += 1
        }
        if !rows.isEmpty { blocks.append(.table(rows)) }
        return number
    }

    private func cells(of line: Range<Int>) -> [Range<Int>] {
        var (cells, start, place) = ([Range<Int>](), line.lowerBound, line.lowerBound)
        while place < line.upperBound {
            if source.characters[place] == "\\" {
                place += 1
            } else if source.characters[place] == "|" {
                cells.append(source.trimmed(start..<place))
                start = place + 1
            }
            place += 1
        }
        if start < line.upperBound { cells.append(source.trimmed(start..<line.upperBound)) }
        if cells.first?.isEmpty == true { cells.removeFirst() }
        return cells
    }

    private func find(_ text: String, in range: Range<Int>) -> Int? {
        let wanted = Array(text)
        guard range.count >= wanted.count else { return nil }
        return (range.lowerBound...range.upperBound - wanted.count).first {
            source.characters[$0..<$0 + wanted.count].elementsEqual(wanted)
        }
    }
}
