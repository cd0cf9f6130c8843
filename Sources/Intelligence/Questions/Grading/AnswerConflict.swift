import LanguageModels

/// Finds where an answer says with the reference's own words something else: denied, opposite, or the other way round.
struct AnswerConflict {
    let wordnet: WordNet?

    private struct Side {
        var words: [String]
        var stems: [String]
    }

    func reason(reference: String, answer: String) -> GradeReason? {
        let (one, other) = (side(reference), side(answer))
        if isDenied(one) != isDenied(other) { return .negated }
        if deniesAnother(one, other) || deniesAnother(other, one) { return .negated }
        if hasOpposite(one, other) || hasOpposite(other, one) { return .opposite }
        if isExchanged(one, other) { return .exchanged }
        return nil
    }

    private func side(_ text: String) -> Side {
        let words = text.lowercased().replacing("n't", with: " not").replacing("n’t", with: " not").split {
            !$0.isLetter && !$0.isNumber
        }
        .map(String.init)
        return Side(words: words, stems: words.map { Words.stems(of: $0).first ?? $0 })
    }

    /// `and not by X` says more about what it is, and denies nothing of the whole: it is looked at word by word.
    private func negators(_ side: Side) -> [Int] { side.words.indices.filter { Self.negators.contains(side.words[$0]) } }

    private func isDenied(_ side: Side) -> Bool {
        let all = negators(side).filter { $0 == 0 || !["and", "but", "rather", "instead"].contains(side.words[$0 - 1]) }
        return all.count % 2 == 1
    }

    /// A word of both that only one side denies: `from water and not from carbon dioxide`, turned round.
    private func deniesAnother(_ one: Side, _ other: Side) -> Bool {
        func denied(_ side: Side) -> Set<String> {
            var found: Set<String> = []
            for place in negators(side) {
                for after in side.stems.indices where after > place && after <= place + 4 && !Self.small.contains(side.words[after])
                {
                    found.insert(side.stems[after])
                }
            }
            return found
        }
        let (mine, theirs) = (denied(one), denied(other))
        guard !mine.isEmpty, !theirs.isEmpty else { return false }
        // Both deny something: not the same.
        let shared = mine.intersection(other.stems).subtracting(theirs)
        return !shared.isEmpty && !theirs.intersection(one.stems).subtracting(mine).isEmpty
    }

    /// A word whose opposite stands in the other, where the word itself does not.
    private func hasOpposite(_ one: Side, _ other: Side) -> Bool {
        let (mine, theirs) = (Set(one.stems), Set(other.stems))
        for (place, word) in one.words.enumerated() where !theirs.contains(one.stems[place]) {
            for opposite in opposites(of: word) {
                let stem = Words.stems(of: opposite).first ?? opposite
                if theirs.contains(stem), !mine.contains(stem) { return true }
            }
        }
        return false
    }

    private func opposites(of word: String) -> Set<String> {
        var found = Self.pairs[word] ?? []
        if let base = baseForms(of: word).first(where: { Self.pairs[$0] != nil }) { found.formUnion(Self.pairs[base] ?? []) }
        guard let wordnet, word.count > 2, !Self.small.contains(word) else { return found }
        for form in baseForms(of: word) {
            for part in [WordNet.Part.adjective, .verb, .adverb] { found.formUnion(wordnet.antonyms(of: form, as: part)) }
        }
        return found
    }

    private func baseForms(of word: String) -> [String] {
        var forms = [word]
        if word.hasSuffix("ies") { forms.append(word.dropLast(3) + "y") }
        if word.hasSuffix("es") { forms.append(String(word.dropLast(2))) }
        if word.hasSuffix("s") { forms.append(String(word.dropLast())) }
        if word.hasSuffix("ed") { forms += [String(word.dropLast(2)), String(word.dropLast())] }
        if word.hasSuffix("ing") { forms += [String(word.dropLast(3)), word.dropLast(3) + "e"] }
        return forms
    }

    /// The same things, the other way round: `from A to B`, `A before B`, `A into B`, `more A than B`, `A causes B`.
    private func isExchanged(_ one: Side, _ other: Side) -> Bool {
        let shared = Set(one.stems).intersection(other.stems).filter { stem in
            !Self.small.contains(stem) && one.stems.count(where: { $0 == stem }) == 1
                && other.stems.count(where: { $0 == stem }) == 1
        }
        guard shared.count >= 2 else { return false }
        // What each preposition that tells a direction has behind it.
        for word in ["from", "to", "into", "in", "out", "onto", "by", "before", "after", "than", "of"] {
            guard let a = next(word, one, shared), let b = next(word, other, shared), a != b else { continue }
            // Really exchanged: what stood behind it now stands elsewhere with the other's word.
            for second in ["from", "to", "into", "in", "out", "onto", "by", "before", "after", "than", "of"] where second != word {
                if next(second, one, shared) == b, next(second, other, shared) == a { return true }
            }
            // What stood behind it has come to stand before it.
            if ["before", "after", "than", "by", "into", "from", "to"].contains(word), isBefore(b, word, one),
                isBefore(a, word, other)
            {
                return true
            }
        }
        return false
    }

    private func next(_ word: String, _ side: Side, _ shared: Set<String>) -> String? {
        guard let place = side.words.firstIndex(of: word) else { return nil }
        return side.stems.dropFirst(place + 1).prefix(4).first { shared.contains($0) }
    }

    private func isBefore(_ stem: String, _ word: String, _ side: Side) -> Bool {
        guard let place = side.words.firstIndex(of: word), let other = side.stems.firstIndex(of: stem) else { return false }
        return other < place
    }

    private static let negators: Set<String> = [
        "not", "no", "never", "none", "nothing", "neither", "nor", "without", "cannot", "nobody", "hardly", "fails", "fail",
        "lacks", "lack",
        "unable", "prevents", "prevent", "rarely", "seldom", "barely", "scarcely",
    ]
    private static let small: Set<String> = [
        "the", "a", "an", "of", "to", "in", "on", "at", "by", "for", "from", "with", "and", "or", "is", "are", "was", "were", "be",
        "it", "its",
        "that", "which", "this", "as", "into", "do", "does", "any", "not", "no", "than", "but", "they", "their", "them", "because",
        "so",
    ]
    private static let pairs: [String: Set<String>] = {
        let list: [(String, String)] = [
            ("halves", "doubles"), ("halve", "double"), ("halved", "doubled"), ("emit", "absorb"), ("into", "out"),
            ("raise", "lower"),
            ("increase", "decrease"), ("increase", "reduce"), ("increase", "lower"), ("raise", "reduce"), ("rise", "fall"),
            ("rise", "sink"),
            ("gain", "lose"), ("more", "less"), ("more", "fewer"), ("higher", "lower"), ("larger", "smaller"),
            ("greater", "smaller"),
            ("greater", "less"), ("bigger", "smaller"), ("faster", "slower"), ("hot", "cold"), ("hotter", "colder"),
            ("warmer", "cooler"),
            ("maximum", "minimum"), ("positive", "negative"), ("inside", "outside"), ("inner", "outer"), ("above", "below"),
            ("up", "down"),
            ("before", "after"), ("first", "last"), ("open", "close"), ("expand", "contract"), ("attract", "repel"),
            ("import", "export"),
            ("acid", "base"), ("acidic", "alkaline"), ("acidic", "basic"), ("speed", "slow"), ("accelerate", "slow"),
            ("strong", "weak"),
            ("stronger", "weaker"), ("always", "never"), ("all", "none"), ("same", "different"), ("same", "opposite"),
            ("north", "south"),
            ("east", "west"), ("left", "right"), ("enter", "leave"), ("store", "release"), ("produce", "consume"),
            ("produce", "destroy"),
            ("create", "destroy"), ("buy", "sell"), ("supply", "demand"), ("win", "lose"), ("solid", "gas"), ("liquid", "solid"),
            ("true", "false"), ("even", "odd"), ("internal", "external"), ("thick", "thin"), ("thicker", "thinner"),
            ("long", "short"),
            ("longer", "shorter"), ("heavy", "light"), ("heavier", "lighter"), ("high", "low"), ("large", "small"),
            ("start", "stop"),
            ("begin", "end"), ("oxidise", "reduce"), ("freeze", "melt"), ("evaporate", "condense"), ("arteries", "veins"),
            ("artery", "vein"),
            ("towards", "away"), ("allow", "prevent"), ("with", "without"), ("host", "parasite"), ("sender", "receiver"),
            ("client", "server"), ("encrypt", "decrypt"), ("one", "two"), ("single", "double"), ("male", "female"),
            ("ends", "starts"),
        ]
        var all: [String: Set<String>] = [:]
        for (one, other) in list {
            all[one, default: []].insert(other)
            all[other, default: []].insert(one)
        }
        return all
    }()
}
