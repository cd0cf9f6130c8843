/// Judges by its form whether a sentence can answer a question for a number, a time, a name, a reason.
enum SentenceForm {
    /// 0...1.
    static func fit(_ text: String, to question: Question) -> Double {
        switch question.kind {
        case .quantity: return quantity(text, question)
        case .when:
            if hasYear(text) || hasDate(text) { return 1 }
            let lower = text.lowercased()
            return [" century", " before ", " after ", " during ", " when ", " once "].contains(where: lower.contains) ? 0.4 : 0
        case .who: return names(in: text) >= 1 ? 1 : 0
        case .definition: return DefinitionForm(subject: question.head, asksForRole: question.aim == .role).fit(text)
        case .why:
            let lower = " " + text.lowercased()
            return [" because", " due to ", " so that ", " in order to ", " reason", " since ", " caused by "].contains(
                where: lower.contains) ? 1 : 0
        case .other where question.aim == .condition:
            let lower = " " + text.lowercased()
            return [" if ", " when ", " once ", " until ", " unless ", " as soon as ", " after ", " whenever ", " while "].contains(
                where: lower.contains) ? 1 : 0
        default: return 0
        }
    }

    private static func quantity(_ text: String, _ question: Question) -> Double {
        let asked = Set(question.terms.map(\.stem))
        let text = withoutNumbersOfPlaces(text)
        let numbers = text.split { !$0.isNumber && $0 != "." && $0 != "," && $0 != ":" }.map { $0.trimmingPunctuation }.filter {
            $0.contains(where: \.isNumber) && !asked.contains($0.lowercased())
        }
        let lower = " " + text.lowercased() + " "
        if question.aim == .duration {
            let units = [" year", " month", " week", " day", " hour", " minute", " second", " decade", " centur"]
            if units.contains(where: lower.contains), !numbers.isEmpty || written.contains(where: { lower.contains(" \($0) ") }) {
                return 1
            }
        }
        let hasWritten = written.contains { lower.contains(" \($0) ") || lower.contains(" \($0)-") }
        switch question.aim {
        // A length is told with its unit, an age as years.
        case .duration: return numbers.isEmpty && !hasWritten ? 0 : 0.3
        case .age:
            let isAge = [" year", " age", " jahr", "岁", "歳"].contains(where: lower.contains)
            return numbers.isEmpty && !hasWritten ? 0 : isAge ? 1 : 0.3
        case .portion:
            let marks = ["%", " percent", "per cent", " third", " half ", " quarter", " fourths", " fifths", " majority", " share"]
            if marks.contains(where: lower.contains), !numbers.isEmpty || hasWritten { return 1 }
        default: break
        }
        if numbers.contains(where: { !isYear($0) }) { return 1 }
        let said = written.filter { lower.contains(" \($0) ") || lower.contains(" \($0)-") }
        // “about one end” counts nothing, unless it is asked how many.
        let counts = question.text.lowercased().contains("how many") || !["one", "no", "none", "once"].contains { said == [$0] }
        if !said.isEmpty { return counts ? 0.9 : 0.3 }
        if text.unicodeScalars.contains(where: { "一二三四五六七八九十百千万億亿".unicodeScalars.contains($0) }) { return 0.7 }
        return numbers.isEmpty ? 0 : 0.2
    }

    /// “Figure 6.1” and “page 12” say where something stands, not how much it is.
    private static func withoutNumbersOfPlaces(_ text: String) -> String {
        let places: Set<String> = [
            "figure", "fig", "table", "section", "chapter", "page", "equation", "appendix", "abbildung", "tabelle", "kapitel",
            "seite",
        ]
        var kept: [Substring] = []
        for word in text.split(separator: " ") {
            let isNumber = word.contains(where: \.isNumber)
            let before = kept.last.map { $0.lowercased().filter(\.isLetter) } ?? ""
            let own = word.lowercased().prefix { $0.isLetter }
            if isNumber, places.contains(before) || places.contains(String(own)) { continue }
            kept.append(word)
        }
        return kept.joined(separator: " ")
    }

    private static let written = [
        "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "dozen", "hundred",
        "thousand", "million", "billion", "half", "twice", "once", "none", "no", "twenty", "thirty", "forty", "fifty", "sixty",
        "seventy", "eighty", "ninety", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
        "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn",
    ]

    private static func isYear(_ text: String) -> Bool {
        text.count == 4 && text.allSatisfy(\.isNumber) && (text.first == "1" || text.first == "2")
    }

    /// “474 packages” are no year, “in 79” and “79 AD” are.
    private static func hasYear(_ text: String) -> Bool {
        let words = text.split { !$0.isNumber && !$0.isLetter }
        let marks: Set<String> = [
            "in", "ad", "bc", "ce", "bce", "year", "years", "since", "until", "from", "around", "about", "before", "after", "by",
            "im", "um", "jahr",
            "seit", "bis", "en", "vers", "an",
        ]
        return words.indices.contains { index in
            guard words[index].allSatisfy({ $0.isASCII && $0.isNumber }), let number = Int(words[index]) else { return false }
            if (1000...2199).contains(number) { return true }
            let around = [index - 1, index + 1].filter(words.indices.contains).map { words[$0].lowercased() }
            return (100...999).contains(number) && around.contains(where: marks.contains)
        }
    }

    private static func hasDate(_ text: String) -> Bool {
        let lower = text.lowercased()
        let months = [
            "january", "february", "march ", "april", "may ", "june", "july", "august", "september", "october", "november",
            "december", "januar", "februar", "märz", "juni", "juli", "oktober", "dezember", "年", "月", "년", "monday", "tuesday",
            "wednesday", "thursday", "friday", "saturday", "sunday",
        ]
        return months.contains(where: lower.contains) && text.contains(where: \.isNumber) || lower.contains("o'clock")
    }

    private static func names(in text: String) -> Int {
        let words = text.split(separator: " ")
        let inner = words.dropFirst().count { $0.first?.isUppercase == true && $0.count > 2 }
        // A sentence may begin with the name: “Fleming discovered …”.
        let first = words.first.map { word in
            let lower = word.lowercased().filter(\.isLetter)
            return word.first?.isUppercase == true && word.count > 3 && !Words.stopWords.contains(lower)
        }
        return inner + (first == true ? 1 : 0)
    }
}

extension Substring {
    fileprivate var trimmingPunctuation: String {
        var text = self
        while let last = text.last, !last.isNumber { text.removeLast() }
        while let first = text.first, !first.isNumber { text.removeFirst() }
        return String(text)
    }
}
