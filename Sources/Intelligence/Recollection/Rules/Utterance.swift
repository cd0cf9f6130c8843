/// What somebody said, cut into sentences and clauses whose words can be compared.
struct Utterance: Sendable {
    struct Sentence: Sendable {
        var text: Substring
        var isQuestion: Bool
        var clauses: [Clause]
    }

    let text: String
    let sentences: [Sentence]

    init(_ text: String) {
        self.text = text
        sentences = Self.sentences(of: text).map { sentence in
            let isQuestion = sentence.last == "?"
            return Sentence(
                text: sentence, isQuestion: isQuestion,
                clauses: Self.clauses(of: sentence).map(Clause.init).filter { !$0.words.isEmpty })
        }
    }

    /// Ends at `.`, `!`, `?` before a space, and at a new line; not behind a number, as in “am 12. Juni”.
    private static func sentences(of text: String) -> [Substring] {
        var found: [Substring] = []
        var start = text.startIndex
        func close(at end: String.Index) {
            let sentence = text[start..<end].trimmed
            if !sentence.isEmpty { found.append(sentence) }
            start = end
        }
        var index = text.startIndex
        while index < text.endIndex {
            let character = text[index]
            let next = text.index(after: index)
            if character.isNewline { close(at: index) }
            if character == "." || character == "!" || character == "?" {
                let isEnd = next == text.endIndex || text[next].isWhitespace
                let isNumber = character == "." && index > text.startIndex && text[text.index(before: index)].isNumber
                if isEnd, !isNumber || next == text.endIndex { close(at: next) }
            }
            index = next
        }
        close(at: text.endIndex)
        return found
    }

    private static let joints = [
        " and i ", " and i'm ", " but i ", " but i'm ", " so i ", " so can you ", " so could you ", " und ich ", " und studiere ",
        " aber ich ",
    ]

    /// Between commas, but for those of “1,5”.
    private static func parts(of sentence: Substring) -> [Substring] {
        var parts: [Substring] = []
        var start = sentence.startIndex
        var previous: Character = " "
        for index in sentence.indices {
            let character = sentence[index]
            if ",;—–…".contains(character), !(character == "," && previous.isNumber) {
                parts.append(sentence[start..<index])
                start = sentence.index(after: index)
            }
            previous = character
        }
        return (parts + [sentence[start...]]).filter { !$0.isEmpty }
    }

    private static func clauses(of sentence: Substring) -> [Substring] {
        parts(of: sentence).flatMap { part -> [Substring] in
            var rest = part
            var found: [Substring] = []
            let lower = part.lowercased().replacing("’", with: "'")
            // The joints have the same length in both, unless lower case changes it: then nothing is cut.
            guard lower.count == part.count else { return [part] }
            var from = lower.startIndex
            while let joint = joints.compactMap({ lower[from...].firstRange(of: $0) }).min(by: { $0.lowerBound < $1.lowerBound }) {
                let length = lower.distance(from: from, to: joint.lowerBound) + 1
                found.append(rest.prefix(length))
                rest = rest.dropFirst(length)
                from = lower.index(after: joint.lowerBound)
            }
            return found + [rest]
        }.map(\.trimmed)
    }
}

/// Words of one clause, with contractions written out.
struct Clause: Sendable {
    let text: Substring
    /// In lower case: “I'm” is `i`, `am`.
    let words: [String]
    /// Where each word begins in `text`; both words of a contraction begin at its beginning.
    let starts: [String.Index]
    /// How many words at its beginning only lead in: “hi”, “by the way”, “please”.
    let leadIn: Int
    /// The same without what leads in and what only strengthens.
    let core: [String]

    init(_ text: Substring) {
        self.text = text
        var words: [String] = []
        var starts: [String.Index] = []
        var index = text.startIndex
        while index < text.endIndex {
            guard text[index].isLetter || text[index].isNumber else {
                index = text.index(after: index)
                continue
            }
            let start = index
            while index < text.endIndex, text[index].isLetter || text[index].isNumber || "'’-@_".contains(text[index]) {
                index = text.index(after: index)
            }
            let word = text[start..<index].lowercased().replacing("’", with: "'").trimmingApostrophes
            for part in Contractions.written(out: word) {
                words.append(part)
                starts.append(start)
            }
        }
        self.words = words
        self.starts = starts
        var lead = 0
        while lead < words.count, let length = Self.leadIns.first(where: { words[lead...].starts(with: $0) })?.count {
            lead += length
        }
        leadIn = lead
        core = words.dropFirst(lead).filter { !Self.strengtheners.contains($0) }
    }

    /// As it was written, without what leads in.
    var told: String {
        guard leadIn < starts.count else { return "" }
        var told = String(text[starts[leadIn]...].trimmed)
        while let last = told.last, ".!?:".contains(last) { told.removeLast() }
        return told.prefix(1).uppercased() + told.dropFirst()
    }

    /// What follows one of these beginnings, all words in lower case; nil where the clause begins otherwise.
    func after(_ beginnings: String...) -> ArraySlice<String>? {
        for beginning in beginnings {
            let words = beginning.split(separator: " ").map(String.init)
            if core.starts(with: words) { return core.dropFirst(words.count) }
        }
        return nil
    }

    func has(_ candidates: Set<String>) -> Bool { words.contains(where: candidates.contains) }

    func has(phrase: String) -> Bool { (" " + words.joined(separator: " ") + " ").contains(" \(phrase) ") }

    private static let leadIns: [[String]] = [
        "by the way", "just so you know", "nice to meet you", "good morning", "good evening", "to be honest", "hi", "hello", "hey",
        "hallo", "well", "ok", "okay",
        "btw", "honestly", "also", "and", "but", "so", "because", "since", "actually", "ugh", "hm", "oh", "yes", "please", "bitte",
        "und", "aber", "there",
        "in fact", "sorry", "fyi", "note that", "remember that", "remember", "you know", "übrigens",
    ].map { $0.split(separator: " ").map(String.init) }

    private static let strengtheners: Set<String> = [
        "really", "so", "very", "just", "completely", "totally", "still", "also", "pretty", "quite", "honestly", "super",
        "extremely", "kind", "kinda", "bit",
        "absolutely", "definitely", "currently", "now", "right", "actually", "somewhat", "rather", "incredibly", "feeling",
        "already", "basically", "simply",
        "sehr", "total", "echt", "gerade", "wirklich", "ziemlich", "richtig", "ganz", "etwas", "einfach", "momentan", "derzeit",
        "irgendwie", "halt", "please", "bitte",
    ]
}

/// Writes contractions out, also those without their apostrophe.
enum Contractions {
    static func written(out word: String) -> [String] {
        if let known = known[word] { return known }
        if word.hasSuffix("n't"), word.count > 3 { return [String(word.dropLast(3)), "not"] }
        return [word]
    }

    private static let known: [String: [String]] = [
        "i'm": ["i", "am"], "im": ["i", "am"], "i've": ["i", "have"], "ive": ["i", "have"], "i'd": ["i", "would"],
        "i'll": ["i", "will"],
        "we've": ["we", "have"], "we're": ["we", "are"], "don't": ["do", "not"], "dont": ["do", "not"], "can't": ["can", "not"],
        "cant": ["can", "not"],
        "cannot": ["can", "not"], "won't": ["will", "not"], "it's": ["it", "is"], "that's": ["that", "is"],
        "what's": ["what", "is"], "let's": ["let", "us"],
        "doesnt": ["does", "not"], "isnt": ["is", "not"],
    ]
}

extension Substring {
    var trimmed: Substring {
        var text = self.drop(while: \.isWhitespace)
        while let last = text.last, last.isWhitespace { text.removeLast() }
        return text
    }
}

extension String {
    fileprivate var trimmingApostrophes: String {
        var text = Substring(self)
        while let first = text.first, "'-_".contains(first) { text.removeFirst() }
        while let last = text.last, "'-_".contains(last) { text.removeLast() }
        return String(text)
    }
}
