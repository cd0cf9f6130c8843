/// A part of a line of text that is said in one way.
struct TextToken: Equatable {
    enum Kind: Equatable {
        case space
        /// Letters, with digits, apostrophes and inner marks among them.
        case word
        /// Digits, with inner marks.
        case number
        /// A mark, or anything else that is neither letter nor digit.
        case symbol(Character)
        case formula(String)
        case code(String)
        case address(String)
        /// Marks of layout, and citations.
        case silent
    }

    let kind: Kind
    /// Of the source's characters.
    let range: Range<Int>
}

/// Cuts a line into tokens.
struct InlineScanner {
    private let characters: [Character]
    private let end: Int
    private var place: Int
    private(set) var tokens: [TextToken] = []

    init(_ source: SourceText, _ range: Range<Int>) {
        characters = source.characters
        (place, end) = (range.lowerBound, range.upperBound)
        while place < end { step() }
    }

    private func at(_ offset: Int) -> Character? {
        let index = place + offset
        return index < end ? characters[index] : nil
    }

    private mutating func put(_ kind: TextToken.Kind, _ count: Int) {
        tokens.append(TextToken(kind: kind, range: place..<place + count))
        place += count
    }

    private mutating func step() {
        let character = characters[place]
        if character.isWhitespace { return put(.space, run { $0.isWhitespace }) }
        if character == "\\", let next = at(1) {
            if next == "(", let length = closed(by: "\\)", from: 2) { return putFormula(open: 2, length: length, close: 2) }
            if !next.isLetter, !next.isNumber { return put(.silent, 1) }
        }
        if character == "`" {
            let open = run { $0 == "`" }
            if let length = closed(by: String(repeating: "`", count: open), from: open) {
                let code = String(characters[place + open..<place + open + length])
                return put(.code(code), open + length + open)
            }
            return put(.silent, open)
        }
        if character == "$", isFormulaStart, let length = formulaLength { return putFormula(open: 1, length: length, close: 1) }
        if character == "[" || character == "!" && at(1) == "[", takeBracket() { return }
        if character == "<", let length = closed(by: ">", from: 1), length < 200, isTag(length) { return takeTag(length) }
        if let length = addressLength { return put(.address(String(characters[place..<place + length])), length) }
        if "*_~".contains(character), isEmphasis { return put(.silent, run { $0 == character }) }
        if character.isNumber, character.isASCII { return put(.number, numberLength) }
        if character.isLetter { return put(.word, wordLength) }
        put(.symbol(character), 1)
    }

    private func run(_ belongs: (Character) -> Bool) -> Int {
        var count = 1
        while let next = at(count), belongs(next) { count += 1 }
        return count
    }

    /// How many characters stand before the first `mark` from here.
    private func closed(by mark: String, from start: Int) -> Int? {
        let wanted = Array(mark)
        var index = place + start
        // No formula, code or link is longer than some lines.
        let end = min(end, place + 2_000)
        while index + wanted.count <= end {
            if characters[index..<index + wanted.count].elementsEqual(wanted) { return index - place - start }
            index += 1
        }
        return nil
    }

    // MARK: - Formulas, marks, addresses

    /// Money is no formula: after the dollar of one stands no space and, where only digits follow, no number of an amount.
    private var isFormulaStart: Bool {
        guard let next = at(1), !next.isWhitespace, next != "$" else { return false }
        return true
    }

    private var formulaLength: Int? {
        guard let length = closed(by: "$", from: 1), length > 0, length < 1000 else { return nil }
        let inner = characters[place + 1..<place + 1 + length]
        guard let last = inner.last, !last.isWhitespace else { return nil }
        // "$5 and $6": a digit after the closing mark, or an amount with words behind it.
        if let after = at(length + 2), after.isNumber { return nil }
        if inner.first?.isNumber == true, inner.contains(" "), !inner.contains(where: { "\\^_=+<>".contains($0) }) { return nil }
        return length
    }

    private mutating func putFormula(open: Int, length: Int, close: Int) {
        let formula = String(characters[place + open..<place + open + length])
        put(.formula(formula), open + length + close)
    }

    /// `[1]`, `[2, 3]`, `[^note]` are silent; of `[text](address)` the text alone is read.
    private mutating func takeBracket() -> Bool {
        let open = characters[place] == "!" ? 2 : 1
        guard let length = closed(by: "]", from: open), length < 500 else { return false }
        let inner = characters[place + open..<place + open + length]
        let after = at(open + length + 1)
        if open == 1, after != "(" {
            let isNumbers = !inner.isEmpty && inner.allSatisfy { $0.isASCII && $0.isNumber || ", -–;".contains($0) }
            guard isNumbers && inner.contains(where: \.isNumber) || inner.first == "^" else { return false }
            put(.silent, length + 2)
            return true
        }
        guard after == "(" else { return false }
        let start = place
        var close = place + open + length + 2
        var depth = 1
        while close < end, depth > 0 {
            if characters[close] == "(" { depth += 1 }
            if characters[close] == ")" { depth -= 1 }
            close += 1
        }
        guard depth == 0 else { return false }
        put(.silent, open)
        let stop = place + length
        while place < stop { step() }
        place = min(place, close)
        put(.silent, close - place)
        return place > start
    }

    private func isTag(_ length: Int) -> Bool {
        guard let first = at(1) else { return false }
        return first.isLetter && first.isASCII || first == "/" || first == "!"
    }

    private mutating func takeTag(_ length: Int) {
        let inner = String(characters[place + 1..<place + 1 + length])
        if inner.contains("://") || inner.contains("@") {
            put(.address(inner), length + 2)
        } else {
            put(.silent, length + 2)
        }
    }

    private var addressLength: Int? {
        let isStart = place == 0 || tokens.isEmpty || !characters[place - 1].isLetter && !characters[place - 1].isNumber
        guard isStart, characters[place].isLetter || characters[place].isNumber else { return nil }
        var count = 0
        while count < 300, let next = at(count), !next.isWhitespace, !"<>\"'`|".contains(next) { count += 1 }
        while count > 0, let last = at(count - 1), ".,;:!?)]*_".contains(last) { count -= 1 }
        let text = String(characters[place..<place + count])
        for head in ["https://", "http://", "ftp://", "www."] where text.lowercased().hasPrefix(head) && text.count > head.count {
            return count
        }
        let halves = text.split(separator: "@", omittingEmptySubsequences: false)
        guard halves.count == 2, !halves[0].isEmpty, halves[1].contains("."), halves[1].last?.isLetter == true,
            text.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || "@.-_+".contains($0)) })
        else { return nil }
        return count
    }

    /// Stars and underlines at the edge of a word are marks of layout; between spaces or digits they are not.
    private var isEmphasis: Bool {
        let character = characters[place]
        let length = run { $0 == character }
        let before = place > 0 ? characters[place - 1] : " "
        let after = at(length) ?? " "
        if character == "~" { return length == 2 }
        if before.isWhitespace && after.isWhitespace { return false }
        if character == "_" { return !(before.isLetter || before.isNumber) || !(after.isLetter || after.isNumber) }
        // "2*3" multiplies.
        return !(before.isNumber && after.isNumber) && length <= 3
    }

    // MARK: - Numbers and words

    private var numberLength: Int {
        var count = run { $0.isASCII && $0.isNumber }
        while let mark = at(count), ".,:/'’\u{202F}\u{00A0}".contains(mark), let next = at(count + 1), next.isASCII, next.isNumber {
            // A narrow or fixed space parts thousands alone.
            if "\u{202F}\u{00A0}".contains(mark) {
                var digits = 1
                while let more = at(count + 1 + digits), more.isASCII, more.isNumber { digits += 1 }
                guard digits == 3 else { break }
            }
            count += 2
            while let more = at(count), more.isASCII, more.isNumber { count += 1 }
        }
        // A date: 2024-05-17.
        if count == 4, at(4) == "-", [5, 6, 8, 9].allSatisfy({ at($0)?.isNumber == true }), at(7) == "-", at(10)?.isNumber != true {
            return 10
        }
        // 1e-5, 1.5E6
        if let mark = at(count), mark == "e" || mark == "E" {
            var digits = count + 1
            if let sign = at(digits), "+-−".contains(sign) { digits += 1 }
            let start = digits
            while let more = at(digits), more.isASCII, more.isNumber { digits += 1 }
            if digits > start, at(digits)?.isLetter != true { return digits }
        }
        return count
    }

    private var wordLength: Int {
        var count = 1
        while let next = at(count) {
            if next.isLetter || next.isNumber && next.isASCII {
                // Two scripts in one run are two words, but for units.
                let isUnit = next == "Ω" || characters[place] == "μ"
                if next.isLetter, !isUnit, SpokenLanguage.script(of: next) != SpokenLanguage.script(of: characters[place]) { break }
                count += 1
            } else if "'’-‐.&_".contains(next), let after = at(count + 1),
                after.isLetter || next == "_" && after.isNumber && after.isASCII
            {
                // U.S., e.g., don't, well-known; "end.Next" is two sentences whose space is missing.
                if next == ".", !isDotted(count) { break }
                count += 1
            } else {
                break
            }
        }
        // The dot of "U.S." and of "e.g."
        if at(count) == ".", count >= 3, characters[place..<place + count].contains("."), isDotted(count) { count += 1 }
        return count
    }

    /// Whether before the dot stands one letter alone, or one of a few.
    private func isDotted(_ count: Int) -> Bool {
        var (letters, index) = (0, count - 1)
        while index >= 0, let letter = at(index), letter.isLetter {
            letters += 1
            index -= 1
        }
        return letters == 1
    }
}
