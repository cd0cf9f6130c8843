import LanguageModels

/// Whether a text gives a term away that it describes: by a word of the same root, by letters of a compound, by a number, or by its initials.
enum GiveAway {
    static func names(_ text: String, _ term: String) -> Bool {
        if !Set(Words.contentStems(of: term)).isDisjoint(with: Words.contentStems(of: text)) { return true }
        // `Text2Pcap` is of two words.
        let (told, own) = (words(of: text), words(of: term) + term.lowercased().split { !$0.isLetter }.map(String.init))
        for word in own {
            if told.contains(where: { haveOneRoot(word, $0) || haveOneEnd(word, $0) || isWithin($0, word) || isWithin(word, $0) }) {
                return true
            }
            if told.contains(where: { shareLetters(word, $0) }) || countsAs(word, told) { return true }
        }
        return isSpelt(term, by: told) || own.contains { word in told.contains { sharesMost($0, of: word) } }
    }

    /// Whether the words of a text begin with the letters of a short term.
    static func spells(_ text: String, _ term: String) -> Bool { isSpelt(term, by: words(of: text)) }

    /// Whether a word of the text begins as a term of one word does, so that the one is said by the other.
    static func hasRoot(of term: String, _ text: String) -> Bool {
        let term = term.lowercased()
        return words(of: text).contains { zip($0, term).prefix { $0 == $1 }.count >= 5 }
    }

    /// Whether a word of the text means what a word of the term does: among options that tells it as well.
    static func means(_ text: String, _ term: String, _ wordnet: WordNet?) -> Bool {
        guard let wordnet else { return false }
        let told = Set(Words.stems(of: text).filter { $0.count >= shortest - 1 })
        return words(of: term).contains { word in
            let base = word.hasSuffix("ies") ? word.dropLast(3) + "y" : word.hasSuffix("s") ? word.dropLast() : word[...]
            return wordnet.synonyms(of: String(base), as: .noun).contains { synonym in
                synonym.count >= shortest && !synonym.contains(" ") && Words.stems(of: synonym).allSatisfy(told.contains)
            }
        }
    }

    /// `base` of `ibase` and `InterBase`: letters in a row that are most of the term's word.
    private static func sharesMost(_ told: String, of word: String) -> Bool {
        guard (shortest...8).contains(word.count), told.count >= shortest else { return false }
        let letters = Array(word)
        let length = max(shortest, (letters.count * 2 + 2) / 3)
        guard length <= letters.count else { return false }
        return (0...letters.count - length).contains { told.contains(String(letters[$0..<$0 + length])) }
    }

    private static let shortest = 4

    private static func words(of text: String) -> [String] {
        text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
    }

    /// `fainter` and `faint`, `iconic` and `icons`, `social` and `sociocultural`, `botulism` and `botulinum`.
    private static func haveOneRoot(_ one: String, _ other: String) -> Bool {
        let (least, most) = (min(one.count, other.count), max(one.count, other.count))
        // `kin` and `kinship`
        if least == 3, most <= 8, !small.contains(one.count < other.count ? one : other) {
            return one.count < other.count ? other.hasPrefix(one) : one.hasPrefix(other)
        }
        guard least >= shortest else { return false }
        // `postmodernity` and `postindustrialism`
        if telling.contains(where: { one.hasPrefix($0) && other.hasPrefix($0) && least >= $0.count + 4 }) { return true }
        let shared = zip(one, other).prefix { $0 == $1 }.count
        if prefixes.contains(String(one.prefix(shared))) { return false }
        return shared >= max(shortest, least - 3) && shared * 2 >= least || shared >= 5
    }

    /// Beginnings that few words have.
    private static let telling = [
        "post", "anti", "neo", "poly", "mono", "hetero", "homo", "exo", "endo", "hydro", "thermo", "auto", "psycho",
    ]

    /// Beginnings that many words have and that tell nothing.
    private static let prefixes: Set<String> = [
        "inter", "trans", "under", "super", "micro", "macro", "multi", "over", "counter", "intra", "hyper", "electro", "photo",
        "extra",
        "contra", "cons", "cont", "comp", "conf", "comm", "prop", "proc", "expl", "inst", "intro", "perc", "pers", "pres", "cond",
        "conc",
        "prod", "prog", "rest", "disc", "disp", "stat", "subs", "expe", "resp", "repre", "const", "contr", "compl", "distr",
        "restr", "constr",
        "inten", "trans", "conve", "conse", "conte", "conce", "compe", "perce", "inter", "proce", "prese",
    ]

    private static let small: Set<String> = [
        "the", "and", "for", "are", "was", "has", "had", "not", "but", "can", "may", "its", "one", "two", "any", "all", "who",
        "how", "out",
        "per", "con", "pro", "int", "new", "own", "use", "set", "way", "act", "are", "art", "car", "man", "men", "pre", "sub",
        "inc", "due",
        "end", "for", "off", "our", "par", "see", "sum", "ten", "via", "yet", "com", "dis", "ion",
    ]

    /// `tubulin` and `microtubules`: five letters in a row, ends aside that many words have.
    private static func shareLetters(_ one: String, _ other: String) -> Bool {
        let (a, b) = (Array(root(one)), Array(root(other)))
        guard a.count >= 5, b.count >= 5 else { return false }
        var best = 0
        var row = [Int](repeating: 0, count: b.count + 1)
        for i in 0..<a.count {
            var left = 0
            for j in 0..<b.count {
                let above = row[j + 1]
                row[j + 1] = a[i] == b[j] ? left + 1 : 0
                left = above
                best = max(best, row[j + 1])
            }
        }
        if best >= 5, a.prefix(best) == b.prefix(best), prefixes.contains(String(a.prefix(best))) { return false }
        return best >= 6 || best >= 5 && best * 2 >= min(a.count, b.count)
    }

    private static func root(_ word: String) -> String {
        for end in endings where word.hasSuffix(end) { return String(word.dropLast(end.count)) }
        return word
    }

    /// The longest first.
    private static let endings = [
        "izational", "izations", "ization", "isation", "ological", "ationally", "ational", "itional", "utional", "ations", "itions",
        "utions",
        "ically", "ability", "ibility", "ologist", "ology", "ation", "ition", "ution", "ional", "ation", "ments", "ility", "ivity",
        "ities",
        "ction", "ssion", "ement", "ances", "ences", "ing", "ings", "ness", "ment", "ance", "ence", "tion", "sion", "ship", "ical",
        "tive",
        "ions", "ized", "izes", "able", "ible", "ally", "ed", "es", "s",
    ]

    /// `triple point` is told by `three phases`.
    private static func countsAs(_ word: String, _ told: [String]) -> Bool {
        for (beginning, numbers) in counts
        where word.count > 4 && word.hasPrefix(beginning) && !notCounting.contains(where: word.hasPrefix) {
            if told.contains(where: numbers.contains) { return true }
        }
        return false
    }

    private static let counts: [(String, Set<String>)] = [
        ("tri", ["three", "triple", "third", "thirds"]), ("bi", ["two", "both", "double", "twice", "second"]), ("quad", ["four"]),
        ("tetra", ["four"]), ("penta", ["five"]), ("hexa", ["six"]), ("octa", ["eight"]), ("mono", ["one", "single", "only"]),
        ("uni", ["one", "single"]), ("dual", ["two", "both"]), ("duo", ["two", "both"]), ("dipl", ["two", "double"]),
        ("doub", ["two", "twice"]),
        ("thir", ["three"]), ("three", ["triple"]), ("half", ["half", "halves"]), ("moiet", ["half", "halves"]),
    ]
    private static let notCounting = ["bio", "birth", "bill", "bird", "bind", "univers", "unit", "union", "trib", "trial", "trick"]

    /// `TShark` and `Wireshark`.
    private static func haveOneEnd(_ one: String, _ other: String) -> Bool {
        guard one.count >= shortest else { return false }
        let shared = zip(one.reversed(), other.reversed()).prefix { $0 == $1 }.count
        return shared >= 5 && shared + 2 >= min(one.count, other.count)
    }

    /// `blend` in `smartblend`, `sheets` in `worksheet`.
    private static func isWithin(_ part: String, _ whole: String) -> Bool {
        let stem = part.hasSuffix("s") ? String(part.dropLast()) : part
        // `port` in `transport` tells little.
        return stem.count > shortest && stem.count < whole.count && (whole.hasSuffix(stem) || whole.hasPrefix(stem))
    }

    private static let joining: Set<String> = ["and", "or", "of", "the", "a", "an", "in", "for", "to", "with"]

    /// `FOV` by `field of view`.
    private static func isSpelt(_ term: String, by words: [String]) -> Bool {
        let letters = term.filter(\.isLetter)
        let isShort = letters.allSatisfy(\.isUppercase) || letters.count <= 4
        guard (2...7).contains(letters.count), !term.contains(" "), isShort else { return false }
        // `political, economic, sociocultural, and technological` spells PEST.
        return [words, words.filter { !joining.contains($0) }].contains {
            String($0.compactMap(\.first)).contains(letters.lowercased())
        }
    }
}
