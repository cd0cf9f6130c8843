/// How a formula in TeX is said in English.
///
/// `\frac{a}{b}` is "a over b", `x^2` is "x squared". What it does not know it calls by its name.
struct FormulaReader {
    private static let longest = 120
    private static let deepest = 12

    private let characters: [Character]
    private var place = 0
    private var depth = 0

    static func said(_ formula: String) -> [String] {
        var reader = FormulaReader(characters: Array(formula.prefix(4_000)))
        return Array(reader.sequence(until: nil).prefix(longest))
    }

    private init(characters: [Character]) { self.characters = characters }

    private var current: Character? { place < characters.count ? characters[place] : nil }

    /// What stands up to a closing brace, or to the end.
    private mutating func sequence(until end: Character?) -> [String] {
        guard depth < Self.deepest else {
            place = characters.count
            return []
        }
        depth += 1
        defer { depth -= 1 }
        var words: [String] = []
        while let character = current, words.count <= Self.longest {
            if character == end {
                place += 1
                break
            }
            if character == "^" || character == "_" {
                place += 1
                words += script(isRaised: character == "^")
            } else {
                words += atom()
            }
        }
        return words
    }

    /// One argument: a group in braces, or what comes next.
    private mutating func argument() -> [String] {
        skipSpaces()
        if current == "{" {
            place += 1
            return sequence(until: "}")
        }
        // Of `x^23` the 2 alone is raised.
        if let digit = current, digit.isNumber, digit.isASCII {
            place += 1
            return EnglishNumber.quantity(String(digit))
        }
        return atom()
    }

    private mutating func skipSpaces() { while current?.isWhitespace == true { place += 1 } }

    private mutating func script(isRaised: Bool) -> [String] {
        let inner = argument()
        guard isRaised else { return ["sub"] + inner }
        switch inner {
        case ["two"]: return ["squared"]
        case ["three"]: return ["cubed"]
        case ["prime"]: return ["prime"]
        case ["degrees"]: return ["degrees"]
        case ["tee"]: return ["transposed"]
        case ["star"]: return ["star"]
        case ["minus", "one"]: return ["to", "the", "minus", "one"]
        default: return ["to", "the", "power", "of"] + inner
        }
    }

    private mutating func atom() -> [String] {
        guard let character = current else { return [] }
        if character == "\\" { return command() }
        place += 1
        if character == "{" { return sequence(until: "}") }
        if character.isNumber, character.isASCII {
            var digits = String(character)
            while let next = current, next.isASCII,
                next.isNumber || next == "." && place + 1 < characters.count && characters[place + 1].isNumber
            {
                digits.append(next)
                place += 1
            }
            return EnglishNumber.quantity(digits)
        }
        if let plain = PlainLetters.raised[character] { return raised(plain) }
        if let plain = PlainLetters.lowered[character] { return LetterNames.spelled(String(plain)) }
        if let plain = PlainLetters.plain(character), let letter = plain.first { return LetterNames.english(letter) ?? [plain] }
        if character.isLetter { return LetterNames.english(character) ?? [String(character)] }
        switch character {
        case "-", "–": return ["minus"]
        case "*": return ["times"]
        case "/": return ["over"]
        case "'", "’": return ["prime"]
        case "!": return ["factorial"]
        case "|": return []
        case ":": return []
        case "~", "&": return []
        default:
            return SymbolNames.isSilent(character) || character.isWhitespace
                ? [] : SymbolNames.known(character) ?? SymbolNames.official(character)
        }
    }

    private mutating func raised(_ first: Character) -> [String] {
        var text = String(first)
        while let next = current, let plain = PlainLetters.raised[next] {
            text.append(plain)
            place += 1
        }
        return Self.power(text)
    }

    /// What a raised text is said as: `2`, `-1`, `n`.
    static func power(_ text: String) -> [String] {
        switch text {
        case "2": return ["squared"]
        case "3": return ["cubed"]
        default:
            let isMinus = text.hasPrefix("-")
            let rest = text.drop { $0 == "-" || $0 == "+" }
            let words = rest.allSatisfy(\.isNumber) ? EnglishNumber.quantity(rest) : LetterNames.spelled(rest)
            return ["to", "the", "power", "of"] + (isMinus ? ["minus"] : []) + words
        }
    }

    private mutating func command() -> [String] {
        place += 1
        guard let first = current else { return [] }
        guard first.isLetter, first.isASCII else {
            place += 1
            return first == "\\" || ",;:! ".contains(first) ? [] : first == "%" ? ["per", "cent"] : []
        }
        var name = ""
        while let letter = current, letter.isLetter, letter.isASCII {
            name.append(letter)
            place += 1
        }
        switch name {
        case "frac", "dfrac", "tfrac", "cfrac":
            let (above, below) = (argument(), argument())
            if above.count == 1, below.count == 1, let half = Self.half(above[0], below[0]) { return half }
            return above + ["over"] + below
        case "binom": return argument() + ["choose"] + argument()
        case "sqrt":
            skipSpaces()
            if current == "[" {
                place += 1
                let index = sequence(until: "]")
                let name = index == ["three"] ? ["cube"] : index + ["th"]
                return ["the"] + name + ["root", "of"] + argument()
            }
            return ["the", "square", "root", "of"] + argument()
        case "sum": return bounded("the sum")
        case "prod": return bounded("the product")
        case "int", "iint", "oint": return bounded("the integral")
        case "lim": return ["the", "limit"] + limits(joined: ["as"], then: nil) + ["of"]
        case "text", "mathrm", "operatorname", "textbf", "textit", "mathit", "textrm", "mathsf": return rawWords()
        case "mathbb", "mathbf", "mathcal", "boldsymbol", "mathfrak", "vec", "overline", "underline", "widehat", "widetilde",
            "boxed":
            let inner = argument()
            return name == "vec" ? ["vector"] + inner : inner
        case "hat", "bar", "tilde", "dot", "ddot":
            return argument() + [name == "ddot" ? "double dot" : name].flatMap { $0.split(separator: " ").map(String.init) }
        case "left", "right", "big", "Big", "bigl", "bigr", "Bigl", "Bigr", "middle":
            if current == "." { place += 1 }
            return []
        case "begin", "end":
            _ = rawWords()
            return []
        default: break
        }
        if let known = Self.commands[name] { return known.split(separator: " ").map(String.init) }
        return camelFree(name)
    }

    private func camelFree(_ name: String) -> [String] {
        let isCapital = name.first?.isUppercase == true
        let small = name.lowercased()
        if LetterNames.greek.values.contains(small) || small.hasPrefix("var") {
            let letter = small.hasPrefix("var") ? String(small.dropFirst(3)) : small
            return isCapital ? ["capital", letter] : [letter]
        }
        return EnglishWord.said(name)
    }

    /// `\sum_{i=1}^{n}`: the sum from i equals one to n of.
    private mutating func bounded(_ name: String) -> [String] {
        name.split(separator: " ").map(String.init) + limits(joined: ["from"], then: ["to"]) + ["of"]
    }

    private mutating func limits(joined lower: [String], then upper: [String]?) -> [String] {
        var (below, above): ([String], [String]) = ([], [])
        for _ in 0..<2 {
            skipSpaces()
            if current == "_" {
                place += 1
                below = argument()
            } else if current == "^" {
                place += 1
                above = argument()
            }
        }
        // `\sum_{x \in A}` has no first and last.
        let first = below.isEmpty ? [] : (above.isEmpty && upper != nil ? ["over"] : lower) + below
        return first + (above.isEmpty ? [] : (upper ?? ["to"]) + above)
    }

    /// The words of a group that is text.
    private mutating func rawWords() -> [String] {
        skipSpaces()
        guard current == "{" else { return atom() }
        place += 1
        var text = ""
        while let character = current, character != "}" {
            text.append(character)
            place += 1
        }
        place += 1
        return text.split { $0.isWhitespace }.flatMap { word in
            word.allSatisfy(\.isNumber)
                ? EnglishNumber.quantity(word) : EnglishWord.said(word.filter { $0.isLetter || $0.isNumber || $0 == "'" })
        }
    }

    private static func half(_ above: String, _ below: String) -> [String]? {
        switch (above, below) {
        case ("one", "two"): ["one", "half"]
        case ("one", "three"): ["one", "third"]
        case ("one", "four"): ["one", "quarter"]
        case ("three", "four"): ["three", "quarters"]
        default: nil
        }
    }

    private static let commands: [String: String] = [
        "cdot": "times", "times": "times", "div": "divided by", "pm": "plus or minus", "mp": "minus or plus", "leq": "is at most",
        "le": "is at most",
        "geq": "is at least", "ge": "is at least", "neq": "does not equal", "ne": "does not equal",
        "approx": "approximately equals",
        "sim": "is distributed as", "simeq": "approximately equals", "equiv": "is equivalent to", "cong": "is congruent to",
        "propto": "is proportional to", "infty": "infinity", "to": "to", "rightarrow": "to", "longrightarrow": "to",
        "Rightarrow": "implies",
        "implies": "implies", "iff": "if and only if", "Leftrightarrow": "if and only if", "leftarrow": "from", "mapsto": "maps to",
        "in": "in",
        "notin": "not in", "subset": "is a subset of", "subseteq": "is a subset of", "cup": "union", "cap": "intersected with",
        "emptyset": "the empty set",
        "varnothing": "the empty set", "forall": "for all", "exists": "there is", "neg": "not", "land": "and", "wedge": "and",
        "lor": "or", "vee": "or",
        "partial": "partial", "nabla": "nabla", "ldots": "and so on", "cdots": "and so on", "dots": "and so on", "quad": "",
        "qquad": "", "mid": "given",
        "ll": "is much less than", "gg": "is much greater than", "lt": "is less than", "gt": "is greater than", "circ": "degrees",
        "degree": "degrees",
        "prime": "prime", "sin": "sine of", "cos": "cosine of", "tan": "tangent of", "log": "log of", "ln": "natural log of",
        "exp": "the exponential of",
        "max": "maximum of", "min": "minimum of", "det": "determinant of", "lVert": "", "rVert": "", "langle": "", "rangle": "",
        "lfloor": "", "rfloor": "",
        "lceil": "", "rceil": "", "displaystyle": "", "limits": "", "nonumber": "", "label": "", "hbar": "h bar", "ell": "ell",
        "Re": "real part of",
        "Im": "imaginary part of", "star": "star", "ast": "times", "perp": "is perpendicular to", "parallel": "is parallel to",
        "angle": "the angle",
        "therefore": "therefore", "because": "because", "setminus": "without", "oplus": "plus", "otimes": "times",
        "arcsin": "arc sine of",
        "arccos": "arc cosine of", "arctan": "arc tangent of", "sinh": "hyperbolic sine of", "cosh": "hyperbolic cosine of",
        "rightleftharpoons": "in equilibrium with",
    ]
}
