import LanguageModels
package import Embedding

/// Grades what is certain, and leaves the rest to the student beside the reference, or to a model.
///
/// An answer that denies or turns round what the reference says is never right: no threshold of likeness tells it from a right one, so
/// it is looked for by its words, and where likeness alone speaks for an answer, it is asked.
package struct CertainGrading: AnswerGrading {
    private let embedder: (any TextEmbedder)?
    private let wordnet: WordNet?

    package init(embedder: (any TextEmbedder)?, wordnet: WordNet?) {
        self.embedder = embedder
        self.wordnet = wordnet
    }

    package init(_ resources: QuestionResources) { self.init(embedder: resources.embedder, wordnet: resources.wordnet) }

    package func grade(_ answer: GivenAnswer, to content: QuestionContent, stem: String) async throws -> Grade {
        switch (content, answer) {
        case (_, .nothing): return Grade(.wrong, share: 0, reason: .empty)
        case (.choice(let options, let right), .choice(let chosen)):
            return ChosenGrade.choice(chosen, right: right, of: options.count)
        case (.truth(let right), .truth(let given)):
            return right == given ? Grade(.right, share: 1, reason: .exact) : Grade(.wrong, share: 0, reason: .differs)
        case (.typed(let key), .text(let text)): return try await typed(text, key, stem)
        case (.gaps(let keys), .texts(let texts)): return try await gaps(texts, keys, stem)
        case (.gaps(let keys), .text(let text)) where keys.count == 1: return try await gaps([text], keys, stem)
        case (.matching(let prompts, _), .matches(let given)): return ChosenGrade.matching(given, prompts: prompts.count)
        case (.ordering(let items), .order(let given)): return ChosenGrade.ordering(given, count: items.count)
        case (.number(let key), .text(let text)): return NumberGrade.grade(text, key)
        default: return Grade(.wrong, share: 0, reason: .form)
        }
    }

    package func conflict(of text: String, with key: TypedKey) -> GradeReason? {
        let found = key.accepted.map { AnswerConflict(wordnet: wordnet).reason(reference: $0, answer: text) }
        // Of several things each is named; of several wordings one that agrees is enough.
        if key.isList { return found.compactMap(\.self).first { $0 == .negated } }
        return found.contains(nil) ? nil : found.first ?? nil
    }

    private func gaps(_ texts: [String], _ keys: [TypedKey], _ stem: String) async throws -> Grade {
        guard texts.count == keys.count, !keys.isEmpty else { return Grade(.wrong, share: 0, reason: .form) }
        var grades: [Grade] = []
        for (text, key) in zip(texts, keys) { grades.append(try await typed(text, key, stem)) }
        if grades.count == 1 { return grades[0] }
        let share = grades.reduce(0) { $0 + $1.share } / Double(grades.count)
        if grades.contains(where: { $0.verdict == .ask }) { return Grade(.ask, share: share, reason: .unsure) }
        if grades.allSatisfy({ $0.verdict == .right }) { return Grade(.right, share: 1, reason: .exact) }
        return share > 0 ? Grade(.partly, share: share, reason: .part) : Grade(.wrong, share: 0, reason: .differs)
    }

    private func typed(_ text: String, _ key: TypedKey, _ stem: String) async throws -> Grade {
        guard text.contains(where: { $0.isLetter || $0.isNumber }) else { return Grade(.wrong, share: 0, reason: .empty) }
        if key.isList { return try await list(text, key, stem) }
        if let grade = ShortGrade.grade(text, key) { return grade }
        guard let reference = key.accepted.first else { return Grade(.ask, share: 0, reason: .unsure) }
        return try await open(text, reference, key, stem)
    }

    /// Each of several things, in any order.
    private func list(_ text: String, _ key: TypedKey, _ stem: String) async throws -> Grade {
        let given = text.replacing(" and ", with: ",").replacing("\n", with: ",").split { ",;/&".contains($0) }
            .map { $0.trimmingCharacters(where: \.isWhitespace) }.filter { !$0.isEmpty }
        var open = key.accepted
        var wrong = 0
        for item in given {
            if let place = open.firstIndex(where: { ShortGrade.grade(item, TypedKey(accepted: [$0]))?.verdict == .right }) {
                open.remove(at: place)
            } else {
                wrong += 1
            }
        }
        let count = max(1, key.accepted.count)
        let found = key.accepted.count - open.count
        if found == key.accepted.count, wrong == 0 { return Grade(.right, share: 1, reason: .exact) }
        // What was named beside the right things may be one of them in other words.
        if wrong > 0, !open.isEmpty { return Grade(.ask, share: Double(found) / Double(count), reason: .part) }
        let share = max(0, Double(found - wrong) / Double(count))
        return share > 0 ? Grade(.partly, share: share, reason: .part) : Grade(.wrong, share: 0, reason: .differs)
    }

    /// An answer in other words than the reference's.
    private func open(_ text: String, _ reference: String, _ key: TypedKey, _ stem: String) async throws -> Grade {
        let asked = Set(Words.contentStems(of: stem))
        let words = WordSequence(reference: reference, answer: text, asked: asked, isSame: isSame)
        if let conflict = AnswerConflict(wordnet: wordnet).reason(reference: reference, answer: text) {
            return words.recall >= 0.5 ? Grade(.wrong, share: 0, reason: conflict) : Grade(.ask, share: 0, reason: .unsure)
        }
        if words.isFaithful { return Grade(.right, share: 1, reason: .keyTerms) }
        // Likeness alone makes nothing right, but what is far from all that was wanted is wrong.
        if let embedder, words.recall == 0 {
            let vectors = try await embedder.embed([reference, text])
            if embedder.scale(dot(vectors[0], vectors[1])) < 0.05 { return Grade(.wrong, share: 0, reason: .unrelated) }
        }
        return Grade(.ask, share: 0, reason: words.recall > 0 && words.foreign.isEmpty ? .part : .unsure)
    }

    private func isSame(_ one: String, _ other: String) -> Bool {
        if one == other { return true }
        guard let wordnet, one.count > 3, other.count > 3 else { return false }
        return [WordNet.Part.noun, .verb].contains { wordnet.synonyms(of: one, as: $0).contains(other) }
    }

    private func dot(_ a: [Float], _ b: [Float]) -> Double { zip(a, b).reduce(0) { $0 + Double($1.0 * $1.1) } }
}
