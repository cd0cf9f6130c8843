import Parsing

/// What a sentence says of its subject, and how it becomes a question.
enum Predicate {
    static func isFinite(_ root: Int, in parsed: ParsedSentence) -> Bool {
        parsed[root].isFinite || parsed.children(of: root, as: .auxiliary, .passiveAuxiliary).contains { parsed[$0].isFinite }
    }

    /// The word that carries the tense: an auxiliary, or the verb itself.
    static func finite(_ root: Int, in parsed: ParsedSentence) -> Int? {
        parsed.children(of: root, as: .auxiliary, .passiveAuxiliary).first { parsed[$0].isFinite }
            ?? (parsed[root].isFinite ? root : nil)
    }

    static func subject(_ root: Int, in parsed: ParsedSentence) -> Int? { parsed.child(of: root, as: .subject, .passiveSubject) }

    /// The sentence's last word that is no sign, and one more.
    static func end(of parsed: ParsedSentence) -> Int {
        var end = parsed.count
        while end > 0, parsed[end - 1].part == .punctuation, parsed[end - 1].text != ")" { end -= 1 }
        return end
    }

    /// The words behind the subject; nil where something stands between that belongs elsewhere.
    static func words(_ root: Int, in parsed: ParsedSentence) -> Range<Int>? {
        guard let subject = subject(root, in: parsed), let finite = finite(root, in: parsed) else { return nil }
        let span = parsed.span(of: subject)
        guard span.lowerBound == 0, span.upperBound <= finite else { return nil }
        // An adverb may stand before the verb; a comma says that more was set in.
        let start = span.upperBound
        guard !(start..<finite).contains(where: { parsed[$0].part == .punctuation }) else { return nil }
        let end = end(of: parsed)
        return start < end ? start..<end : nil
    }

    /// `Iron rusts` as a question: `does iron rust`; the verb and the subject change places, or `do` is added.
    /// - Parameter left: words that the question leaves out.
    static func inverted(_ root: Int, in parsed: ParsedSentence, without left: Set<Int>, terms: TermTable) -> String? {
        guard let subject = subject(root, in: parsed), let finite = finite(root, in: parsed) else { return nil }
        let span = parsed.span(of: subject)
        guard span.upperBound <= finite, !span.contains(where: left.contains) else { return nil }
        let end = end(of: parsed)
        var lead = Array(0..<span.lowerBound).filter { !left.contains($0) }
        while let last = lead.last, parsed[last].part == .punctuation { lead.removeLast() }
        // A clause before the subject cannot follow it as it is.
        guard !lead.contains(where: { parsed[$0].isFinite || parsed[$0].part == .punctuation }) else { return nil }
        var rest = (span.upperBound..<end).filter { !left.contains($0) && $0 != finite }
        while let last = rest.last, parsed[last].part == .punctuation { rest.removeLast() }
        var words: [String] = []
        let isAuxiliary = finite != root || parsed[root].lemma == "be"
        if isAuxiliary {
            words.append(parsed[finite].lower)
        } else {
            switch parsed[root].tag {
            case "VBZ": words.append("does")
            case "VBP": words.append("do")
            case "VBD": words.append("did")
            default: return nil
            }
        }
        var name = parsed.text(span)
        if span.lowerBound == 0 { name = terms.inSentence(name, parsed[0]) }
        words.append(name)
        if !isAuxiliary {
            // The base form stands where the verb stood.
            let before = rest.filter { $0 < root }
            let after = rest.filter { $0 > root }
            if !before.isEmpty { words.append(parsed.text(before)) }
            words.append(parsed[root].lemma)
            if !after.isEmpty { words.append(parsed.text(after)) }
        } else if !rest.isEmpty {
            words.append(parsed.text(rest))
        }
        if !lead.isEmpty { words.append(terms.inSentence(parsed.text(lead), parsed[lead[0]])) }
        return tidied(words.joined(separator: " "))
    }

    /// Without a space before a comma, and with `not` written out.
    static func tidied(_ text: String) -> String {
        var text = text.replacing(" n't", with: " not").replacing("n't ", with: " not ")
        for sign in [",", ".", ")", "'s", "’s"] { text = text.replacing(" \(sign)", with: sign) }
        return text.replacing("( ", with: "(").split(separator: " ").joined(separator: " ").trimmingCharacters {
            $0 == "," || $0 == " "
        }
    }
}
