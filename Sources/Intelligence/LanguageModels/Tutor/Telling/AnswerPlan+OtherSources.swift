/// What other documents say.
extension AnswerPlan {
    /// A unit of another document where the search hardly prefers the first.
    func further(_ parts: [AnswerPart]) -> [AnswerPart] {
        guard ![.quantity, .when, .who, .compare, .definition].contains(question.kind), question.wants == .anything, units.count > 1
        else { return [] }
        let first = units[0]
        guard let other = units.first(where: { $0.document != first.document }), other.search >= first.search - 0.02,
            other.score >= first.score - 0.25, other.score >= 0.6, Self.likeness(first.stemSet, other.stemSet) < 0.6
        else { return [] }
        let source = sources[other.blocks[0].source]
        return [.remark("Also, in “\(source.title)”:")] + trimmer.parts(of: other, limit: 60)
    }

    /// Sentences elsewhere that say the same but for a number or a word or two: which of them holds is not for the tutor to say.
    func disagreeing(with sentence: String, of unit: Unit) -> [AnswerPart]? {
        let stems = Words.stems(of: sentence)
        let numbers = Self.numbers(in: sentence)
        var parts: [AnswerPart] = []
        var known = [numbers]
        for other in units where other.first != unit.first {
            for block in other.blocks where [.paragraph, .note, .list].contains(block.kind) {
                for text in block.parts {
                    let theirs = Self.numbers(in: text)
                    guard !numbers.isEmpty, theirs.count == numbers.count, !known.contains(theirs) else { continue }
                    let own = Set(Words.stems(of: text)).subtracting(theirs)
                    guard Self.likeness(own, Set(stems).subtracting(numbers)) >= 0.8, Self.isOtherPlace(other, unit) else {
                        continue
                    }
                    known.append(theirs)
                    parts.append(.text(text, source: block.source))
                }
            }
        }
        return parts.isEmpty || parts.count > 3 ? nil : parts
    }

    /// What documents say that differ, each with who says it: without that they cannot be weighed.
    func differing(_ parts: [AnswerPart]) -> [AnswerPart] {
        [.remark("Your documents differ on this.")]
            + parts.map { part in
                guard case .text(let text, let source) = part else { return part }
                return .text("“\(sources[source].title)”: \(text)", source: source)
            }
    }

    /// Rows of one text differ by nature; two documents do not.
    static func isOtherPlace(_ one: Unit, _ other: Unit) -> Bool { one.document != other.document }

    static func numbers(in text: String) -> Set<String> { Set(Words.split(text).filter { $0.contains(where: \.isNumber) }) }

    static func likeness(_ a: Set<String>, _ b: Set<String>) -> Double {
        let both = a.intersection(b).count
        return a.isEmpty || b.isEmpty ? 0 : Double(both) / Double(a.count + b.count - both)
    }
}
