import LanguageModels

/// Finds wrong answers that are of the same kind as the right one, and that the text does not make right.
struct Distractors {
    let bench: Workbench

    /// - Parameter stem: what is asked.
    /// - Returns: the reason where there are not three.
    func three(for key: Term, stem: String) -> Result<[Term], Refusal> {
        let stems = Set(Words.contentStems(of: stem))
        var found: [Term] = []
        var wasAlsoRight = false
        for other in bench.kinship.kin(of: key, in: bench.terms, wordnet: bench.wordnet) {
            guard Kinship.areApart(key, other, aliases: bench.terms.aliases, wordnet: bench.wordnet) else { continue }
            if let cosine = bench.cosine(key.surface, other.surface), !(0.12...0.86).contains(cosine) { continue }
            if Set(Words.contentStems(of: other.key)).isSubset(of: stems) { continue }
            if found.contains(where: { !Kinship.areApart($0, other, aliases: bench.terms.aliases, wordnet: nil) }) { continue }
            let lengths = Double(other.surface.count) / Double(max(1, key.surface.count))
            guard (0.34...3).contains(lengths) else { continue }
            guard bench.greatestShare(of: stems, naming: other) < 0.55 else {
                wasAlsoRight = true
                continue
            }
            found.append(other)
            if found.count == 3 { return .success(found) }
        }
        return .failure(Refusal(reason: wasAlsoRight ? .alsoRight : .distractors))
    }

    struct Refusal: Error { var reason: DropReason }

    func meanCosine(_ key: Term, _ others: [Term]) -> Double? {
        let all = others.compactMap { bench.cosine(key.surface, $0.surface) }
        return all.isEmpty ? nil : all.reduce(0, +) / Double(all.count)
    }
}

/// Numbers that look random and are the same for the same seed.
struct DraftRandom: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    /// SplitMix64.
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}
