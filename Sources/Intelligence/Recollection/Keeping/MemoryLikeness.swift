import LanguageModels

/// Tells whether two things that a student said are the same, or cannot both be so: by meaning and by words together, since meaning
/// alone finds “on 12 June” and “on 19 June” the same, and words alone miss “brief” for “short”.
package enum MemoryLikeness: Sendable, Hashable {
    case different
    /// The same, perhaps in other words.
    case same
    /// The newer one holds in place of the older.
    case contradicts

    /// - Parameters:
    ///   - cosine: how near their meanings are.
    package static func of(_ newer: Recollected, _ older: Recollected, cosine: Double) -> MemoryLikeness {
        guard newer.kind == older.kind else { return .different }
        let (a, b) = (Traits(newer.text), Traits(older.text))
        if a.letters == b.letters { return .same }
        let isOneAtATime = newer.slot != nil && newer.slot == older.slot
        if isOneAtATime, newer.kind == .weakTopic { return .same }
        let shared = a.overlap(b)
        let agrees = a.marks == b.marks && a.isNegated == b.isNegated && a.wish == b.wish
        // “Be brief” and “I don't like long answers” are one wish.
        if isOneAtATime, a.wish != nil, a.wish == b.wish { return .same }
        if isOneAtATime {
            return agrees && (shared >= 0.75 || cosine >= 0.85) ? .same : .contradicts
        }
        if agrees { return cosine >= 0.93 || cosine >= 0.8 && shared >= 0.6 ? .same : .different }
        return cosine >= 0.75 && shared >= 0.6 ? .contradicts : .different
    }

    /// What is compared of a text.
    private struct Traits {
        let letters: String
        let stems: Set<String>
        /// Numbers, days and months: what differs between two dates.
        let marks: Set<String>
        let isNegated: Bool
        /// Of wishes: short or long.
        let wish: AnswerStyle.Length?

        init(_ text: String) {
            let words = text.lowercased().replacing("’", with: "'").split { !$0.isLetter && !$0.isNumber && $0 != "'" }.map(
                String.init)
            letters = words.joined(separator: " ")
            marks = Set(words.filter { $0.first?.isNumber == true || FactRules.times.contains($0) })
            stems = Set(Words.contentStems(of: text)).subtracting(marks)
            isNegated = words.flatMap(Contractions.written(out:)).contains {
                ["not", "no", "never", "nicht", "kein", "keine"].contains($0)
            }
            wish = AnswerStyle.length(in: words)
        }

        func overlap(_ other: Traits) -> Double {
            let all = stems.union(other.stems).count
            return all == 0 ? 1 : Double(stems.intersection(other.stems).count) / Double(all)
        }
    }
}

extension AnswerStyle {
    /// What wishes come to, the last said of each first.
    package init(wishes: [(text: String, slot: String?)]) {
        self.init()
        for (text, slot) in wishes {
            let words = text.lowercased().replacing("’", with: "'").split { !$0.isLetter && $0 != "'" }.map(String.init)
            switch slot {
            case Recollected.lengthSlot where length == nil: length = Self.length(in: words)
            case Recollected.simplicitySlot: isSimple = true
            default: break
            }
        }
    }

    /// “I don't like long answers” asks for short ones.
    static func length(in words: [String]) -> Length? {
        let isNegated = words.flatMap(Contractions.written(out:)).contains {
            ["not", "no", "never", "hate", "dislike", "less", "nicht", "keine"].contains($0)
        }
        let isShort =
            words.contains(where: WishRules.shortWords.contains) || words.contains("sentences") || words.contains("sentence")
        let isLong = words.contains(where: WishRules.longWords.contains)
        guard isShort != isLong else { return nil }
        return isShort != isNegated ? .short : .long
    }
}
