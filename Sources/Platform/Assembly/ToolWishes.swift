package import JSON

/// The plain words by which a tool is asked for where no model understands them: “make me a quiz on chapter 2”.
package struct ToolWishes: Sendable {
    /// A name of what is made, and the arguments that it stands for: `cheat sheet` is `{"kind": "cheat_sheet"}`.
    package struct Thing: Sendable {
        let words: [String]
        let fields: [JSONValue.Field]

        package init(_ words: String, _ fields: [JSONValue.Field] = []) {
            self.words = words.split(separator: " ").map(String.init)
            self.fields = fields
        }
    }

    let things: [Thing]
    /// Sentences that need no name of the thing: `quiz me`.
    let phrases: [[String]]
    /// What a number counts: `questions`.
    let counted: Set<String>
    /// Words that have something made; nil for the usual ones.
    let orders: Set<String>?

    /// - Parameters:
    ///   - things: in small letters.
    ///   - phrases: in small letters; each asks for it by itself.
    ///   - counted: what a number counts, in small letters.
    ///   - orders: words that have it made, in small letters; nil for the usual ones.
    package init(_ things: [Thing], phrases: [String] = [], counted: Set<String> = [], orders: Set<String>? = nil) {
        self.orders = orders
        // A longer name says more: “cheat sheet” before “sheet”.
        self.things = things.enumerated().sorted { ($1.element.words.count, $0.offset) < ($0.element.words.count, $1.offset) }
            .map(\.element)
        self.phrases = phrases.map { $0.split(separator: " ").map(String.init) }
        self.counted = counted
    }

    /// Whether it may be meant: one of its words is there, with something that asks for it or without.
    package func mayBeMeant(by text: String) -> Bool {
        let words = SpokenWords(text).small
        return things.contains { SpokenWords.place(of: $0.words, in: words) != nil }
            || phrases.contains { SpokenWords.place(of: $0, in: words) != nil }
    }

    /// What is asked for; nil where it is not asked for, or only spoken of: “How do I make a quiz?”.
    package func wish(in text: String) -> ToolWish? {
        let spoken = SpokenWords(text)
        guard (1...40).contains(spoken.small.count), !spoken.denies else { return nil }
        for phrase in phrases {
            // What asks how something is may be such a phrase itself.
            guard let place = SpokenWords.place(of: phrase, in: spoken.small), place.lowerBound <= 2 || !spoken.asks else {
                continue
            }
            return ToolWish(spoken, from: place.upperBound, behind: place.upperBound, between: [], fields: [], counted: counted)
        }
        if spoken.asks { return nil }
        for thing in things {
            guard let place = SpokenWords.place(of: thing.words, in: spoken.small),
                let verb = spoken.small[..<place.lowerBound].lastIndex(where: (orders ?? SpokenWords.orders).contains)
            else { continue }
            let between = Array(spoken.small[(verb + 1)..<place.lowerBound])
            guard between.count <= 6, !between.contains(where: SpokenWords.leads.contains) else { continue }
            return ToolWish(
                spoken, from: verb + 1, behind: place.upperBound, between: between, fields: thing.fields, counted: counted)
        }
        return nil
    }
}

/// What somebody asks a tool for, in plain words.
package struct ToolWish: Sendable, Hashable {
    /// What the words stand for in the tool's arguments.
    package var fields: [JSONValue.Field]
    /// How many are wanted.
    package var count: Int?
    /// What it is to be about, as it was written.
    package var about: String?
    /// What is to stand in it, as it was written: “make a note that …”.
    package var said: String?
    /// It is to be made of what was answered last: “from this”.
    package var isOfThis: Bool
    /// All that is wished for, as it was written, such as “bio exam on friday 9am”.
    package var line: String

    init(
        _ spoken: SpokenWords, from begin: Int, behind end: Int, between: [String], fields: [JSONValue.Field], counted: Set<String>
    ) {
        self.fields = fields
        let first = (begin..<spoken.small.count).first { !SpokenWords.articles.contains(spoken.small[$0]) }
        line = first.map { spoken.text(from: $0) } ?? ""
        let number = spoken.small.indices.first { index in
            SpokenWords.number(spoken.small[index]) != nil
                && spoken.small[(index + 1)...].prefix(2).contains(where: counted.contains)
        }
        count = number.flatMap { SpokenWords.number(spoken.small[$0]) }
        var rest = Array(end..<spoken.small.count)
        if let number, let counted = spoken.small[(number + 1)...].prefix(2).firstIndex(where: counted.contains) {
            rest.removeAll {
                (number...counted).contains($0) || $0 == number - 1 && ["with", "mit", "of"].contains(spoken.small[$0])
            }
        }
        if let first = rest.first, ["that", "saying", "dass"].contains(spoken.small[first]), rest.count > 2 {
            said = spoken.text(from: rest[1])
        }
        while let last = rest.last, ["please", "bitte", "now", "too", "ab"].contains(spoken.small[last]) { rest.removeLast() }
        while let first = rest.first,
            SpokenWords.leads.contains(spoken.small[first]) || SpokenWords.articles.contains(spoken.small[first])
        {
            rest.removeFirst()
        }
        let words = rest.map { spoken.small[$0] }
        let isThis =
            between.contains(where: SpokenWords.these.contains)
            || words.contains(where: SpokenWords.these.contains)
                && words.allSatisfy {
                    SpokenWords.these.contains($0) || SpokenWords.whole.contains($0) || SpokenWords.leads.contains($0)
                }
        isOfThis = isThis
        let isAll = words.allSatisfy {
            SpokenWords.whole.contains($0) || SpokenWords.leads.contains($0) || SpokenWords.articles.contains($0)
        }
        if !isThis, !isAll, said == nil, let first = rest.first, let last = rest.last {
            about = String(spoken.text(from: first, through: last).prefix(200))
        }
    }
}

/// A sentence by its words.
struct SpokenWords {
    let words: [Substring]
    let small: [String]

    init(_ text: String) {
        words = text.split { !$0.isLetter && !$0.isNumber && !"'’-.+#".contains($0) }.compactMap { word in
            var word = word
            while let last = word.last, last == "." { word.removeLast() }
            return word.isEmpty ? nil : word
        }
        small = words.map { $0.lowercased().replacing("’", with: "'") }
    }

    /// Words that have something made.
    static let orders: Set<String> = [
        "make", "create", "generate", "build", "prepare", "write", "give", "start", "turn", "save", "keep", "add", "want",
        "need",
        "like", "draft", "put", "mach", "mache", "machst", "erstelle", "erstell", "erstellen", "erzeuge", "schreib", "schreibe",
        "gib",
        "möchte", "brauche", "hätte", "speichere", "leg", "lege", "draw", "sketch", "zeichne", "zeichnest", "skizziere",
    ]
    /// Words behind which something else is named than what is made.
    static let leads: Set<String> = [
        "on", "about", "over", "from", "of", "for", "in", "covering", "regarding", "with", "out", "by", "to", "how", "why", "what",
        "when",
        "über", "zu", "zum", "zur", "aus", "von", "vom", "für", "mit", "wie", "warum",
    ]
    static let articles: Set<String> = [
        "the", "a", "an", "my", "me", "der", "die", "das", "dem", "den", "ein", "eine", "meine", "meinen",
    ]
    static let these: Set<String> = [
        "this", "that", "it", "these", "those", "daraus", "davon", "dies", "diese", "diesem", "dieser", "hieraus",
    ]
    /// Words that name all that there is, or what was said.
    static let whole: Set<String> = [
        "documents", "document", "notes", "everything", "all", "course", "text", "texts", "files", "material", "materials",
        "answer",
        "library", "dokumenten", "dokumente", "alles", "allem", "allen", "kurs", "antwort", "text", "unterlagen",
    ]

    /// Whether it asks how something is, and for nothing.
    var asks: Bool {
        let first = small.first ?? ""
        let asking: Set<String> = [
            "how", "what", "what's", "why", "when", "where", "which", "who", "whose", "is", "are", "does", "did", "was", "were",
            "explain",
            "describe", "define", "should", "must", "wie", "warum", "wann", "wo", "welche", "welcher", "welches", "wer", "ist",
            "sind",
            "erkläre", "soll", "sollte",
        ]
        if asking.contains(first) { return true }
        return ["can", "may", "do", "kann"].contains(first) && small.count > 1
            && ["i", "we", "one", "ich", "wir", "man"].contains(small[1])
    }

    var denies: Bool {
        small.contains { ["don't", "not", "no", "never", "without", "nicht", "kein", "keine", "keinen", "ohne"].contains($0) }
    }

    /// The words from one to another, as they were written.
    func text(from first: Int, through last: Int? = nil) -> String {
        guard let start = words[first...].first?.startIndex else { return "" }
        guard let last else { return String(words[first].base[start...]).trimmingSpaces }
        return String(words[first].base[start..<words[last].endIndex])
    }

    static func place(of phrase: [String], in words: [String]) -> Range<Int>? {
        guard !phrase.isEmpty, words.count >= phrase.count else { return nil }
        return (0...(words.count - phrase.count)).first { words[$0..<($0 + phrase.count)].elementsEqual(phrase) }
            .map { $0..<($0 + phrase.count) }
    }

    static func number(_ word: String) -> Int? {
        if let number = Int(word) { return (1...100).contains(number) ? number : nil }
        let written = [
            "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
            "fourteen",
            "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
        ]
        let german = [
            "eins", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "elf", "zwölf", "dreizehn",
            "vierzehn",
            "fünfzehn", "sechzehn", "siebzehn", "achtzehn", "neunzehn", "zwanzig",
        ]
        return (written.firstIndex(of: word) ?? german.firstIndex(of: word)).map { $0 + 1 }
    }
}

extension String {
    fileprivate var trimmingSpaces: String {
        var text = self[...]
        while let last = text.last, last.isWhitespace { text.removeLast() }
        return String(text)
    }
}
