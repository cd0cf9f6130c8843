/// Reads the tokens of an English sentence: what is said for each, and the marks that the melody follows.
struct EnglishReader {
    private let source: SourceText
    private let tokens: [TextToken]
    private var place = 0
    private var isShouted = false
    private(set) var words: [SpokenWord] = []

    init(_ source: SourceText, _ tokens: [TextToken], isShouted: Bool) {
        self.source = source
        self.tokens = tokens
        self.isShouted = isShouted
        while place < tokens.count {
            let before = place
            step()
            if place == before { place += 1 }
        }
    }

    // MARK: - Looking around

    private func token(_ offset: Int) -> TextToken? {
        let index = place + offset
        return tokens.indices.contains(index) ? tokens[index] : nil
    }

    private func text(_ offset: Int) -> String { token(offset).map { source.text($0.range) } ?? "" }

    private func symbol(_ offset: Int) -> Character? {
        guard case .symbol(let character)? = token(offset)?.kind else { return nil }
        return character
    }

    private func isNumber(_ offset: Int) -> Bool { token(offset)?.kind == .number }
    private func isWord(_ offset: Int) -> Bool { token(offset)?.kind == .word }
    private func isSpace(_ offset: Int) -> Bool { token(offset).map { $0.kind == .space } ?? true }

    // MARK: - Putting

    /// Says words for some tokens from here on, and goes past them.
    private mutating func put(_ said: [String], tokens count: Int = 1) {
        defer { place += count }
        guard let first = token(0), let last = token(count - 1), !said.isEmpty else { return }
        let range = first.range.lowerBound..<last.range.upperBound
        words.append(SpokenWord(range: source.place(range), text: source.text(range), said: said))
    }

    /// Puts a mark after the last word, unless a stronger one is there.
    private mutating func mark(_ mark: Character, tokens count: Int = 1) {
        place += count
        guard let last = words.indices.last else { return }
        let order: [Character?] = [nil, ",", ".", "!", "?"]
        let known = order.firstIndex(of: words[last].mark) ?? 0
        if let new = order.firstIndex(of: mark), new > known { words[last].mark = mark }
    }

    // MARK: - Steps

    private mutating func step() {
        guard let token = token(0) else { return }
        switch token.kind {
        case .space, .silent: place += 1
        case .formula(let formula): put(FormulaReader.said(formula))
        case .code(let code): put(CodeReader.said(code))
        case .address(let address): put(AddressReader.said(address))
        case .number: number()
        case .word: word()
        case .symbol(let character): sign(character)
        }
    }

    private mutating func number() {
        let digits = text(0)
        // 2024-05-17
        if digits.count == 10, digits.contains("-"), let said = date(digits) { return put(said) }
        if digits.contains(":") { return put(clock(digits)) }
        if digits.contains("/") { return put(slashed(digits)) }
        if let exponent = digits.firstIndex(where: { $0 == "e" || $0 == "E" }) {
            let power = digits[digits.index(after: exponent)...]
            return put(
                EnglishNumber.quantity(digits[..<exponent]) + ["times", "ten", "to", "the", "power", "of"]
                    + ("-−".contains(power.first ?? " ") ? ["minus"] : []) + EnglishNumber.quantity(power.filter(\.isNumber)))
        }
        let plain = digits.filter { $0.isNumber || $0 == "." }
        if isWord(1) {
            let tail = text(1)
            if ["st", "nd", "rd", "th"].contains(tail), let number = Int(plain) {
                return put(EnglishNumber.ordinal(number), tokens: 2)
            }
            if tail == "s", let number = Int(plain) { return put(EnglishNumber.decade(number), tokens: 2) }
            if tail == "x" { return put(EnglishNumber.quantity(plain) + ["times"], tokens: 2) }
        }
        let isBare = digits.allSatisfy(\.isNumber)
        let isUnit = unit(at: isSpace(1) ? 2 : 1, isOne: false) != nil
        let follows: Character = symbol(1) ?? " "
        if isBare, digits.count == 4, let year = Int(digits), (1500...2099).contains(year), !isUnit, !"%°×^".contains(follows),
            !isNumber(2) || "-–,".contains(follows)
        {
            put(EnglishNumber.year(year))
        } else {
            put(EnglishNumber.quantity(plain))
        }
        range()
        units(isOne: plain == "1")
    }

    /// `10–20` is said "ten to twenty".
    private mutating func range() {
        guard let dash = symbol(0), "-–—−".contains(dash), isNumber(1) else { return }
        put(["to"])
    }

    private func unit(at offset: Int, isOne: Bool) -> (said: [String], count: Int)? {
        guard isWord(offset) else { return nil }
        let (power, count) = power(after: offset)
        guard let said = EnglishUnits.words(text(offset), isOne: isOne, power: power) else { return nil }
        return (said, 1 + count)
    }

    /// A raised figure after a unit, and how many tokens it takes.
    private func power(after offset: Int) -> (power: Int, tokens: Int) {
        if let next = symbol(offset + 1), let plain = PlainLetters.raised[next] {
            if plain == "-", let digit = symbol(offset + 2).flatMap({ PlainLetters.raised[$0] }), let value = digit.wholeNumberValue
            {
                return (-value, 2)
            }
            if let value = plain.wholeNumberValue { return (value, 1) }
        }
        if symbol(offset + 1) == "^", isNumber(offset + 2), let value = Int(text(offset + 2)) { return (value, 2) }
        return (1, 0)
    }

    /// The unit of the number before, with what it is divided by.
    private mutating func units(isOne: Bool) {
        let gap = token(0)?.kind == .space ? 1 : 0
        guard let first = unit(at: gap, isOne: isOne) else { return }
        place += gap
        put(first.said, tokens: first.count)
        while symbol(0) == "/", let below = unit(at: 1, isOne: true) {
            place += 1
            put(["per"] + below.said, tokens: below.count)
        }
    }

    private mutating func word() {
        let word = text(0)
        let isDotted = symbol(1) == "."
        let gap = isDotted ? 2 : 1
        let isBeforeNumber = isNumber(gap) || isSpace(gap) && isNumber(gap + 1)
        let bare = word.hasSuffix(".") ? String(word.dropLast()) : word
        if let said = EnglishAbbreviations.words(bare, isDotted: isDotted || word.hasSuffix("."), isBeforeNumber: isBeforeNumber) {
            put(said, tokens: isDotted ? 2 : 1)
            return
        }
        // An initial: J. Watson
        if isDotted, word.count == 1, word.first?.isUppercase == true, word != "I", place + 2 < tokens.count {
            return put(LetterNames.spelled(word), tokens: 2)
        }
        if let number = EnglishWord.roman(word), number > 1 && word.count > 1 || isNaming {
            return put(EnglishNumber.cardinal(number))
        }
        if word == "A", isSpace(1), isWord(2), words.isEmpty || words.last?.mark == "." { return put(["a"]) }
        let raised = powers(after: 0)
        put(EnglishWord.said(plain(word), isShouted: isShouted))
        if let raised { put(raised.said, tokens: raised.count) }
    }

    /// A raised number after a name: `x²`, `10³`.
    private func powers(after offset: Int) -> (said: [String], count: Int)? {
        var (text, count) = ("", 0)
        while let next = symbol(offset + 1 + count), let plain = PlainLetters.raised[next] {
            text.append(plain)
            count += 1
        }
        return count == 0 ? nil : (FormulaReader.power(text), count)
    }

    private func plain(_ word: String) -> String { word.map { PlainLetters.plain($0) ?? String($0) }.joined() }

    /// Chapter I, World War II: a number, not a word, where something is numbered.
    private var isNaming: Bool {
        [
            "chapter", "section", "part", "act", "scene", "volume", "book", "table", "figure", "type", "phase", "stage", "grade",
            "class", "war",
        ]
        .contains(words.last?.text.lowercased() ?? "")
    }

    private mutating func sign(_ character: Character) {
        // Several of one kind are one: =====, ......
        var run = 1
        while symbol(run) == character { run += 1 }
        if run >= 3, !character.isNumber {
            if ".…".contains(character) { return mark(",", tokens: run) }
            if !isNumber(run) {
                return put(SymbolNames.isSilent(character) || "=*_~#".contains(character) ? [] : name(character), tokens: run)
            }
        }
        switch character {
        case ".":
            // .5
            if isNumber(1), isSpace(-1) { return put(["point"] + EnglishNumber.digits(text(1)), tokens: 2) }
            return mark(isEnd ? "." : ",")
        case "。": return mark(".")
        case "?", "？": return mark("?")
        case "!", "！": return mark(isEnd || isSpace(1) ? "!" : ",")
        case ",", ";", ":", "，", "、", "；", "：", "…": return mark(",")
        case "(", ")", "[", "]": return mark(",")
        case "–", "—":
            return mark(",")
        case "-", "−":
            if character == "-", symbol(1) == ">" { return put(["to"], tokens: 2) }
            if isNumber(1), isSpace(-1) || "(=<>+".contains(symbol(-1) ?? "x") { return put(["minus"]) }
            if isSpace(-1), isSpace(1) { return character == "−" ? put(["minus"]) : mark(",") }
            if character == "−" { return put(["minus"]) }
            place += 1
        case "=" where symbol(1) == ">": put(["to"], tokens: 2)
        case "~":
            isNumber(1) ? put(["about"]) : put([])
        case "#":
            isNumber(1) ? put(["number"]) : put(["hash"])
        case "/":
            // and/or
            isWord(-1) && isWord(1) ? mark(",") : put(["slash"])
        case "*":
            isNumber(-1) && isNumber(1) || isSpace(-1) && isSpace(1) ? put(["times"]) : put([])
        case "$", "€", "£", "¥", "₹": money(character)
        case "°":
            let scales = ["C": "celsius", "F": "fahrenheit"]
            if isWord(1), let scale = scales[text(1)] { return put(["degrees", scale], tokens: 2) }
            put(["degrees"])
        default: other(character)
        }
    }

    /// Whether nothing more is said in the sentence.
    private var isEnd: Bool {
        tokens[(place + 1)...].allSatisfy { token in
            switch token.kind {
            case .space, .silent: true
            case .symbol(let next): SymbolNames.isSilent(next)
            default: false
            }
        }
    }

    private mutating func other(_ character: Character) {
        if let fraction = PlainLetters.fractions[character], let said = EnglishNumber.fraction(fraction.above, fraction.below) {
            let isAfterNumber = isNumber(-1)
            return put(isAfterNumber ? ["and"] + (fraction.above == 1 ? ["a"] + said.dropFirst() : said) : said)
        }
        if PlainLetters.raised[character] != nil, let raised = powers(after: -1) { return put(raised.said, tokens: raised.count) }
        if PlainLetters.lowered[character] != nil {
            var (digits, count) = ("", 0)
            while let next = symbol(count), let plain = PlainLetters.lowered[next] {
                digits.append(plain)
                count += 1
            }
            return put(digits.allSatisfy(\.isNumber) ? EnglishNumber.quantity(digits) : LetterNames.spelled(digits), tokens: count)
        }
        if let plain = PlainLetters.plain(character) {
            var (text, count) = (plain, 1)
            while let next = symbol(count), let more = PlainLetters.plain(next) {
                text += more
                count += 1
            }
            return put(text.allSatisfy(\.isNumber) ? EnglishNumber.quantity(text) : EnglishWord.said(text), tokens: count)
        }
        // A seen mark, if the name of it is not wanted.
        if SymbolNames.isSilent(character) { return put([]) }
        put(name(character))
    }

    private func name(_ character: Character) -> [String] { SymbolNames.known(character) ?? SymbolNames.official(character) }

    // MARK: - Numbers of a special form

    private mutating func money(_ sign: Character) {
        let gap = isNumber(1) ? 1 : 0
        guard gap == 1, let unit = EnglishUnits.money[sign] else { return put(SymbolNames.known(sign) ?? []) }
        let amount = text(1).filter { $0.isNumber || $0 == "." }
        var (count, scale) = (2, "")
        if isWord(2), let known = EnglishUnits.scales[text(2)] {
            (count, scale) = (3, known)
        } else if token(2)?.kind == .space, isWord(3), ["thousand", "million", "billion", "trillion"].contains(text(3)) {
            (count, scale) = (4, text(3))
        }
        let parts = amount.split(separator: ".")
        if scale.isEmpty, parts.count == 2, parts[1].count == 2, let whole = Int(parts[0]), let cents = Int(parts[1]) {
            let head = EnglishNumber.cardinal(whole) + [whole == 1 ? unit.one : unit.many]
            return put(
                cents == 0 || unit.part.isEmpty ? head : head + EnglishNumber.cardinal(cents) + (whole == 0 ? [unit.part] : []),
                tokens: count)
        }
        put(
            EnglishNumber.quantity(amount) + (scale.isEmpty ? [] : [scale]) + [
                amount == "1" && scale.isEmpty ? unit.one : unit.many
            ], tokens: count)
    }

    private func date(_ text: String) -> [String]? {
        let parts = text.split(separator: "-").compactMap { Int($0) }
        guard parts.count == 3, (1...12).contains(parts[1]), (1...31).contains(parts[2]) else { return nil }
        let months = [
            "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
            "december",
        ]
        return [months[parts[1] - 1]] + EnglishNumber.ordinal(parts[2]) + EnglishNumber.year(parts[0])
    }

    /// `10:30`, `3:1`
    private func clock(_ text: String) -> [String] {
        let parts = text.split(separator: ":")
        guard parts.count >= 2, parts[1].count == 2, let hour = Int(parts[0]), hour < 25, let minute = Int(parts[1]), minute < 60
        else {
            return Array(parts.map { EnglishNumber.quantity($0) }.joined(separator: ["to"]))
        }
        let rest = parts.dropFirst(2).flatMap { EnglishNumber.quantity($0) }
        if minute == 0, rest.isEmpty { return EnglishNumber.cardinal(hour) + (hour <= 12 && !isWord(2) ? ["o'clock"] : []) }
        return EnglishNumber.cardinal(hour) + (minute < 10 ? ["oh"] : []) + EnglishNumber.cardinal(minute) + rest
    }

    private func slashed(_ text: String) -> [String] {
        let parts = text.split(separator: "/")
        if parts.count == 2, let above = Int(parts[0]), let below = Int(parts[1]), let said = EnglishNumber.fraction(above, below) {
            return said
        }
        if parts.count == 3, parts[2].count == 4, let year = Int(parts[2]) {
            return parts.dropLast().flatMap { EnglishNumber.quantity($0) } + EnglishNumber.year(year)
        }
        return Array(parts.map { EnglishNumber.quantity($0) }.joined(separator: ["slash"]))
    }
}
