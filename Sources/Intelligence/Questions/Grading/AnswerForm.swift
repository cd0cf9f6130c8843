import Stemming

/// A typed answer as it is compared: lower case, plain letters, no articles, hyphens or signs.
enum AnswerForm {
    static func normalised(_ text: String) -> String { words(of: text).joined(separator: " ") }

    static func words(of text: String) -> [String] {
        var folded = String.UnicodeScalarView()
        for scalar in text.unicodeScalars { LetterFolding.fold(scalar) { folded.append($0) } }
        var words: [String] = []
        for word in String(folded).split(whereSeparator: {
            !$0.isLetter && !$0.isNumber && $0 != "." && $0 != "," && $0 != "%" && $0 != "°"
        }) {
            let plain = word.trimmingCharacters { $0 == "." || $0 == "," }
            guard !plain.isEmpty, !(words.isEmpty && articles.contains(plain)) else { continue }
            words.append(plain)
        }
        return words.filter { !["the", "a", "an"].contains($0) }
    }

    /// Without the endings of plurals.
    static func singular(_ text: String) -> String { words(of: text).map(singularWord).joined(separator: " ") }

    private static func singularWord(_ word: String) -> String {
        if let known = irregular[word] { return known }
        guard word.count > 3, word.hasSuffix("s"), !word.hasSuffix("ss"), !word.hasSuffix("us"), !word.hasSuffix("is") else {
            return word
        }
        if word.hasSuffix("ies"), word.count > 4 { return word.dropLast(3) + "y" }
        for ending in ["sses", "xes", "ches", "shes", "zes"] where word.hasSuffix(ending) { return String(word.dropLast(2)) }
        return String(word.dropLast())
    }

    /// How many letters must be added, left out, exchanged or swapped with the next; stops beyond `limit`.
    static func distance(_ one: String, _ other: String, limit: Int) -> Int {
        let (a, b) = (Array(one), Array(other))
        guard abs(a.count - b.count) <= limit else { return limit + 1 }
        var rows = [[Int]](repeating: [Int](repeating: 0, count: b.count + 1), count: a.count + 1)
        for i in 0...a.count { rows[i][0] = i }
        for j in 0...b.count { rows[0][j] = j }
        guard !a.isEmpty, !b.isEmpty else { return max(a.count, b.count) }
        for i in 1...a.count {
            for j in 1...b.count {
                let cost = a[i - 1] == b[j - 1] ? 0 : 1
                rows[i][j] = min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + cost)
                if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] { rows[i][j] = min(rows[i][j], rows[i - 2][j - 2] + 1) }
            }
        }
        return rows[a.count][b.count]
    }

    private static let articles: Set<String> = ["the", "a", "an", "its", "their", "it", "is", "are", "they", "called", "to"]
    private static let irregular: [String: String] = [
        "mice": "mouse", "men": "man", "women": "woman", "feet": "foot", "teeth": "tooth", "children": "child",
        "bacteria": "bacterium",
        "mitochondria": "mitochondrion", "nuclei": "nucleus", "fungi": "fungus", "analyses": "analysis", "phenomena": "phenomenon",
        "criteria": "criterion", "data": "datum", "indices": "index", "vertices": "vertex", "matrices": "matrix", "geese": "goose",
    ]
}
