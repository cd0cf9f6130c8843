/// “from metres to feet”: what is turned into what. A text about the opposite is no answer.
struct Direction: Sendable, Hashable {
    let from: String
    let to: String

    /// nil where the question names no direction.
    init?(_ words: [String]) {
        for (index, word) in words.enumerated().dropFirst() where word == "to" || word == "into" {
            guard words.prefix(index).contains(where: Self.turning.contains) || words.prefix(index).contains("from"),
                let from = words[..<index].last(where: Self.isThing), let to = words[(index + 1)...].first(where: Self.isThing)
            else { continue }
            let (a, b) = (Words.stem(from), Words.stem(to))
            if a != b {
                (self.from, self.to) = (a, b)
                return
            }
        }
        return nil
    }

    private static let turning: Set<String> = [
        "convert", "converting", "change", "changing", "turn", "turning", "translate", "transform", "go", "get", "make", "cast",
        "parse", "switch", "move", "copy", "conversion", "converted", "turned", "changed", "map", "encode", "decode", "send",
        "transfer", "migrate", "upgrade", "downgrade", "import", "export",
    ]

    /// “raised from 1 to 2” turns nothing into anything.
    private static func isThing(_ word: String) -> Bool {
        !Words.stopWords.contains(word) && !turning.contains(word) && !word.allSatisfy { $0.isNumber || $0 == "." }
    }

    /// 1 where a text turns the one into the other, -1 where it only does the opposite, 0 where it says neither.
    func fit(_ text: String) -> Double {
        let stems = Words.split(text).map(Words.stem)
        let (ahead, against) = (says(from, to, stems), says(to, from, stems))
        return ahead ? 1 : against ? -1 : half(stems)
    }

    /// What a text says with one of the two words: “… becomes a number” is toward it, “A number becomes …” away from it.
    private func half(_ stems: [String]) -> Double {
        for (index, stem) in stems.enumerated() where stem == "into" || stem == "becom" {
            let before = stems[max(0, index - 4)..<index]
            let after = stems[min(stems.count, index + 1)..<min(stems.count, index + 4)]
            func holds(_ words: ArraySlice<String>, _ term: String) -> Bool { words.contains { Words.match($0, term) } }
            if holds(after, to) || holds(before, from), !holds(after, from) { return 0.6 }
            if holds(before, to) || holds(after, from) { return -0.6 }
        }
        return 0
    }

    private func says(_ a: String, _ b: String, _ stems: [String]) -> Bool {
        for (index, stem) in stems.enumerated() where stem == "to" || stem == "into" || stem == "becom" || stem == "as" {
            let before = stems[max(0, index - 6)..<index]
            let after = stems[min(stems.count, index + 1)..<min(stems.count, index + 5)]
            guard let last = before.lastIndex(where: { Words.match($0, a) || Words.match($0, b) }), Words.match(stems[last], a),
                let next = after.first(where: { Words.match($0, a) || Words.match($0, b) }), Words.match(next, b)
            else { continue }
            return true
        }
        return false
    }
}
