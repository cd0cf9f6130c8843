/// Makes the pieces that are spoken out of the blocks of a text.
struct PieceBuilder {
    /// Silences in milliseconds.
    enum Pause {
        static let none = 0, breath = 40, clause = 90, sentence = 220, paragraph = 420, heading = 550
    }

    /// Rows of a table that are read; then it is said how many more there are.
    private static let mostRows = 40

    private let source: SourceText
    private let main: String
    private(set) var pieces: [SpokenPiece] = []

    init(source: SourceText, main: String) { (self.source, self.main) = (source, main) }

    mutating func add(_ block: TextBlocks.Block) {
        switch block {
        case .prose(let lines, let isHeading):
            addProse(tokens(of: lines))
            end(isHeading ? Pause.heading : Pause.paragraph)
        case .table(let rows):
            addTable(rows)
            end(Pause.paragraph)
        case .listing(let range, let language, let lines):
            addListing(range, language: language, lines: lines)
            end(Pause.paragraph)
        case .formula(let range):
            addProse([TextToken(kind: .formula(source.text(range)), range: range)])
            end(Pause.paragraph)
        }
    }

    private mutating func end(_ pause: Int) {
        guard let last = pieces.indices.last else { return }
        pieces[last].pause = max(pieces[last].pause, pause)
        if let word = pieces[last].words.indices.last, pieces[last].words[word].mark ?? "," == "," {
            pieces[last].words[word].mark = "."
        }
    }

    private func tokens(of lines: [Range<Int>]) -> [TextToken] {
        var all: [TextToken] = []
        for line in lines {
            if !all.isEmpty { all.append(TextToken(kind: .space, range: line.lowerBound..<line.lowerBound)) }
            all += InlineScanner(source, line).tokens
        }
        return all
    }

    // MARK: - Prose

    private mutating func addProse(_ tokens: [TextToken]) {
        for sentence in SentenceSplitter.sentences(source, tokens) {
            let runs = read(Array(sentence))
            for (number, run) in runs.enumerated() {
                var words = run.words
                guard let last = words.indices.last else { continue }
                let isLast = number == runs.count - 1
                if words[last].mark == nil { words[last].mark = isLast ? "." : "," }
                pieces += cut(
                    words, language: run.language, limit: SpokenText.longestPiece, pause: isLast ? Pause.sentence : Pause.none)
            }
        }
    }

    /// A sentence in runs of one language each.
    private func read(_ tokens: [TextToken]) -> [(words: [SpokenWord], language: String)] {
        guard let first = tokens.first, let last = tokens.last else { return [] }
        let text = source.text(first.range.lowerBound..<max(first.range.upperBound, last.range.upperBound))
        // A sentence of another language, within a text, tells by several words.
        let latin =
            mainIsLatin ? SpokenLanguage.latin(text, main: main, least: 3) : SpokenLanguage.latin(text, main: "en", least: 1)
        let isJapanese = main == "ja" || text.contains { SpokenLanguage.script(of: $0) == .kana }
        var runs: [(tokens: [TextToken], language: String?)] = []
        for token in tokens {
            let language = language(of: token, latin: latin, isJapanese: isJapanese)
            if let known = runs.last, language == nil || known.language == nil || known.language == language {
                runs[runs.count - 1].tokens.append(token)
                if known.language == nil { runs[runs.count - 1].language = language }
            } else {
                runs.append(([token], language))
            }
        }
        let isShouted = isShouted(tokens)
        return runs.map { run in
            let language = run.language ?? (mainIsLatin ? latin : main)
            let words =
                language == "en"
                ? EnglishReader(source, run.tokens, isShouted: isShouted).words
                : PlainReader(source, run.tokens, language: language).words
            return (words, language)
        }.filter { !$0.words.isEmpty }
    }

    private var mainIsLatin: Bool {
        !["el", "ru", "uk", "bg", "sr", "mk", "he", "ar", "fa", "hi", "bn", "ta", "th", "ka", "hy", "ja", "zh", "ko"].contains(main)
    }

    /// nil for what is said in whatever language is around it.
    private func language(of token: TextToken, latin: String, isJapanese: Bool) -> String? {
        switch token.kind {
        case .word: break
        case .formula, .code: return mainIsLatin ? latin : nil
        default: return nil
        }
        let text = source.text(token.range)
        guard let first = text.first else { return nil }
        switch SpokenLanguage.script(of: first) {
        case .other: return nil
        case .latin: return latin
        // A letter in a formula, not a word.
        case .greek where main != "el" && text.count < 3: return latin
        case .han: return isJapanese ? "ja" : main == "ko" ? "ko" : "zh"
        case .cyrillic where ["uk", "bg", "sr", "mk"].contains(main): return main
        case .arabic where ["fa", "ur"].contains(main): return main
        case let script: return SpokenLanguage.language(of: script, in: text)
        }
    }

    private func isShouted(_ tokens: [TextToken]) -> Bool {
        let long = tokens.filter { $0.kind == .word && $0.range.count > 3 }.map { source.text($0.range) }
        let shouted = long.filter { !$0.contains(where: \.isLowercase) }
        // "NASA and HTML" are initials; a heading has a longer word.
        return shouted.count >= 2 && shouted.count * 5 >= long.count * 3 && shouted.contains { $0.count > 5 }
    }

    // MARK: - Tables and listings

    private mutating func addTable(_ rows: [[Range<Int>]]) {
        let heads = rows[0]
        if rows.count == 1 { return addProse(row(heads, heads: [])) }
        for cells in rows.dropFirst().prefix(Self.mostRows) {
            addProse(row(cells, heads: heads))
            end(Pause.sentence)
        }
        let rest = rows.count - 1 - Self.mostRows
        if rest > 0, let first = rows[Self.mostRows + 1].first, let last = rows.last?.last {
            let said = main == "en" ? ["and"] + EnglishNumber.cardinal(rest) + ["more", "rows"] : ["+", "\(rest)"]
            put(said, first.lowerBound..<last.upperBound)
        }
    }

    /// The first cell as it is, of the others each after the name of its column.
    private func row(_ cells: [Range<Int>], heads: [Range<Int>]) -> [TextToken] {
        var all: [TextToken] = []
        func comma(_ place: Int) { all.append(TextToken(kind: .symbol(","), range: place..<place)) }
        for (number, cell) in cells.enumerated() where !cell.isEmpty {
            if number > 0, number < heads.count, !heads[number].isEmpty {
                all += InlineScanner(source, heads[number]).tokens
                comma(cell.lowerBound)
            }
            all += InlineScanner(source, cell).tokens
            comma(cell.upperBound)
        }
        return all
    }

    private mutating func addListing(_ range: Range<Int>, language: String, lines: Int) {
        if lines <= 3, lines > 0 {
            var start = range.lowerBound
            while start < range.upperBound, !source.characters[start].isNewline { start += 1 }
            for line in source.characters[start..<range.upperBound].split(whereSeparator: \.isNewline) {
                let place = source.trimmed(line.startIndex..<line.endIndex)
                let text = source.text(place)
                if !text.hasPrefix("```"), !text.hasPrefix("~~~"), !place.isEmpty { put(CodeReader.said(text), place) }
            }
            return
        }
        var said = ["code"]
        if main == "en" {
            if !language.isEmpty { said += ["in"] + EnglishWord.said(language) }
            said += EnglishNumber.cardinal(lines) + [lines == 1 ? "line" : "lines"]
        }
        put(said, range)
    }

    private mutating func put(_ said: [String], _ range: Range<Int>) {
        guard !said.isEmpty, !range.isEmpty else { return }
        let word = SpokenWord(range: source.place(range), text: source.text(range), said: said, mark: ".")
        pieces += cut([word], language: main, limit: SpokenText.longestPiece, pause: Pause.sentence)
    }

    // MARK: - Pieces

    /// Cuts a sentence where it pauses, so that no part of it is long; else between words.
    private func cut(_ words: [SpokenWord], language: String, limit: Int, pause: Int) -> [SpokenPiece] {
        var (made, rest) = ([SpokenPiece](), words.flatMap { split($0) }[...])
        while !rest.isEmpty {
            var (length, fitting, best) = (0, rest.startIndex, rest.startIndex)
            for place in rest.indices {
                length += rest[place].said.reduce(0) { $0 + $1.count + 1 }
                if length > limit, place > rest.startIndex { break }
                fitting = place + 1
                if rest[place].mark != nil, length >= limit / 4 || place + 1 == rest.endIndex { best = place + 1 }
            }
            if fitting == rest.endIndex { best = rest.endIndex }
            let end = best > rest.startIndex ? best : fitting
            var part = Array(rest[..<end])
            rest = rest[end...]
            let isPausing = part[part.count - 1].mark != nil
            if rest.isEmpty {
                made.append(SpokenPiece(words: part, language: language, pause: pause))
            } else {
                if !isPausing { part[part.count - 1].mark = "," }
                made.append(SpokenPiece(words: part, language: language, pause: isPausing ? Pause.clause : Pause.none))
            }
        }
        return made
    }

    /// A word for which much is said, a formula or a number of many digits, in parts.
    private func split(_ word: SpokenWord) -> [SpokenWord] {
        let limit = SpokenText.longestPiece
        let length = word.said.reduce(0) { $0 + $1.count + 1 }
        guard length > limit, word.said.count > 1 else { return [word] }
        var (parts, said, count) = ([SpokenWord](), [String](), 0)
        for part in word.said {
            if count + part.count + 1 > limit, !said.isEmpty {
                parts.append(SpokenWord(range: word.range, text: word.text, said: said))
                (said, count) = ([], 0)
            }
            said.append(part)
            count += part.count + 1
        }
        parts.append(SpokenWord(range: word.range, text: word.text, said: said, mark: word.mark))
        return parts
    }
}
