import LanguageModels

/// A term that a sentence says the meaning of: “Osmosis is the movement of water through a membrane.”
struct DefinedTerm: Sendable, Hashable {
    /// As it begins a line: “Osmosis”.
    let name: String
    /// As it stands within a sentence, with its article if it had one: “osmosis”, “the cell membrane”.
    let inner: String
    let isPlural: Bool
    let language: AskingLanguage
    let sentence: String

    func isSame(as other: DefinedTerm) -> Bool { name.lowercased() == other.name.lowercased() }

    /// In the order of the text.
    static func all(in text: String) -> [DefinedTerm] {
        let sentences = SentenceSplitter.sentences(in: text)
        guard let language = AskingLanguage(of: text) else { return [] }
        // How the text writes words within sentences.
        let known = Set(text.split { !$0.isLetter && $0 != "-" }.map(String.init))
        return sentences.compactMap {
            DefinedTerm($0.text, in: language, known: known) ?? DefinedTerm(unspaced: $0.text, in: language)
        }
    }

    /// “光合作用是植物利用光能的过程。”, “光合成とは、植物が…”
    private init?(unspaced sentence: String, in language: AskingLanguage) {
        let verb: String
        switch language {
        case .chinese: verb = "是"
        case .japanese: verb = "とは"
        default: return nil
        }
        guard let range = sentence.firstRange(of: verb) else { return nil }
        let term = String(sentence[..<range.lowerBound])
        guard (2...10).contains(term.count), term.allSatisfy(\.isLetter), sentence.count <= 160,
            sentence.distance(from: range.upperBound, to: sentence.endIndex) >= 6,
            !language.pointing.contains(String(term.prefix(1))), !term.hasSuffix("不"), !term.hasSuffix("但"), !term.hasSuffix("就")
        else { return nil }
        (name, inner, isPlural, self.language, self.sentence) = (term, term, false, language, sentence)
    }

    private init?(_ sentence: String, in language: AskingLanguage, known: Set<String>) {
        guard sentence.count <= 320, sentence.last.map({ ".。".contains($0) }) == true, !sentence.contains(" | ") else { return nil }
        var words = sentence.split(separator: " ").map(String.init)
        guard words.count >= 6 else { return nil }
        let forms = language.definingForms
        var article: String?
        if language.articles.contains(words[0].lowercased()) { article = words.removeFirst() }
        // The verb within the first words, and behind it what a definition goes on with.
        guard let verb = words.prefix(6).firstIndex(where: { forms.singular.contains($0) || forms.plural.contains($0) }),
            (1...4).contains(verb), words.indices.contains(verb + 1)
        else { return nil }
        let next = words[verb + 1].lowercased()
        let isPlural = forms.plural.contains(words[verb])
        guard forms.continuations.contains(next) || isPlural && forms.bareAfterPlural && !forms.notAfterPlural.contains(next) else {
            return nil
        }
        let term = Array(words[..<verb])
        guard let first = term.first, first.first?.isLetter == true, !language.pointing.contains(first.lowercased()),
            term.allSatisfy({ word in word.allSatisfy { $0.isLetter || $0.isNumber || "-’'".contains($0) } }),
            !term.contains(where: { language.never.contains($0.lowercased()) }), term.joined().count >= 3
        else { return nil }
        name = Self.capital(term.joined(separator: " "))
        // A name stays as it is; a word that the text writes small begins small.
        var inner = term
        let isName = first.dropFirst().contains(where: \.isUppercase) || term.dropFirst().contains { $0.first?.isUppercase == true }
        let lower = first.lowercased()
        if article == nil, language.lowersNouns, !isName, known.contains(lower) || isPlural || Self.looksCommon(lower) {
            inner[0] = lower
        }
        self.inner = ([article?.lowercased()].compactMap { $0 } + inner).joined(separator: " ")
        self.isPlural = isPlural
        self.language = language
        self.sentence = sentence
    }

    /// Endings that names of persons and places do not have.
    private static func looksCommon(_ word: String) -> Bool {
        ["tion", "sis", "ment", "ness", "ity", "ism", "logy", "ance", "ence", "ing", "ics", "sion", "ure"].contains {
            word.hasSuffix($0) && word.count > $0.count + 2
        }
    }

    private static func capital(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }
}
