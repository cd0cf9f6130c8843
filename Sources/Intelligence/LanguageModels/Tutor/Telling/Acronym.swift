/// The words that an acronym stands for, as texts give them: “round-trip time (RTT)”, “RTT (round-trip time)”, “RTT stands for …”.
enum Acronym {
    static func longForm(of acronym: String, in sentence: String) -> String? {
        let letters = Array(acronym.lowercased().filter(\.isLetter))
        guard letters.count >= 2, let range = sentence.firstRange(of: acronym) else { return nil }
        let (before, after) = (sentence[..<range.lowerBound], sentence[range.upperBound...])
        if before.hasSuffix("("), let long = ending(Array(pieces(before.dropLast())), letters) { return long }
        let rest = after.drop { $0 == " " }
        if let long = inBrackets(rest, letters) { return long }
        for lead in [
            "(", "stands for ", "is short for ", "is an acronym for ", "means ", "is the abbreviation of ", ": ", "– ", "— ", "= ",
            ", or ",
        ] where rest.hasPrefix(lead) { if let long = beginning(Array(pieces(rest.dropFirst(lead.count))), letters) { return long } }
        // Anywhere near, written out.
        if let long = ending(Array(pieces(before)), letters) { return long }
        return nil
    }

    /// “PHOENIX (Physics with Home-made Equipment & Innovative Experiments)”, “UTF 表示 …（Unicode Transformation Format）”: brackets
    /// behind the letters, whose words begin with the first of them and have the others in order.
    private static func inBrackets(_ rest: Substring, _ letters: [Character]) -> String? {
        guard let open = rest.firstIndex(where: { $0 == "(" || $0 == "（" }), rest[..<open].count <= 24,
            let close = rest[open...].firstIndex(where: { $0 == ")" || $0 == "）" })
        else { return nil }
        let inner = rest[rest.index(after: open)..<close]
        let words = pieces(inner)
        let names = words.filter { $0.first?.isUppercase == true }
        guard names.count >= 2, words.count <= letters.count + 3, words[0].lowercased().first == letters[0],
            names.allSatisfy({ $0.first.map { letters.contains(Character($0.lowercased())) } ?? false })
        else { return nil }
        var at = 0
        for character in inner.lowercased() where at < letters.count && character == letters[at] { at += 1 }
        return at == letters.count ? inner.trimmed : nil
    }

    private static func pieces(_ text: some StringProtocol) -> [Substring] {
        String(text).split(separator: " ").flatMap { $0.split(separator: "-", omittingEmptySubsequences: true) }.map {
            Substring($0.filter { $0.isLetter || $0.isNumber || $0 == "'" })
        }.filter { !$0.isEmpty }
    }

    private static let small: Set<String> = ["of", "and", "the", "for", "to", "in", "a", "an", "on", "with"]

    private static func ending(_ words: [Substring], _ letters: [Character]) -> String? {
        for start in words.indices.reversed().prefix(letters.count + 4) {
            if let end = matches(Array(words[start...]), letters), end == words.count - start {
                return words[start...].joined(separator: " ")
            }
        }
        return nil
    }

    private static func beginning(_ words: [Substring], _ letters: [Character]) -> String? {
        guard !words.isEmpty else { return nil }
        let start = small.contains(words[0].lowercased()) && words[0].lowercased().first != letters.first ? 1 : 0
        return matches(Array(words[start...]), letters).map { words[start..<(start + $0)].joined(separator: " ") }
    }

    /// How many words from the first on have the letters as initials, small words left out.
    private static func matches(_ words: [Substring], _ letters: [Character]) -> Int? {
        var at = 0
        for (index, word) in words.enumerated() {
            let lower = word.lowercased()
            if at < letters.count, lower.first == letters[at] {
                at += 1
            } else if !(small.contains(lower) && at > 0 && at < letters.count) {
                return nil
            }
            if at == letters.count { return index + 1 }
        }
        return nil
    }
}
