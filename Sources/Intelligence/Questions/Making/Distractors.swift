import LanguageModels

/// A term with what the text says that it is.
struct DescribedTerm {
    /// What tells it from others.
    var key: String
    var name: String
    var description: String
    var kind: DescribedKind?
    /// Of the description.
    var stems: Set<String>
    /// Whether the name is that of several things.
    var isPlural: Bool

    init(_ entry: ListEntry) {
        (key, name, description) = (entry.key, entry.term, entry.description)
        (kind, stems, isPlural) = (entry.kind, entry.stems, entry.isPlural)
    }

    init(_ definition: Definition, _ term: Term, wordnet: WordNet?) {
        (key, name, description) = (ListEntry.key(term.surface), term.surface, definition.text)
        kind = DescribedKind(head: definition.kind, isPlural: definition.isPlural, wordnet: wordnet)
        (stems, isPlural) = (Set(Words.contentStems(of: definition.text)), definition.isPlural)
    }
}

/// Finds wrong answers of the right one's kind that what is asked does not make right as well.
struct Distractors {
    /// Least likeness in meaning of two descriptions that turn on different nouns of one class.
    private static let near = 0.42
    /// From here on, two descriptions may mean the same.
    private static let same = 0.82

    let bench: Workbench

    /// The three that are likest; nil where there are fewer.
    func three(
        for one: DescribedTerm, among all: [DescribedTerm], where fits: (DescribedTerm) -> Bool
    ) -> [DescribedTerm]? {
        var seen: Set<String> = [one.key]
        let open = all.compactMap { other -> (DescribedTerm, Double)? in
            guard seen.insert(other.key).inserted, let likeness = likeness(one, other), fits(other) else { return nil }
            return (other, likeness)
        }
        var found: [DescribedTerm] = []
        for (other, _) in open.sorted(by: { ($0.1, $1.0.key) > ($1.1, $0.0.key) }) where found.count < 3 {
            if found.contains(where: { Self.areAlike($0.name, other.name) || Self.saySame($0, other) }) { continue }
            found.append(other)
        }
        return found.count == 3 ? found : nil
    }

    /// How near another of the same kind is: above 1 where both descriptions turn on one noun. nil where it is of another kind, or might be
    /// right as well.
    func likeness(_ one: DescribedTerm, _ other: DescribedTerm) -> Double? {
        guard let kind = one.kind, let otherKind = other.kind, kind.isLike(otherKind), one.isPlural == other.isPlural,
            one.name.first?.isUppercase == other.name.first?.isUppercase, !Self.areAlike(one.name, other.name),
            !Self.saySame(one, other), kind.head != nil || one.name.hasSuffix("ing") == other.name.hasSuffix("ing")
        else { return nil }
        // One of them is described by the other.
        guard !Self.holds(one.stems, other.name), !Self.holds(other.stems, one.name) else { return nil }
        let cosine = bench.cosine(one.description, other.description) ?? (kind.hasHead(of: otherKind) ? Self.near : 0)
        guard cosine < Self.same else { return nil }
        if kind.hasHead(of: otherKind) { return 1 + cosine }
        return cosine >= Self.near ? cosine : nil
    }

    /// Whether a description, by its stems, names a thing.
    static func holds(_ stems: Set<String>, _ name: String) -> Bool {
        let own = Words.contentStems(of: name)
        return !own.isEmpty && own.allSatisfy(stems.contains)
    }

    /// Whether two descriptions share most of their telling words, or one has all of the other's.
    static func saySame(_ one: DescribedTerm, _ other: DescribedTerm) -> Bool {
        let both = one.stems.intersection(other.stems).count
        return both > 0
            && (Double(both) >= 0.6 * Double(one.stems.union(other.stems).count) || both == min(one.stems.count, other.stems.count))
    }

    /// `conductor` and `conductors`, `memory` and `memory (LTM)`: one of them would be right as well.
    static func areAlike(_ one: String, _ other: String) -> Bool {
        let (a, b) = (Set(Words.contentStems(of: one)), Set(Words.contentStems(of: other)))
        return a.isSubset(of: b) || b.isSubset(of: a)
    }
}
