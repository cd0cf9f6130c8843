/// The part of speech of a word by its tag, and the base form of words that rules would get wrong: spaCy's attribute ruler for English.
enum AttributeRules {
    /// - Parameter isAfterExpletive: behind the `there` of `there are`.
    static func part(tag: String, lower: String, relation: Relation, isAfterExpletive: Bool) -> PartOfSpeech {
        var part = byTag[tag] ?? .other
        switch tag {
        case "CC" where lower == "but" && relation == .adverb: part = .adverb
        case "WDT" where lower == "that": part = .pronoun
        case "IN" where subordinators.contains(lower): part = .subordinator
        case "NN" where indefinite.contains(lower): part = .pronoun
        case "PRP": part = .pronoun
        case "RB" where negations.contains(lower): part = .particle
        case "VB" where ["be", "do", "have", "of", "'ve"].contains(lower),
            "VBP" where ["do", "are", "'re", "am", "'m", "have", "'ve", "'s"].contains(lower),
            "VBN" where ["been", "had"].contains(lower), "VBG" where lower == "being",
            "VBZ" where ["is", "'s", "has", "does"].contains(lower),
            "VBD" where ["was", "were", "did", "had", "'d"].contains(lower):
            part = .auxiliary
        default: break
        }
        if tag != "TO", relation == .auxiliary || relation == .passiveAuxiliary { part = .auxiliary }
        if ["do", "does", "did", "'d", "have", "has", "had"].contains(lower),
            [.root, .adverbialClause, .clausalComplement, .conjunct, .relativeClause, .openComplement].contains(relation)
        {
            part = .verb
        }
        if tag == "IN", relation == .marker { part = .subordinator }
        if tag == "DT" || tag == "WDT", relation != .determiner, relation != .quantifier { part = .pronoun }
        if isAfterExpletive, ["is", "are", "was", "were", "'s", "'re"].contains(lower) { part = .verb }
        return part
    }

    static func lemma(tag: String, lower: String) -> String? {
        switch tag {
        case "``", "''": quotes[lower]
        case "MD": ["'d": "would", "ca": "can", "sha": "shall", "wo": "will"][lower] ?? (lower == "'ll" ? "will" : nil)
        case "PRP": pronouns[lower]
        case "PRP$": lower
        case "RB" where negations.contains(lower): "not"
        case "VBZ": ["is": "be", "'s": "be", "has": "have", "does": "do", "gets": "get"][lower]
        case "VBP": ["are": "be", "'re": "be", "am": "be", "'m": "be", "have": "have", "'ve": "have"][lower]
        case "VBD": ["was": "be", "were": "be", "did": "do", "had": "have", "'d": "have", "got": "get"][lower]
        case "VBN": ["been": "be", "had": "have"][lower]
        case "VBG": lower == "being" ? "be" : nil
        default: nil
        }
    }

    private static let quotes = ["“": "\"", "”": "\"", "‘": "'", "’": "'"]
    private static let negations: Set<String> = ["not", "n't", "nt", "n’t"]
    private static let indefinite: Set<String> = [
        "something", "anyone", "anything", "nothing", "someone", "everything", "everyone", "everybody", "nobody", "somebody",
        "anybody",
    ]
    private static let subordinators: Set<String> = [
        "that", "if", "because", "while", "since", "so", "whether", "although", "though", "unless", "once", "cause", "upon", "till",
        "whereas", "whilst", "except", "despite", "but", "albeit", "save", "besides", "til", "tho", "will", "it",
    ]
    private static let pronouns: [String: String] = [
        "i": "I", "me": "I", "you": "you", "he": "he", "him": "he", "she": "she", "her": "she", "it": "it", "we": "we", "us": "we",
        "they": "they", "them": "they", "mine": "mine", "his": "his", "hers": "hers", "its": "its", "ours": "ours",
        "yours": "yours",
        "theirs": "theirs", "myself": "myself", "yourself": "yourself", "himself": "himself", "herself": "herself",
        "itself": "itself", "ourselves": "ourselves", "yourselves": "yourselves", "themselves": "themselves",
        "themself": "themself",
    ]
    private static let byTag: [String: PartOfSpeech] = [
        ".": .punctuation, ",": .punctuation, "-LRB-": .punctuation, "-RRB-": .punctuation, "``": .punctuation,
        "\"\"": .punctuation,
        "''": .punctuation, ":": .punctuation, "$": .symbol, "#": .symbol, "AFX": .adjective, "CC": .coordinator, "CD": .numeral,
        "DT": .determiner, "EX": .pronoun, "FW": .other, "HYPH": .punctuation, "IN": .adposition, "JJ": .adjective,
        "JJR": .adjective,
        "JJS": .adjective, "LS": .other, "MD": .auxiliary, "NIL": .other, "NN": .noun, "NNP": .properNoun, "NNPS": .properNoun,
        "NNS": .noun, "PDT": .determiner, "POS": .particle, "PRP": .pronoun, "PRP$": .pronoun, "RB": .adverb, "RBR": .adverb,
        "RBS": .adverb, "RP": .adposition, "SYM": .symbol, "TO": .particle, "UH": .interjection, "VB": .verb, "VBD": .verb,
        "VBG": .verb, "VBN": .verb, "VBP": .verb, "VBZ": .verb, "WDT": .determiner, "WP": .pronoun, "WP$": .determiner,
        "WRB": .subordinator, "ADD": .other, "NFP": .punctuation, "GW": .other, "XX": .other, "BES": .verb, "HVS": .verb,
    ]
}
