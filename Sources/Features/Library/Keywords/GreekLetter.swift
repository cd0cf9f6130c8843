/// A Greek letter that stands alone is a sign: α decay is alpha decay.
enum GreekLetter {
    private static let names: [Character: String] = [
        "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ϵ": "epsilon", "ζ": "zeta", "η": "eta",
        "θ": "theta",
        "ϑ": "theta", "ι": "iota", "κ": "kappa", "λ": "lambda", "μ": "mu", "ν": "nu", "ξ": "xi", "π": "pi", "ρ": "rho",
        "ς": "sigma",
        "σ": "sigma", "τ": "tau", "υ": "upsilon", "φ": "phi", "ϕ": "phi", "χ": "chi", "ψ": "psi", "ω": "omega",
    ]

    /// As the index has it.
    static func term(of word: String) -> String? { name(of: word).map(PorterStemmer.stem) }

    static func name(of word: String) -> String? {
        guard word.utf8.count == 2, let letter = word.first else { return nil }
        return names[letter]
    }
}
