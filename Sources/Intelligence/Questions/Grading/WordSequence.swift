import LanguageModels

/// Whether an answer says with the reference's own words, in their order, what the reference says.
struct WordSequence {
    private struct Side {
        /// All words, as stems.
        var stems: [String] = []
        var words: [String] = []
        /// Places of those that tell something.
        var content: [Int] = []
    }

    private let reference: Side
    private let answer: Side
    /// For each telling word of the reference the place of its like in the answer.
    private let matches: [Int: Int]
    /// Telling words of the answer that are none of the reference's.
    let foreign: [String]
    /// The share of the reference's telling words that the answer has, by weight.
    let recall: Double

    /// - Parameters:
    ///   - asked: stems of the question, which tell nothing.
    ///   - isSame: whether two stems mean the same.
    init(reference: String, answer: String, asked: Set<String>, isSame: (String, String) -> Bool) {
        let (wanted, given) = (Self.side(reference, asked), Self.side(answer, asked))
        self.reference = wanted
        self.answer = given
        var open = given.content
        var matches: [Int: Int] = [:]
        for place in wanted.content {
            let stem = wanted.stems[place]
            guard
                let found = open.firstIndex(where: { given.stems[$0] == stem })
                    ?? open.firstIndex(where: { isSame(stem, given.stems[$0]) })
            else { continue }
            matches[place] = open.remove(at: found)
        }
        self.matches = matches
        foreign = open.map { given.stems[$0] }
        // Words that tell little weigh half.
        func weight(_ place: Int) -> Double { Words.isTopic(wanted.stems[place]) ? 1 : 0.5 }
        let all = wanted.content.reduce(0) { $0 + weight($1) }
        recall = all > 0 ? matches.keys.reduce(0) { $0 + weight($1) } / all : 0
    }

    /// Nothing that tells something is missing, hardly a word is added, and none has changed its place: one word in another's place
    /// makes the opposite of a sentence.
    var isFaithful: Bool {
        let missing = reference.content.count - matches.count
        guard !matches.isEmpty, missing == 0 || (foreign.isEmpty && recall >= 0.85) else { return false }
        guard foreign.isEmpty || (foreign.count == 1 && reference.content.count >= 5 && !Words.isTopic(foreign[0])) else {
            return false
        }
        let places = matches.keys.sorted()
        for (index, first) in places.enumerated() {
            for second in places.dropFirst(index + 1) {
                guard let a = matches[first], let b = matches[second], a > b else { continue }
                guard isGenitive(first, second, a, b) else { return false }
            }
        }
        return true
    }

    /// `energy of the cell` as `the cell's energy`.
    private func isGenitive(_ first: Int, _ second: Int, _ a: Int, _ b: Int) -> Bool {
        let between = reference.words[first + 1..<second]
        let content = Set(reference.content)
        let isOf =
            between.contains("of")
            && zip(first + 1..<second, between).allSatisfy {
                content.contains($0.0) || ["of", "the", "a", "an", "its", "their"].contains($0.1)
            }
        let inside = answer.words[b + 1..<a]
        return isOf && !inside.contains(where: Self.joints.contains)
    }

    private static func side(_ text: String, _ asked: Set<String>) -> Side {
        var side = Side()
        for word in text.lowercased().split(whereSeparator: { !$0.isLetter && !$0.isNumber }).map(String.init) where word != "s" {
            let stem = Words.stems(of: word).first ?? word
            if !Words.contentStems(of: word).isEmpty || telling.contains(word), !asked.contains(stem) {
                side.content.append(side.words.count)
            }
            side.words.append(word)
            side.stems.append(stem)
        }
        return side
    }

    /// Little words that decide what is said.
    private static let telling: Set<String> = [
        "more", "most", "all", "before", "after", "above", "below", "against", "between", "both", "without", "only", "once", "out",
        "up",
        "down", "under", "over", "few", "own", "other", "each", "less", "off", "rather",
    ]
    private static let joints: Set<String> = [
        "of", "to", "from", "into", "in", "by", "with", "for", "than", "against", "before", "after", "and", "or", "not", "on", "at",
        "that",
        "which",
    ]
}
