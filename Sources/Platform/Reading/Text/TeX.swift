/// The words of TeX for what formulas of office files and web pages are made of.
enum TeX {
    static let functions: Set<String> = [
        "sin", "cos", "tan", "cot", "sec", "csc", "arcsin", "arccos", "arctan", "sinh", "cosh", "tanh", "log", "ln", "exp", "lim",
        "max", "min",
        "sup", "inf", "det", "dim", "ker", "gcd", "deg", "arg", "hom", "Pr", "lg", "limsup", "liminf",
    ]
    /// Signs that carry limits.
    static let large: Set<String> = ["∑", "∏", "∐", "∫", "∬", "∭", "∮", "⋃", "⋂", "⋁", "⋀", "⨁", "⨂"]

    private static let names: [Character: String] = [
        "α": "\\alpha", "β": "\\beta", "γ": "\\gamma", "δ": "\\delta", "ε": "\\varepsilon", "ϵ": "\\epsilon", "ζ": "\\zeta",
        "η": "\\eta",
        "θ": "\\theta", "ϑ": "\\vartheta", "ι": "\\iota", "κ": "\\kappa", "λ": "\\lambda", "μ": "\\mu", "µ": "\\mu", "ν": "\\nu",
        "ξ": "\\xi",
        "π": "\\pi", "ρ": "\\rho", "ϱ": "\\varrho", "σ": "\\sigma", "ς": "\\varsigma", "τ": "\\tau", "υ": "\\upsilon",
        "φ": "\\varphi",
        "ϕ": "\\phi", "χ": "\\chi", "ψ": "\\psi", "ω": "\\omega", "Γ": "\\Gamma", "Δ": "\\Delta", "Θ": "\\Theta", "Λ": "\\Lambda",
        "Ξ": "\\Xi",
        "Π": "\\Pi", "Σ": "\\Sigma", "Υ": "\\Upsilon", "Φ": "\\Phi", "Ψ": "\\Psi", "Ω": "\\Omega", "∑": "\\sum", "∏": "\\prod",
        "∐": "\\coprod",
        "∫": "\\int", "∬": "\\iint", "∭": "\\iiint", "∮": "\\oint", "⋃": "\\bigcup", "⋂": "\\bigcap", "⋁": "\\bigvee",
        "⋀": "\\bigwedge",
        "∞": "\\infty", "∂": "\\partial", "∇": "\\nabla", "√": "\\sqrt", "±": "\\pm", "∓": "\\mp", "×": "\\times", "÷": "\\div",
        "·": "\\cdot",
        "⋅": "\\cdot", "∗": "*", "∘": "\\circ", "≤": "\\le", "≥": "\\ge", "≠": "\\ne", "≈": "\\approx", "≡": "\\equiv",
        "≅": "\\cong",
        "∼": "\\sim", "∝": "\\propto", "≪": "\\ll", "≫": "\\gg", "→": "\\to", "←": "\\leftarrow", "↔": "\\leftrightarrow",
        "⇒": "\\Rightarrow",
        "⇐": "\\Leftarrow", "⇔": "\\Leftrightarrow", "↦": "\\mapsto", "⇌": "\\rightleftharpoons", "∈": "\\in", "∉": "\\notin",
        "∋": "\\ni",
        "⊂": "\\subset", "⊃": "\\supset", "⊆": "\\subseteq", "⊇": "\\supseteq", "∪": "\\cup", "∩": "\\cap", "∅": "\\emptyset",
        "∀": "\\forall",
        "∃": "\\exists", "¬": "\\neg", "∧": "\\wedge", "∨": "\\vee", "⊕": "\\oplus", "⊗": "\\otimes", "⊥": "\\perp",
        "∥": "\\parallel",
        "∠": "\\angle", "′": "'", "″": "''", "…": "\\ldots", "⋯": "\\cdots", "⋮": "\\vdots", "⋱": "\\ddots", "ℝ": "\\mathbb{R}",
        "ℕ": "\\mathbb{N}", "ℤ": "\\mathbb{Z}", "ℚ": "\\mathbb{Q}", "ℂ": "\\mathbb{C}", "ℏ": "\\hbar", "ℓ": "\\ell",
        "∴": "\\therefore",
        "∵": "\\because", "°": "^{\\circ}", "−": "-", "–": "-", "⟨": "\\langle", "⟩": "\\rangle", "⌊": "\\lfloor", "⌋": "\\rfloor",
        "⌈": "\\lceil", "⌉": "\\rceil", "‖": "\\Vert", "†": "\\dagger", "\u{2061}": "", "\u{2062}": "", "\u{2063}": "",
        "\u{2064}": "",
        "\u{A0}": "\\ ", "\u{2009}": "\\,",
    ]

    /// Signs as commands; letters of mathematical alphabets as plain letters.
    static func symbols(_ text: String) -> String {
        var out = ""
        for character in text {
            let piece: String
            if let name = names[character] {
                piece = name
            } else if let plain = plainLetter(character) {
                piece = names[plain] ?? String(plain)
            } else {
                piece = escaped(String(character))
            }
            // A command ends where its letters do.
            if let first = piece.first, first.isLetter, endsInCommand(out) { out += " " }
            out += piece
        }
        return out
    }

    /// Signs that TeX keeps for itself.
    static func escaped(_ text: String) -> String {
        var out = ""
        for character in text {
            switch character {
            case "{", "}", "%", "#", "&", "$", "_": out += "\\\(character)"
            case "\\": out += "\\backslash "
            case "~": out += "\\sim "
            default: out.append(character)
            }
        }
        return out
    }

    static func group(_ tex: String) -> String { "{\(tex.trimmingSpaces())}" }

    /// What `\left` and `\right` take.
    static func fence(_ sign: String) -> String {
        switch sign {
        case "": "."
        case "{", "}": "\\\(sign)"
        case "〈", "⟨": "\\langle"
        case "〉", "⟩": "\\rangle"
        case "‖", "∥": "\\Vert"
        case "⌊": "\\lfloor"
        case "⌋": "\\rfloor"
        case "⌈": "\\lceil"
        case "⌉": "\\rceil"
        case "(", ")", "[", "]", "|", "/": sign
        default: "."
        }
    }

    static func accent(_ mark: String) -> String? {
        switch mark {
        case "^", "\u{302}", "ˆ": "hat"
        case "¯", "‾", "\u{304}", "\u{305}", "―", "_": "overline"
        case "~", "\u{303}", "˜": "tilde"
        case "→", "\u{20D7}": "vec"
        case ".", "˙", "\u{307}": "dot"
        case "..", "¨", "\u{308}": "ddot"
        case "\u{30C}", "ˇ": "check"
        case "\u{306}", "˘": "breve"
        case "⏞": "overbrace"
        default: nil
        }
    }

    /// Joins two pieces with the space that a command needs before a letter.
    static func joined(_ pieces: [String]) -> String {
        var out = ""
        for piece in pieces where !piece.isEmpty {
            if let first = piece.first, first.isLetter, endsInCommand(out) { out += " " }
            out += piece
        }
        return out
    }

    private static func endsInCommand(_ tex: String) -> Bool {
        guard tex.last?.isLetter == true else { return false }
        let word = tex.reversed().prefix { $0.isLetter && $0.isASCII }
        return tex.dropLast(word.count).last == "\\"
    }

    /// 𝑥 as x, 𝐀 as A, 𝜋 as π.
    private static func plainLetter(_ character: Character) -> Character? {
        guard let scalar = character.unicodeScalars.first, character.unicodeScalars.count == 1 else { return nil }
        let value = scalar.value
        if value == 0x210E { return "h" }
        // Thirteen alphabets of 52 letters, then five of 58 Greek signs, then five of ten digits.
        switch value {
        case 0x1D400...0x1D6A3:
            let index = (value - 0x1D400) % 52
            return Unicode.Scalar(index < 26 ? 65 + index : 97 + index - 26).map(Character.init)
        case 0x1D6A8...0x1D7C9:
            let index = (value - 0x1D6A8) % 58
            if index < 17 { return Unicode.Scalar(0x391 + index).map(Character.init) }
            if index > 17, index < 25 { return Unicode.Scalar(0x391 + index).map(Character.init) }
            if index >= 26, index < 51 { return Unicode.Scalar(0x3B1 + index - 26).map(Character.init) }
            return index == 51 ? "∂" : index == 25 ? "∇" : nil
        case 0x1D7CE...0x1D7FF: return Unicode.Scalar(48 + (value - 0x1D7CE) % 10).map(Character.init)
        default: return nil
        }
    }
}
