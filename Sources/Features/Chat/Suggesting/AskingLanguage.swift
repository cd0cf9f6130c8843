/// A language in which questions can be put to a text, by the words that are frequent in it.
enum AskingLanguage: String, Sendable, Hashable, CaseIterable {
    case english, german, french, spanish, italian, dutch, chinese, japanese

    /// nil for a text in another language, or of too few words to tell.
    init?(of text: String) {
        let scalars = text.unicodeScalars.prefix(1500)
        let letters = scalars.count(where: \.properties.isAlphabetic)
        let (kana, han) = (
            scalars.count { (0x3041...0x30FF).contains($0.value) }, scalars.count { (0x4E00...0x9FFF).contains($0.value) }
        )
        if letters > 0, (kana + han) * 2 > letters {
            self = kana * 8 > kana + han ? .japanese : .chinese
            return
        }
        let words = text.lowercased().split { !$0.isLetter }.prefix(400).map(String.init)
        guard words.count >= 6 else { return nil }
        let shares = Self.allCases.map { language in (language, words.count { language.frequent.contains($0) }) }
        guard let best = shares.max(by: { $0.1 < $1.1 }), best.1 * 12 >= words.count else { return nil }
        self = best.0
    }

    private var frequent: Set<String> {
        switch self {
        case .english: ["the", "of", "and", "is", "are", "to", "in", "that", "it", "with", "as", "by", "for", "from", "this"]
        case .german: ["der", "die", "das", "und", "ist", "ein", "eine", "den", "von", "mit", "im", "zu", "nicht", "sich", "wird"]
        case .french: ["le", "la", "les", "des", "et", "est", "une", "du", "que", "dans", "qui", "par", "pour", "au", "sont"]
        case .spanish: ["el", "los", "las", "y", "es", "una", "del", "que", "por", "con", "para", "se", "su", "como", "en"]
        case .italian: ["il", "gli", "che", "di", "della", "è", "una", "per", "con", "del", "sono", "nel", "si", "le", "alla"]
        case .dutch: ["de", "het", "een", "van", "en", "is", "dat", "op", "te", "zijn", "met", "voor", "niet", "wordt", "aan"]
        case .chinese, .japanese: []
        }
    }

    /// What a sentence that says what something is has behind its subject, and what comes then.
    var definingForms:
        (singular: Set<String>, plural: Set<String>, continuations: Set<String>, bareAfterPlural: Bool, notAfterPlural: Set<String>)
    {
        switch self {
        case .english:
            (
                ["is", "means", "refers", "denotes"], ["are"],
                ["a", "an", "the", "any", "one", "to", "how", "what", "when", "defined"], true,
                [
                    "not", "used", "also", "often", "usually", "very", "more", "now", "then", "always", "in", "on", "at", "made",
                    "called", "given", "shown", "found", "only", "still", "both", "all", "too", "needed", "important", "different",
                ]
            )
        case .german:
            (
                ["ist", "bezeichnet", "bedeutet"], ["sind"], ["der", "die", "das", "ein", "eine", "einer", "jede", "jeder"], false,
                []
            )
        case .french: (["est"], ["sont"], ["un", "une", "le", "la", "des", "les"], false, [])
        case .spanish: (["es"], ["son"], ["un", "una", "el", "la", "los", "las", "unos", "unas"], false, [])
        case .italian: (["è"], ["sono"], ["un", "una", "uno", "il", "la", "lo", "i", "le", "gli"], false, [])
        case .dutch: (["is"], ["zijn"], ["een", "de", "het"], false, [])
        case .chinese, .japanese: ([], [], [], false, [])
        }
    }

    var articles: Set<String> {
        switch self {
        case .english: ["the", "a", "an"]
        case .german: ["der", "die", "das", "ein", "eine"]
        case .french: ["le", "la", "les", "un", "une"]
        case .spanish: ["el", "la", "los", "las", "un", "una"]
        case .italian: ["il", "la", "lo", "i", "gli", "le", "un", "una"]
        case .dutch: ["de", "het", "een"]
        case .chinese, .japanese: []
        }
    }

    /// Subjects that only point to what stands elsewhere.
    var pointing: Set<String> {
        switch self {
        case .english:
            [
                "this", "that", "these", "those", "it", "they", "there", "here", "he", "she", "we", "you", "i", "what", "which",
                "who",
                "where", "how", "why", "one", "each", "both", "all", "some", "many", "most", "another", "other", "first", "second",
                "such", "its", "their", "his", "her", "our", "your", "my", "if", "when", "in", "at", "on", "for", "to", "and",
                "but",
                "so", "as", "with", "by", "from", "after", "before", "below", "above", "step", "figure", "table", "note", "example",
                "answer", "question", "result", "reason", "idea", "aim", "goal", "point", "next", "last", "only", "thus", "every",
                "because", "although", "while", "since", "not", "no", "section", "chapter", "page", "former", "latter", "same",
                "main",
            ]
        case .german:
            ["dies", "dieser", "diese", "dieses", "es", "er", "sie", "wir", "hier", "das", "da", "was", "wer", "ziel", "alle"]
        case .french:
            ["ce", "cet", "cette", "ces", "il", "elle", "ils", "elles", "on", "qui", "que", "ceci", "cela", "c'est", "autre"]
        case .spanish: ["este", "esta", "esto", "ese", "esa", "eso", "que", "quien", "otro", "otra", "cada", "uno"]
        case .italian: ["questo", "questa", "quello", "quella", "che", "chi", "ciò", "ogni", "altro", "altra", "uno"]
        case .dutch: ["dit", "dat", "deze", "die", "het", "hij", "zij", "er", "wat", "wie", "elke", "ander"]
        case .chinese: ["这", "那", "它", "他", "她", "我", "你", "其", "此", "本", "图", "表"]
        case .japanese: ["こ", "そ", "あ", "ど", "私", "図", "表"]
        }
    }

    /// Words that are in no term.
    var never: Set<String> {
        switch self {
        case .english:
            [
                "that", "which", "this", "these", "it", "they", "you", "we", "there", "not", "has", "have", "can", "will", "who",
                "than", "but", "if", "was", "were", "then", "here", "and", "or",
            ]
        case .german: ["dass", "dieser", "diese", "es", "sie", "nicht", "hat", "kann", "wenn", "aber"]
        case .french: ["que", "qui", "ce", "cette", "pas", "il", "elle"]
        case .spanish: ["que", "no", "este", "esta", "se"]
        case .italian: ["che", "non", "questo", "questa", "si"]
        case .dutch: ["dat", "die", "niet", "deze", "dit"]
        case .chinese, .japanese: []
        }
    }

    /// Asks what something is.
    func whatIs(_ term: String, isPlural: Bool) -> String {
        switch self {
        case .english: "What \(isPlural ? "are" : "is") \(term)?"
        case .german: "Was \(isPlural ? "sind" : "ist") \(term)?"
        case .french: "Qu’est-ce que \(term) ?"
        case .spanish: "¿Qué \(isPlural ? "son" : "es") \(term)?"
        case .italian: "Che cosa \(isPlural ? "sono" : "è") \(term)?"
        case .dutch: "Wat \(isPlural ? "zijn" : "is") \(term)?"
        case .chinese: "什么是\(term)？"
        case .japanese: "\(term)とは何ですか？"
        }
    }

    /// Nouns begin small, unless they are names.
    var lowersNouns: Bool { self != .german }
}
