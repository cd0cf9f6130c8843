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
        /// “When can I …?”
        case condition
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
        acronym = Self.acronym(in: text, joined)
        kind = Self.asksForSummary(joined) ? .summary : acronym != nil && ForeignQuestion.isForeign(text) ? .definition : named
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
        direction = Direction(words)
        wantsExercises = ["exercise", "exercises", "problems", "homework"].contains {
            joined.contains(" \($0) ")
        }
        isForeign = ForeignQuestion.isForeign(text)
        signs = SignedName.all(in: text)
    }

    private static let shown: Set<String> = Set(
        ["code", "syntax", "command", "example", "equation", "formula", "overall", "show", "source"].map(Words.stem))
}
