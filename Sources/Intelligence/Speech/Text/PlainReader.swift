/// Reads the tokens of a sentence in a language other than English: its engine knows how numbers and signs are said there.
struct PlainReader {
    private(set) var words: [SpokenWord] = []
    private let source: SourceText
    private let language: String

    init(_ source: SourceText, _ tokens: [TextToken], language: String) {
        self.source = source
        self.language = language
        for (place, token) in tokens.enumerated() {
            let text = source.text(token.range)
            switch token.kind {
            case .space, .silent: break
            case .word:
                put(runs(text.map { PlainLetters.plain($0) ?? String($0) }.joined().replacing("\u{2019}", with: "'")), token)
            case .number: put(runs(text.filter { !"\u{202F}\u{00A0}'’".contains($0) }), token)
            case .formula(let formula):
                put(formula.split { !$0.isLetter && !$0.isNumber && !"+=<>".contains($0) }.map(String.init), token)
            case .code(let code): put(code.split { !$0.isLetter && !$0.isNumber }.flatMap { runs(String($0)) }, token)
            case .address(let address): put(server(of: address), token)
            case .symbol(let character): sign(character, token, isEnd: isEnd(tokens, after: place), tokens, place)
            }
        }
    }

    private mutating func put(_ said: [String], _ token: TextToken) {
        let said = said.prefix(120).filter { !$0.isEmpty }
        if said.isEmpty { return }
        words.append(SpokenWord(range: source.place(token.range), text: source.text(token.range), said: Array(said)))
    }

    private mutating func mark(_ mark: Character) {
        guard let last = words.indices.last, words[last].mark == nil || words[last].mark == "," else { return }
        words[last].mark = mark
    }

    private mutating func sign(_ character: Character, _ token: TextToken, isEnd: Bool, _ tokens: [TextToken], _ place: Int) {
        switch character {
        case ".": mark(isEnd ? "." : ",")
        case "。", "।", "۔": mark(".")
        case "?", "？", "؟": mark("?")
        case ";" where language == "el" && isEnd: mark("?")
        case "!", "！": mark("!")
        case ",", ";", ":", "，", "、", "；", "：", "…", "(", ")", "–", "—", "،", "؛": mark(",")
        case "-", "−":
            // A sign before a number, else a dash or a hyphen.
            let isBefore = place + 1 < tokens.count && tokens[place + 1].kind == .number
            if isBefore, place == 0 || tokens[place - 1].kind == .space { put(["-"], token) } else if isEnd { mark(",") }
        default:
            if SymbolNames.isSilent(character) { return }
            if let raised = PlainLetters.raised[character] { return put([String(raised)], token) }
            if let lowered = PlainLetters.lowered[character] { return put([String(lowered)], token) }
            put([PlainLetters.plain(character) ?? String(character)], token)
        }
    }

    private func isEnd(_ tokens: [TextToken], after place: Int) -> Bool {
        guard place + 1 < tokens.count else { return true }
        return tokens[place + 1].kind == .space
    }

    /// In parts that an engine takes.
    private func runs(_ text: String) -> [String] {
        var (parts, rest) = ([String](), text[...])
        while !rest.isEmpty {
            parts.append(String(rest.prefix(EnglishWord.longestRun)))
            rest = rest.dropFirst(EnglishWord.longestRun)
        }
        return parts
    }

    private static let dots = [
        "de": "Punkt", "fr": "point", "es": "punto", "it": "punto", "pt": "ponto", "nl": "punt", "sv": "punkt", "pl": "kropka",
    ]

    private func server(of address: String) -> [String] {
        let said = AddressReader.said(address)
        guard let dot = Self.dots[language] else { return said }
        return said.map { $0 == "dot" ? dot : $0 }
    }
}
