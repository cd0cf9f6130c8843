import Parsing

/// Lets sentences pass that are understood below their heading. More do than stand alone: a note says what it is about, a question does not.
struct ClearGate {
    let terms: TermTable

    /// The sentence taken apart, if it passes.
    /// - Parameter parser: for sentences that are not taken apart yet.
    func passed(_ sentence: TextSentence, parser: EnglishParser?) -> TextSentence? {
        guard let text = Openings.stripped(sentence.text), Self.isPlain(text) else { return nil }
        guard let parsed = sentence.parsed ?? parser?.parse(text), let root = parsed.roots.first,
            Predicate.isFinite(root, in: parsed), let subject = Predicate.subject(root, in: parsed),
            !isDangling(parsed, root, subject)
        else { return nil }
        var sentence = sentence
        sentence.text = text
        sentence.parsed = parsed
        return sentence
    }

    private static func isPlain(_ text: String) -> Bool {
        guard let first = text.first, first.isUppercase || first.isNumber, text.hasSuffix("."), !text.contains("?"),
            !text.contains("..."), !PlainGate.isUnbalanced(text)
        else { return false }
        let words = text.split(separator: " ")
        guard (5...40).contains(words.count), !words.contains(where: { PlainGate.looksLikeCode($0) }) else { return false }
        let lower = words.map { $0.lowercased().trimmingCharacters { !$0.isLetter && !$0.isNumber } }
        return !PlainGate.isReference(lower, text) && !lower.contains(where: persons.contains)
            && !lower.contains(where: PlainGate.matters.contains)
    }

    /// Whether it speaks of something that a sentence before it names, and no heading.
    private func isDangling(_ parsed: ParsedSentence, _ root: Int, _ subject: Int) -> Bool {
        for (index, word) in parsed.words.enumerated() {
            let next = index + 1 < parsed.count ? parsed[index + 1].lower : ""
            switch word.lower {
            case "this", "these", "those", "latter", "former", "aforesaid", "respective": return true
            case "such" where next != "as": return true
            case "that" where word.tag == "DT": return true
            // Before the verb they stand for what was said before; behind it mostly for its subject.
            case "it", "they", "its", "their", "them", "itself", "themselves":
                if index <= root, !parsed.words[..<index].contains(where: \.isNoun) { return true }
            case "another", "others", "also", "too", "otherwise", "instead", "similarly":
                if index <= 1 { return true }
            default: break
            }
        }
        if parsed[subject].part == .pronoun, !["we", "you", "there"].contains(parsed[subject].lower) { return true }
        // `The tails turn inward`: of what, if the text hardly speaks of them?
        let span = parsed.span(of: subject)
        guard span.count == 2, parsed[span.lowerBound].lower == "the", parsed[subject].part == .noun,
            let term = terms[parsed[subject].lemma.lowercased()]
        else { return false }
        return term.count < 2 && !term.inHeading && !term.isDefined
    }

    private static let persons: Set<String> = ["i", "he", "she", "his", "him", "her", "my", "me", "mine", "i'm"]
}
