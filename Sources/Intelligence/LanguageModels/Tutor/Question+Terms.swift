/// The words of a question that a topic is made of.
extension Question {
    /// Words of the question that a topic is made of, each once.
    static func terms(of text: String) -> [Term] {
        var seen = ForeignQuestion.smallWords(of: text)
        // German writes all nouns with capitals.
        let writesNouns = ForeignQuestion.isForeign(text)
        var terms: [Term] = []
        var wasHow = false
        var isFirst = true
        for whole in text.split(whereSeparator: { !$0.isLetter && !$0.isNumber && !"'’.,".contains($0) }
        ) {
            defer { isFirst = false }
            // “3.1” is one word, “end.” is “end”.
            let piece = whole.trimmedPoints
            let parts = Words.split(ForeignQuestion.topic(of: String(piece)))
            let isMeasure = wasHow && measured.contains(parts.first ?? "")
            wasHow = parts.first == "how"
            // “How long” asks for a time, which need not be called long.
            if isMeasure { continue }
            // A run of a script without spaces is many terms.
            if parts.count > 1 {
                for part in parts where seen.insert(part).inserted && !Words.stopWords.contains(part) {
                    // “d'enfants”, “l'écran”
                    if writesNouns, part.count == 1, part.allSatisfy(\.isASCII), !part.allSatisfy(\.isNumber) { continue }
                    terms.append(Term(stem: Words.stem(part), weight: 1, isRare: part.count >= 4))
                }
                continue
            }
            guard let word = parts.first, !Words.stopWords.contains(word) || !isFirst && Self.isNamed(piece) else { continue }
            let stem = Words.stem(word)
            guard seen.insert(stem).inserted else { continue }
            let isAsking = Words.askingWords.contains(stem)
            let isName =
                !isFirst && piece.first?.isUppercase == true && !isAsking
                && (!writesNouns || piece.dropFirst().contains(where: \.isUppercase))
            let isNumber = word.contains(where: \.isNumber)
            if stem.count < 2, !isNumber, stem.allSatisfy(\.isASCII) { continue }
            let isSoft = Words.softWords.contains(stem)
            let mayDiffer = Words.mayDiffer(stem)
            let isGeneral = writesNouns && ForeignQuestion.isGeneral(word)
            let weight =
                isGeneral
                ? 0.4 : isAsking ? 0.25 : isSoft ? 0.6 : mayDiffer ? 0.8 : isName || isNumber ? 1.3 : word.count >= 7 ? 1.1 : 1
            terms.append(
                Term(
                    stem: stem, weight: weight,
                    isRare: !isAsking && !isGeneral && !mayDiffer && (isName || isNumber || word.count >= 4),
                    isName: isName || isNumber))
        }
        return terms
    }

    /// “May Day”, “IT”: a capital makes a name of a little word.
    private static func isNamed(_ word: Substring) -> Bool {
        guard word.first?.isUppercase == true, word != "I", word.count >= 2 else { return false }
        return word.allSatisfy(\.isUppercase) || ["May", "Will", "Most"].contains(String(word))
    }
}

extension Substring {
    fileprivate var trimmedPoints: Substring {
        var text = self
        while let last = text.last, last == "." || last == "," { text.removeLast() }
        while let first = text.first, first == "." || first == "," { text.removeFirst() }
        return text
    }
}
