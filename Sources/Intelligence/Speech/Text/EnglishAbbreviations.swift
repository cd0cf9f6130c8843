/// Short forms of English words, which end in a dot.
enum EnglishAbbreviations {
    /// With the inner dots, without the last; small letters.
    private static let always: [String: String] = [
        "e.g": "for example", "i.e": "that is", "etc": "et cetera", "vs": "versus", "cf": "compare", "viz": "namely", "ca": "about",
        "approx": "approximately", "a.m": "ay em", "p.m": "pee em", "dr": "doctor", "mr": "mister", "mrs": "missus", "ms": "miz",
        "prof": "professor", "jr": "junior", "sr": "senior", "dept": "department", "univ": "university", "inc": "incorporated",
        "ltd": "limited", "corp": "corporation", "fig": "figure", "figs": "figures", "eq": "equation", "eqs": "equations",
        "sect": "section", "chap": "chapter", "vol": "volume", "vols": "volumes", "resp": "respectively", "min": "minimum",
        "max": "maximum", "avg": "average", "std": "standard", "def": "definition", "thm": "theorem", "prop": "proposition",
        "lem": "lemma",
        "cor": "corollary", "ex": "example", "ref": "reference", "refs": "references", "al": "al", "w.r.t": "with respect to",
        "i.i.d": "eye eye dee", "q.e.d": "cue ee dee", "b.c": "bee see", "a.d": "ay dee", "ph.d": "pee aitch dee", "st": "saint",
        "mt": "mount", "jan": "january", "feb": "february", "aug": "august", "sept": "september", "oct": "october",
        "nov": "november",
        "dec": "december",
    ]
    /// Before a number alone: these are words themselves.
    private static let beforeNumbers: [String: String] = [
        "no": "number", "nos": "numbers", "p": "page", "pp": "pages", "ch": "chapter", "sec": "section", "art": "article",
        "ed": "edition",
        "tab": "table", "app": "appendix",
    ]
    /// Without a dot too.
    private static let undotted: Set<String> = ["vs", "etc", "dr", "mr", "mrs", "approx", "w.r.t", "cf", "prof"]

    /// Whether a dot after it ends no sentence.
    static func isOne(_ word: some StringProtocol) -> Bool {
        let small = word.lowercased()
        return always[small] != nil || beforeNumbers[small] != nil && small != "no" && small != "art" && small != "app"
            || word.count == 1 && word.first?.isUppercase == true && word != "I"
    }

    static func words(_ word: some StringProtocol, isDotted: Bool, isBeforeNumber: Bool) -> [String]? {
        let small = word.lowercased()
        let isNamed = word.first?.isUppercase == true
        if isDotted, isBeforeNumber, let words = beforeNumbers[small] { return split(words) }
        guard let words = always[small], isDotted || undotted.contains(small) else { return nil }
        // "ex." and "min." are rare beside the words; a name's are not.
        if ["st", "mt"].contains(small), !isNamed { return nil }
        return split(words)
    }

    private static func split(_ words: String) -> [String] { words.split(separator: " ").map(String.init) }
}
