/// Puts place, meaning, words and form of each unit into one number. Decision 23 says where the weights come from.
struct UnitScorer: Sendable {
    let question: Question
    let words: QuestionWords
    /// The search's score of the best passage.
    let best: Double

    func scored(_ units: [Unit], question vector: [Float]) -> [Unit] {
        units.map { unit in
            var unit = unit
            unit.cosine = unit.vector.isEmpty ? 0 : Similarity.dot(unit.vector, vector)
            unit.score = score(unit)
            return unit
        }.sorted { ($0.score, -$0.first) > ($1.score, -$1.first) }
    }

    /// What speaks for a unit before its meaning is known.
    func promise(_ unit: Unit) -> Double { score(unit) + (unit.isOpening ? 0.05 : 0) }

    private func score(_ unit: Unit) -> Double {
        let pairs = words.pairs(in: unit.stems)
        var score = 2.5 * (unit.search - best) - (unit.isBeside ? 0.05 : 0) + unit.cosine
        score += 0.2 * words.share(in: unit.stemSet, or: unit.headingStems) + 0.1 * words.share(in: unit.stemSet)
        score += 0.25 * (unit.isUnderTitle ? 0.4 : 1) * words.likeness(toHeading: unit.lastHeading) + (unit.isOpening ? 0.15 : 0)
        score += 0.08 * pairs.near + 0.06 * pairs.order
        score -= 0.1 * words.rarestMissing(in: unit.stemSet, or: unit.headingStems)
        score += 0.2 * words.bestSentence(of: unit)
        if !question.signs.isEmpty { score += 0.6 * words.signs(in: unit) }
        score += form(unit)
        if let direction = question.direction {
            let heading = direction.fit(unit.path.last ?? "")
            score += heading != 0 ? 0.3 * heading : 0.3 * direction.fit(unit.text)
        }
        return score
    }

    /// What kind of text answers this kind of question.
    private func form(_ unit: Unit) -> Double {
        let lower = " " + unit.lower + " "
        func has(_ phrases: String...) -> Bool { phrases.contains(where: lower.contains) }
        var value = 0.0
        if question.wants == .code { value += unit.has(.code) ? 0.3 : 0 }
        if question.wants == .formula { value += Formula.isIn(unit.text) ? 0.3 : 0 }
        switch question.kind {
        case .how where question.aim == .steps:
            if unit.has(.code) { value += 0.07 }
            if has(" use ", " run ", " using ", " click ", " by ") { value += 0.05 }
            if unit.has(.list) { value += 0.04 }
        case .how where question.aim == .calculation: if Formula.isIn(unit.text) { value += 0.15 }
        case .how: if has(" by ", " through ", " then ") { value += 0.03 }
        case .why: if has("because", "so that", " since ", "due to", "reason", "therefore", "in order to") { value += 0.08 }
        case .definition:
            let form = DefinitionForm(subject: question.head, asksForRole: question.aim == .role)
            let fit = unit.blocks.flatMap { [.paragraph, .note, .list].contains($0.kind) ? $0.parts : [] }.map(form.fit).max() ?? 0
            if unit.blocks.flatMap(\.parts).contains(where: isNamed) { value += 0.2 }
            value += fit >= 0.7 ? 0.18 : fit >= 0.5 ? 0.08 : unit.isOpening ? 0.08 : 0
        case .list:
            if unit.has(.list) { value += 0.1 }
            if unit.blocks.contains(where: { $0.parts.contains { Enumeration.announced(in: $0) != nil } }) { value += 0.05 }
        case .quantity, .when: if unit.text.contains(where: \.isNumber) { value += 0.06 }
        case .compare:
            let sides = question.subjects.count { side in side.contains { QuestionWords.holds($0, unit.stemSet) } }
            if sides >= 2 { value += 0.12 }
        default: break
        }
        if unit.has(.table), question.kind != .how, question.kind != .why {
            let rows = unit.blocks.filter { $0.kind == .table }.flatMap(\.parts).map { words.share(in: Set(Words.stems(of: $0))) }
            value += 0.15 * (rows.max() ?? 0)
        }
        // “ES: da capo, I: da capo, F: …” gives names, and neither means nor explains.
        if [.definition, .compare, .how, .why].contains(question.kind), unit.blocks.allSatisfy({ Self.isNames($0.text) }) {
            value -= 0.3
        }
        // A few words are a title, not an answer.
        if unit.words < 4, !unit.has(.code) { value -= 0.25 }
        // All that it says is where to read on.
        if unit.words < 25, unit.blocks.allSatisfy({ $0.kind == .paragraph }), Discourse.isReference(unit.text) { value -= 0.15 }
        if ["tip:", "note:", "note that", "please note", "(historical", "aside:"].contains(where: unit.lower.hasPrefix) {
            value -= 0.1
        }
        if unit.text.hasSuffix("?"), unit.words < 40 { value -= 0.15 }
        if Self.isExercise(unit), !question.wantsExercises { value -= 0.12 }
        if Self.isBibliography(unit) { value -= 0.3 }
        return value
    }

    /// “Error rate (per move): …”: an entry for the very thing that is asked about.
    private func isNamed(_ part: String) -> Bool {
        guard !question.head.isEmpty, let entry = AnswerPlan.entry(ListMarker.text(of: part).map(String.init) ?? part) else {
            return false
        }
        let name = Set(Words.contentStems(of: entry.name))
        return name.count <= question.head.count + 1 && question.head.allSatisfy { QuestionWords.holds($0, name) }
    }

    /// Four names or more, each behind what it is the name in.
    private static func isNames(_ text: String) -> Bool {
        let words = text.split(separator: " ")
        let marks = words.count { $0.last == ":" && $0.dropLast().allSatisfy(\.isLetter) }
        return marks >= 4 && marks * 5 >= words.count
    }

    private static func isExercise(_ unit: Unit) -> Bool {
        guard let first = unit.blocks.first, first.kind != .code, first.kind != .table else { return false }
        let start = (ListMarker.text(of: first.text).map(String.init) ?? first.text).prefix { $0.isLetter }.lowercased()
        let verbs: Set<String> = [
            "explain", "describe", "discuss", "calculate", "outline", "sketch", "draw", "evaluate", "justify", "prove", "derive",
            "compute",
        ]
        return verbs.contains(start) && unit.words < 40
            || ["exercises", "problems", "questions", "learning objectives", "objectives"].contains(
                (unit.path.last ?? "").lowercased())
    }

    private static func isBibliography(_ unit: Unit) -> Bool {
        let lower = unit.lower
        if ["references", "bibliography", "index"].contains((unit.path.last ?? "").lowercased()) { return true }
        return unit.text.first == "[" && (lower.contains("vol.") || lower.contains("pp.") || lower.contains("doi"))
    }
}

/// The likeness of two vectors of length 1.
enum Similarity {
    static func dot(_ a: [Float], _ b: [Float]) -> Double {
        var sum: Float = 0
        for index in 0..<min(a.count, b.count) { sum += a[index] * b[index] }
        return Double(sum)
    }
}

/// Equations, reactions, formulas.
enum Formula {
    static func isIn(_ text: String) -> Bool {
        text.contains(" = ") || text.contains("→") || text.contains("⇌") || text.contains("\\frac") || text.contains("$$")
            || text.contains(" -> ") || text.contains("≈") || text.contains(" ≡ ")
    }

    /// Whether a line is a formula and no sentence that holds one.
    static func stands(in text: String) -> Bool {
        guard isIn(text), text.count <= 160 else { return false }
        return text.split(whereSeparator: \.isWhitespace).count { word in
            !word.hasPrefix("\\") && word.count >= 4 && word.allSatisfy(\.isLetter)
        } <= 1
    }
}
