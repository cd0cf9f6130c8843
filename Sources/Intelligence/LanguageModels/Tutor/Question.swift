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
        /// “When was …?”
        case date
        case plain
    }

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
    /// Stem of what is to be listed in “Which DNS records are there?”.
    let listed: String?
    /// What must be met letter for letter: “3.1”, “Very Large Array”.
    let exact: [String]
    /// Who or what does it, or has it done: “photosystem ii” in “How does photosystem II make oxygen?”. Empty where that is not clear.
    let agent: [String]
    /// It asks for what keeps something from happening, or for what does not happen.
    let isNegative: Bool
    /// No topic is named: “Summarise my notes.”
    package let isAboutAll: Bool

    package init(_ text: String) {
        self.text = text
        let words = Words.split(text)
        let joined = " " + words.joined(separator: " ") + " "
        let found = Self.terms(of: text)
        let named = Self.kind(of: words, joined)
        isAboutAll = found.allSatisfy { Words.askingWords.contains($0.stem) }
        kind = Self.asksForSummary(joined) ? .summary : named
        let nouns = Set(words.filter(Self.plurals.contains).map(Words.stem))
        listed = named == .list ? Self.listed(in: words).map(Words.stem) : nil
        listNouns = named == .list ? nouns : []
        terms = found.map { term in
            var term = term
            if named == .list, nouns.contains(term.stem) { term.weight = 0.6 }
            return term
        }
        subjects = Self.subjects(of: kind, words)
        head = Self.head(of: words)
        aim = Self.aim(of: kind, joined)
        exact = Self.exact(in: text)
        agent = Self.agent(in: words)
        isNegative = words.contains { Self.negations.contains($0) || Verbs.hinders(Words.stem($0)) }
    }

    private static let negations: Set<String> = [
        "not", "no", "never", "cannot", "without", "t", "avoid", "protect", "lower", "reduce", "slow", "affect", "influence",
        "harm",
    ]

    /// The words between the auxiliary and the verb.
    private static func agent(in words: [String]) -> [String] {
        let auxiliaries: Set<String> = [
            "do", "does", "did", "is", "are", "was", "were", "can", "could", "may", "will", "would", "should",
        ]
        guard let at = words.prefix(4).firstIndex(where: auxiliaries.contains), at > 0 else { return [] }
        var found: [String] = []
        for word in words.dropFirst(at + 1) {
            let stem = Words.stem(word)
            let isBorder = Words.stopWords.contains(word) || Words.askingWords.contains(stem) || Words.mayDiffer(stem)
            if isBorder {
                if found.isEmpty { continue }
                break
            }
            found.append(stem)
        }
        // A longer run holds the verb as well.
        return found.count <= 3 ? found : Array(found.prefix(2))
    }

    /// Numbers with a point, and names of several words that stand within the question.
    private static func exact(in text: String) -> [String] {
        var found: [String] = []
        var name: [Substring] = []
        func close() {
            if name.count >= 2 { found.append(name.joined(separator: " ").lowercased()) }
            name = []
        }
        for (position, piece) in text.split(separator: " ").enumerated() {
            let word = piece.drop { !$0.isLetter && !$0.isNumber }
            let end = word.lastIndex { $0.isLetter || $0.isNumber }.map { word.index(after: $0) } ?? word.startIndex
            let bare = word[..<end]
            let isNumber = bare.contains(".") && bare.allSatisfy { $0.isNumber || $0 == "." }
            if isNumber { found.append(String(bare)) }
            if position > 0, bare.first?.isUppercase == true, bare.allSatisfy(\.isLetter) { name.append(bare) } else { close() }
            if end != word.endIndex { close() }
        }
        close()
        return found
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
        default: return .plain
        }
    }

    /// The words of the thing that is asked about, up to what it is said of.
    private static func head(of words: [String]) -> [String] {
        let borders: Set<String> = ["of", "in", "for", "on", "between", "with", "to", "from", "used", "called", "mean", "stand"]
        var found: [String] = []
        for word in words {
            if borders.contains(word) {
                if found.isEmpty { continue }
                break
            }
            let stem = Words.stem(word)
            guard !Words.stopWords.contains(word), !Words.askingWords.contains(stem) else { continue }
            found.append(stem)
        }
        return found
    }

    private static func kind(of words: [String], _ joined: String) -> Kind {
        func has(_ phrases: String...) -> Bool { phrases.contains { joined.contains(" \($0) ") } }
        func begins(_ phrases: String...) -> Bool { phrases.contains { joined.hasPrefix(" \($0) ") } }
        // “How does a router choose where to …?” asks for no place.
        let asksOtherwise = begins("how", "why", "what", "which")
        if has(
            "difference between", "differences between", "differ from", "differ", "compare", "versus", "vs", "contrast",
            "compared to")
            || has("unterschied", "différence entre", "diferencia entre")
        {
            return .compare
        }
        if begins("what affects", "what determines", "what influences", "what controls", "what sets")
            || has("depend on", "depends on") && begins("what", "which")
        {
            return .list
        }
        if has(
            "how many", "how much", "how long", "how far", "how old", "how large", "how big", "how high", "how fast",
            "what percentage",
            "what number", "what year", "wie viele", "wie viel", "combien", "cuántos")
        {
            return has("what year") ? .when : .quantity
        }
        if begins("why", "warum", "pourquoi", "por qué")
            || has("why", "reason for", "reasons for", "what causes", "what caused", "cause of")
        {
            return .why
        }
        if begins("when", "wann", "quand", "cuándo") || has("what date", "in which year", "which year", "what century") {
            return .when
        }
        if begins("who", "whom", "whose", "wer", "qui", "quién") || has("who") && !asksOtherwise { return .who }
        if begins("where", "wo", "où", "dónde") || has("in which country") || has("where") && !asksOtherwise { return .whereabouts }
        let listWords = ["list", "name", "enumerate", "outline"]
        if let first = words.first, listWords.contains(first) { return .list }
        if has("what are the", "which are the", "which", "what", "give", "summarise", "summarize"),
            words.contains(where: plurals.contains)
        {
            return .list
        }
        // “Which inhibitors …?”, “What evidence …?”
        if listed(in: words) != nil { return .list }
        // “What does TLS guarantee?” asks for no definition.
        if begins("what does", "what do", "what did"), words.count >= 4, !words.dropFirst(2).contains("do"),
            !has("mean", "stand for")
        {
            return .other
        }
        if begins("how", "wie", "comment", "cómo") || has("how does", "how do", "how is", "how are", "process of", "mechanism") {
            return .how
        }
        if begins(
            "what is", "what are", "what s", "define", "what was", "what were", "explain", "describe", "was ist", "was sind",
            "qu est ce que", "qué es", "what does", "meaning of", "tell me about", "definition of", "what do")
            || has("mean by", "stand for", "definition of", "is meant by")
        {
            return .definition
        }
        // A bare term: “osmosis”, “fluid mosaic model”.
        return words.count <= 3 && !words.contains(where: Words.stopWords.contains) ? .definition : .other
    }

    /// “records” in “Which DNS records are there?”, “In which …”.
    private static func listed(in words: [String]) -> String? {
        guard let which = words.prefix(2).firstIndex(where: { $0 == "which" || $0 == "what" }), words.count >= which + 3 else {
            return nil
        }
        if isManyThings(words[which + 1]), !isManyThings(words[which + 2]) { return words[which + 1] }
        let named = words.dropFirst(which + 1).prefix(3).prefix {
            !Words.stopWords.contains($0) && !Words.mayDiffer(Words.stem($0))
        }
        return named.last(where: isManyThings)
    }

    private static func isManyThings(_ word: String) -> Bool {
        if word == "evidence" { return true }
        return word.count > 4 && word.hasSuffix("s") && !["ss", "us", "is"].contains { word.hasSuffix($0) }
            && !Words.stopWords.contains(word) && !Words.askingWords.contains(Words.stem(word))
            && !Words.mayDiffer(Words.stem(word))
    }

    private static let plurals: Set<String> = [
        "types", "kinds", "stages", "steps", "phases", "examples", "components", "parts", "features", "characteristics",
        "advantages", "disadvantages", "properties", "factors", "functions", "principles", "methods", "elements", "layers",
        "categories", "reasons", "benefits", "causes", "effects", "consequences", "rules", "symptoms", "products",
    ]

    private static func asksForSummary(_ joined: String) -> Bool {
        ["summarise", "summarize", "summary", "overview", "main points", "key points", "main ideas", "key ideas", "takeaways"]
            .contains { joined.contains(" \($0) ") }
    }

    /// Words of the question that a topic is made of, each once.
    private static func terms(of text: String) -> [Term] {
        var seen: Set<String> = []
        var terms: [Term] = []
        var isFirst = true
        for piece in text.split(whereSeparator: { !$0.isLetter && !$0.isNumber && $0 != "'" && $0 != "’" }) {
            defer { isFirst = false }
            guard let word = Words.split(String(piece)).first, !Words.stopWords.contains(word) else { continue }
            let stem = Words.stem(word)
            guard seen.insert(stem).inserted else { continue }
            let isAsking = Words.askingWords.contains(stem)
            let isName = !isFirst && piece.first?.isUppercase == true && !isAsking
            let isNumber = word.contains(where: \.isNumber)
            if stem.count < 2, !isNumber { continue }
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
