/// Sentences that say how many things follow: “There are three forms.”, “… depends on four things: …”.
enum Enumeration {
    /// How many things the sentence announces; nil if it announces none.
    static func announced(in text: String) -> Int? {
        let words = Words.split(text)
        for (index, word) in words.enumerated() {
            guard let number = numbers[word] else { continue }
            // “three forms”, “two main reasons”; or at the end: “The layers are four.”
            let next = words.dropFirst(index + 1).prefix(2)
            if next.contains(where: announcing.contains) { return number }
            if index == words.count - 1, index > 0, words[index - 1] == "are" { return number }
        }
        return nil
    }

    /// The number that a word says, if it counts the entries of a list.
    static func number(_ word: String) -> Int? { numbers[word] ?? Int(word).flatMap { (2...12).contains($0) ? $0 : nil } }

    /// Whether the things stand in the sentence itself.
    static func isComplete(_ text: String) -> Bool {
        guard let colon = text.firstIndex(of: ":") else { return text.count { $0 == "," } >= 2 }
        return text[colon...].split(separator: " ").count > 3
    }

    private static let numbers: [String: Int] = [
        "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    ]
    /// Nouns for the entries of a list.
    private static let announcing: Set<String> = [
        "things", "forms", "kinds", "types", "sorts", "reasons", "causes", "factors", "stages", "steps", "phases", "parts",
        "points",
        "functions", "groups", "classes", "ways", "methods", "rules", "layers", "levels", "categories", "elements", "components",
        "conditions", "properties", "features", "principles", "machines", "laws", "effects", "advantages", "disadvantages",
    ]
}
