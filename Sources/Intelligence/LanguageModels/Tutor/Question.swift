/// What a question asks for, and about what.
package struct Question: Sendable {
    package enum Kind: String, Sendable, CaseIterable {
        case definition, why, how, quantity, when, who, whereabouts, list, compare, summary, other
    }

    package struct Term: Sendable, Hashable {
        package var stem: String
        /// How much an answer that lacks it loses; topic words 1, names and numbers more, asking words little.
        package var weight: Double
        /// A name, a number or a rare word: an answer about something else lacks it.
        package var isRare: Bool
        /// A proper name or a number.
        package var isName = false

        var isNumber: Bool { stem.contains(where: \.isNumber) }
    }

    /// What is wanted within a kind.
    enum Aim: Sendable, Hashable {
        /// “How do I …?”
        case steps
        /// “How is … calculated?”
        case calculation
        /// “What does … do?”, “What is the purpose of …?”
        case role
        /// “How long …?”
        case duration
        /// “How old …?”
        case age
        /// “What share …?”, “How large a majority …?”
        case portion
        /// “When was …?”
        case date
        case plain
    }

    /// What an answer must show, whatever its kind.
    enum Wanted: Sendable, Hashable { case code, formula, anything }

    package let text: String
    package let kind: Kind
    package let terms: [Term]
    /// For definitions the phrase in question: “the Krebs cycle” without its article. For comparisons both sides.
    package let subjects: [[String]]
    /// For definitions the thing itself: “principal” in “the principal of a loan”.
    let head: [String]
    /// What kind of “how” or “what” it is.
    let aim: Aim
    /// Stems of what a list is wanted of: “disadvantage” in “What are the disadvantages of …?”.
    package let listNouns: Set<String>
    /// Both sides of a comparison, as the question writes them.
    let sideNames: [String]
    let wants: Wanted
    /// The acronym whose words are asked for.
    let acronym: String?
    /// What is turned into what.
    let direction: Direction?
    /// The exercises of a text are asked for.
    let wantsExercises: Bool
    /// It is in a language that the embeddings do not know.
    let isForeign: Bool
    /// Names that signs are a part of, as they are written.
    let signs: [String]
    /// No topic is named: “Summarise my notes.”
    package let isAboutAll: Bool

    package init(_ asked: String) {
        let text = Self.plain(asked)
        self.text = text
        let words = Words.split(text)
        let joined = " " + words.joined(separator: " ") + " "
        wants = Self.wanted(joined)
        let shown = wants == .anything ? [] : Self.shown
        let all = Self.terms(of: text)
        // “Show me the code for growth” is about growth.
        let topical = all.filter { !shown.contains($0.stem) }
        let found = topical.isEmpty ? all : topical
        let named = ForeignQuestion.kind(of: text) ?? Self.kind(of: words, joined)
        isAboutAll = found.allSatisfy { Words.askingWords.contains($0.stem) }
        kind = Self.asksForSummary(joined) ? .summary : named
        let nouns = Set(words.filter(Self.plurals.contains).map(Words.stem))
        listNouns = named == .list ? nouns : []
        terms = found.map { term in
            var term = term
            if named == .list, nouns.contains(term.stem) { term.weight = 0.6 }
            return term
        }
        subjects = Self.subjects(of: kind, words)
        sideNames = kind == .compare ? Self.sideNames(in: text) : []
        head = Self.head(of: words)
        aim = Self.aim(of: kind, joined)
        acronym = Self.acronym(in: text, joined)
        direction = Direction(words)
        wantsExercises = ["exercise", "exercises", "problems", "homework"].contains {
            joined.contains(" \($0) ")
        }
        isForeign = ForeignQuestion.isForeign(text)
        signs = SignedName.all(in: text)
    }

    /// Without what asks for a manner of telling: the tutor tells in the sources' words.
    private static func plain(_ text: String) -> String {
        let manners = [
            "explain it like i'm five", "explain like i'm five", "like i'm five", "like i am five",
            "like i’m five", "eli5", "in simple terms",
            "in simple words", "in plain english", "in plain words", "in your own words",
            "for a beginner", "for beginners", "for dummies",
            "step by step", "in detail", "briefly", "in short", "please", "can you tell me",
            "could you tell me", "i want to know", "i need to know", "do you know",
            "according to the document",
            "according to my notes", "in this document", "in my notes", "in my documents", "in the text",
        ]
        var out = text
        let runs = [
            "whats": "what is", "hows": "how is", "wheres": "where is", "whos": "who is", "whens": "when is", "whys": "why is",
        ]
        if let first = text.split(separator: " ").first, let long = runs[first.lowercased()] {
            out = long + text.dropFirst(first.count)
        }
        if out.lowercased().hasPrefix("what"), let range = out.firstRange(of: " good for") {
            out.replaceSubrange(range, with: " used for")
        }
        for start in ["can you ", "could you ", "would you ", "i want you to "]
        where out.lowercased().hasPrefix(start) {
            let rest = out.dropFirst(start.count)
            let verbs = [
                "explain", "describe", "give", "list", "show", "summarise", "summarize", "compare",
                "define", "name", "outline",
            ]
            if verbs.contains(where: rest.lowercased().hasPrefix) { out = String(rest) }
        }
        for manner in manners {
            while let range = out.lowercased().firstRange(of: manner) {
                // Lowering the case of a few letters changes their length.
                guard out.lowercased().count == out.count else { break }
                let lower = out.lowercased()
                let start = out.index(
                    out.startIndex, offsetBy: lower.distance(from: lower.startIndex, to: range.lowerBound))
                let end = out.index(start, offsetBy: manner.count)
                let isWhole =
                    (start == out.startIndex || !out[out.index(before: start)].isLetter)
                    && (end == out.endIndex || !out[end].isLetter)
                guard isWhole else { break }
                out = (out[..<start] + out[end...]).trimmed
                while let first = out.first, ",.;:".contains(first) { out = out.dropFirst().trimmed }
            }
        }
        return out.contains { $0.isLetter || $0.isNumber } ? out : text
    }

    private static let shown: Set<String> = Set(
        ["code", "syntax", "command", "example", "equation", "formula", "overall", "show", "source"].map(Words.stem))

    private static func wanted(_ joined: String) -> Wanted {
        func has(_ phrases: [String]) -> Bool { phrases.contains { joined.contains(" \($0) ") } }
        let asksWhich = ["which file", "where", "who", "why"].contains { joined.hasPrefix(" \($0) ") }
        if !asksWhich,
            has([
                "show me the code", "show the code", "the code for", "code example", "example code",
                "code for", "which command", "what command",
                "what is the command", "the syntax of", "show me an example of code", "source code",
            ])
        {
            return .code
        }
        if has(["equation", "formula", "reaction equation", "chemical equation"]) { return .formula }
        return .anything
    }

    private static func acronym(in text: String, _ joined: String) -> String? {
        let asks = [
            " stand for ", " stands for ", " abbreviation ", " acronym ", " short for ", " mean ",
            " means ", " meaning of ",
        ]
        guard asks.contains(where: joined.contains) else { return nil }
        return text.split { !$0.isLetter && !$0.isNumber && $0 != "/" && $0 != "-" }.map(String.init)
            .first { word in
                word.count >= 2 && word.count <= 8 && word.filter(\.isUppercase).count >= 2
                    && word.filter(\.isUppercase).count * 2 >= word.count
            }
    }

    /// The words of the thing that is asked about, up to what it is said of.
    private static func head(of words: [String]) -> [String] {
        let borders: Set<String> = [
            "of", "in", "for", "on", "between", "with", "to", "from", "used", "called", "mean", "stand",
        ]
        var found: [String] = []
        func isContent(_ index: Int) -> Bool {
            words.indices.contains(index) && !Words.stopWords.contains(words[index]) && !borders.contains(words[index])
                && !Words.askingWords.contains(Words.stem(words[index]))
        }
        for (index, word) in words.enumerated() {
            if borders.contains(word) {
                if found.isEmpty { continue }
                break
            }
            let stem = Words.stem(word)
            guard !Words.stopWords.contains(word) else { continue }
            // The function of a cell is asked for, a hash function is a thing.
            if Words.askingWords.contains(stem) {
                let isPart =
                    index > 0 && ["a", "an"].contains(words[index - 1]) && words[0] == "what" || isContent(index - 1)
                    || isContent(index + 1) && index > 1 && !Self.commands.contains(word)
                guard isPart else { continue }
            }
            found.append(stem)
        }
        return found
    }

    private static let commands: Set<String> = [
        "explain", "define", "describe", "discuss", "outline", "identify", "give", "list", "name", "show", "main", "different",
        "mean",
        "major", "important",
    ]

    /// “A” and “B” of “the difference between A and B”, “compare A with B”, “A vs. B”.
    private static func sideNames(in text: String) -> [String] {
        var words = text.split { $0.isWhitespace || "?,.!".contains($0) }.map(String.init)
        let lower = words.map { $0.lowercased() }
        let separators: Set<String> = ["and", "vs", "versus", "from", "with", "to", "und", "et", "y"]
        let start =
            lower.firstIndex {
                ["between", "compare", "zwischen", "entre", "is", "does", "do", "are"].contains($0)
            }.map { $0 + 1 } ?? 0
        words = Array(words[start...])
        guard let cut = words.firstIndex(where: { separators.contains($0.lowercased()) }) else {
            return []
        }
        func name(_ words: ArraySlice<String>) -> String {
            let borders = ["differ", "different", "compare", "in", "as"]
            let kept = words.prefix { !borders.contains($0.lowercased()) }.drop {
                ["a", "an", "the"].contains($0.lowercased())
            }
            return kept.joined(separator: " ")
        }
        return [name(words[..<cut]), name(words[(cut + 1)...])].filter { !$0.isEmpty && $0.count <= 60 }
    }

    private static func aim(of kind: Kind, _ joined: String) -> Aim {
        func has(_ phrases: [String]) -> Bool { phrases.contains { joined.contains(" \($0) ") } }
        switch kind {
        case .how where has(["calculated", "computed", "calculate", "compute"]): return .calculation
        case .how
        where has(["how do i", "how do you", "how do we", "how to", "how can i", "how can you", "how can we", "how should i"]):
            return .steps
        case .definition where joined.hasPrefix(" what do") && joined.hasSuffix(" do "): return .role
        case .definition where has(["used for", "purpose", "role", "function", "goal", "job", "point", "importance", "use of"]):
            return .role
        case .when where has(["when was", "when were", "when did", "what year", "which year", "what date"]): return .date
        case .quantity where has(["how long", "how much longer", "how much shorter"]): return .duration
        case .quantity where has(["how old", "what age", "which age", "minimum age", "maximum age", "wie alt"]): return .age
        case .quantity where has(["majority", "share", "percentage", "proportion", "fraction", "percent"]): return .portion
        default: return .plain
        }
    }

    /// Words of the question that a topic is made of, each once.
    private static func terms(of text: String) -> [Term] {
        var seen = ForeignQuestion.smallWords(of: text)
        // German writes all nouns with capitals.
        let writesNouns = ForeignQuestion.isForeign(text)
        var terms: [Term] = []
        var wasHow = false
        var isFirst = true
        for whole in text.split(whereSeparator: { !$0.isLetter && !$0.isNumber && !"'’.,".contains($0) }
        ) {
            defer { isFirst = false }
            // “3.1” is one word, “end.” is “end”.
            let piece = whole.trimmedPoints
            let parts = Words.split(ForeignQuestion.topic(of: String(piece)))
            let isMeasure = wasHow && measured.contains(parts.first ?? "")
            wasHow = parts.first == "how"
            // “How long” asks for a time, which need not be called long.
            if isMeasure { continue }
            // A run of a script without spaces is many terms.
            if parts.count > 1 {
                for part in parts where seen.insert(part).inserted && !Words.stopWords.contains(part) {
                    terms.append(Term(stem: Words.stem(part), weight: 1, isRare: part.count >= 4))
                }
                continue
            }
            guard let word = parts.first, !Words.stopWords.contains(word) || !isFirst && Self.isNamed(piece) else { continue }
            let stem = Words.stem(word)
            guard seen.insert(stem).inserted else { continue }
            let isAsking = Words.askingWords.contains(stem)
            let isName =
                !isFirst && piece.first?.isUppercase == true && !isAsking
                && (!writesNouns || piece.dropFirst().contains(where: \.isUppercase))
            let isNumber = word.contains(where: \.isNumber)
            if stem.count < 2, !isNumber, stem.allSatisfy(\.isASCII) { continue }
            let isSoft = Words.softWords.contains(stem)
            let mayDiffer = Words.mayDiffer(stem)
            let weight = isAsking ? 0.25 : isSoft ? 0.6 : mayDiffer ? 0.8 : isName || isNumber ? 1.3 : word.count >= 7 ? 1.1 : 1
            terms.append(
                Term(
                    stem: stem, weight: weight, isRare: !isAsking && !mayDiffer && (isName || isNumber || word.count >= 4),
                    isName: isName || isNumber))
        }
        return terms
    }

    /// “May Day”, “IT”: a capital makes a name of a little word.
    private static func isNamed(_ word: Substring) -> Bool {
        guard word.first?.isUppercase == true, word != "I", word.count >= 2 else { return false }
        return word.allSatisfy(\.isUppercase) || ["May", "Will", "Most"].contains(String(word))
    }

    private static func subjects(of kind: Kind, _ words: [String]) -> [[String]] {
        func content(_ words: some Sequence<String>) -> [String] {
            words.filter { !Words.stopWords.contains($0) }.map(Words.stem).filter { !Words.askingWords.contains($0) }
        }
        guard kind == .compare else {
            let all = content(words)
            return all.isEmpty ? [] : [all]
        }
        let separators: Set<String> = ["and", "vs", "versus", "from", "with", "to", "und", "et", "y"]
        let start =
            words.firstIndex { ["between", "compare", "zwischen", "entre", "is", "does", "do", "are"].contains($0) }.map { $0 + 1 }
            ?? 0
        let rest = Array(words[start...])
        guard let cut = rest.firstIndex(where: separators.contains) else { return [content(rest)] }
        return [content(rest[..<cut]), content(rest[(cut + 1)...])].filter { !$0.isEmpty }
    }
}

extension Substring {
    fileprivate var trimmedPoints: Substring {
        var text = self
        while let last = text.last, last == "." || last == "," { text.removeLast() }
        while let first = text.first, first == "." || first == "," { text.removeFirst() }
        return text
    }
}
