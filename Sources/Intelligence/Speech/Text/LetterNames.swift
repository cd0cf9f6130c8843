/// Words for single letters, since engines read some of them as words.
enum LetterNames {
    private static let latin: [Character: String] = [
        "a": "ay", "b": "bee", "c": "see", "d": "dee", "e": "ee", "f": "eff", "g": "gee", "h": "aitch", "i": "eye", "j": "jay",
        "k": "kay", "l": "ell", "m": "em", "n": "en", "o": "oh", "p": "pee", "q": "cue", "r": "are", "s": "ess", "t": "tee",
        "u": "you", "v": "vee", "w": "double you", "x": "ex", "y": "why", "z": "zee",
    ]
    static let greek: [Character: String] = [
        "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ϵ": "epsilon", "ζ": "zeta", "η": "eta",
        "θ": "theta",
        "ϑ": "theta", "ι": "iota", "κ": "kappa", "λ": "lambda", "μ": "mu", "µ": "mu", "ν": "nu", "ξ": "xi", "ο": "omicron",
        "π": "pi", "ρ": "rho", "σ": "sigma", "ς": "sigma", "τ": "tau", "υ": "upsilon", "φ": "phi", "ϕ": "phi", "χ": "chi",
        "ψ": "psi", "ω": "omega",
    ]

    /// In English; nil for what is no letter of the Latin or Greek alphabet.
    static func english(_ letter: Character) -> [String]? {
        let small = Character(letter.lowercased().prefix(1).description)
        if let name = latin[small] { return name.split(separator: " ").map(String.init) }
        guard let name = greek[small] else { return nil }
        return small == letter || letter == "µ" ? [name] : ["capital", name]
    }

    /// Letters and digits one by one.
    static func spelled(_ text: some StringProtocol) -> [String] {
        text.flatMap { character -> [String] in
            if let digit = character.wholeNumberValue { return EnglishNumber.cardinal(digit) }
            return english(character) ?? []
        }
    }
}
