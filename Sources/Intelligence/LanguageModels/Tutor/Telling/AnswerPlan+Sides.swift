/// Two things beside each other.
extension AnswerPlan {
    func sides() -> [AnswerPart]? {
        guard question.subjects.count >= 2 else { return nil }
        let (own, parts) = beside()
        guard let contrast = contrast(own) else { return parts }
        let rest = parts ?? whole(nil)
        return rest.map(\.letters).joined().contains(contrast.letters) ? rest : [contrast] + rest
    }

    /// The words that each side has for itself, and what is told of both.
    private func beside() -> ([Set<String>], [AnswerPart]?) {
        let sides = question.subjects.map { Set($0) }
        func holds(_ unit: Unit, _ side: Set<String>) -> Double {
            guard !side.isEmpty else { return 0 }
            return Double(side.count { QuestionWords.holds($0, unit.stemSet) || QuestionWords.holds($0, unit.headingStems) })
                / Double(side.count)
        }
        let own = sides.enumerated().map { index, side in
            side.subtracting(
                sides.enumerated().filter { $0.offset != index }.reduce(into: Set<String>()) { $0.formUnion($1.element) })
        }
        // A section for each side tells more than one that names the other in passing.
        let areHeaded = own.allSatisfy { side in
            units.prefix(12).contains { unit in
                !side.isEmpty && unit.lastHeading.count <= side.count + 1
                    && side.allSatisfy { QuestionWords.holds($0, Set(unit.lastHeading)) }
            }
        }
        if !areHeaded,
            let both = units.prefix(6).first(where: { unit in
                unit.score >= units[0].score - 0.12
                    && own.allSatisfy { side in !side.isEmpty && side.allSatisfy { QuestionWords.holds($0, unit.stemSet) } }
            })
        {
            let parts = withLead(both, limit: 130)
            // It names both and tells of neither.
            if both.words < 30, let each = each(own, holds, without: both.first) { return (own, parts + each) }
            return (own, parts + following(both, left: 130 - parts.reduce(0) { $0 + $1.words }))
        }
        return (own, each(own, holds))
    }

    /// A unit for each side.
    private func each(_ own: [Set<String>], _ holds: (Unit, Set<String>) -> Double, without known: Int? = nil) -> [AnswerPart]? {
        var parts: [AnswerPart] = []
        var told: Set<Int> = known.map { [$0] } ?? []
        for (index, side) in own.enumerated() where !side.isEmpty {
            let ranked = units.filter { holds($0, side) >= 0.99 && !told.contains($0.first) && $0.words >= 8 }.sorted { a, b in
                func value(_ unit: Unit) -> Double {
                    let heading = Double(side.count { QuestionWords.holds($0, Set(unit.lastHeading)) }) / Double(side.count)
                    let form = DefinitionForm(subject: Array(side), asksForRole: false)
                    let fit = unit.blocks[0].parts.prefix(3).map(form.fit).max() ?? 0
                    // The search prefers a text that names both; here each side is wanted for itself.
                    return unit.score + 1.2 * heading + 0.5 * fit + (unit.isOpening ? 0.05 : 0)
                }
                return (value(a), -a.first) > (value(b), -b.first)
            }
            guard let unit = ranked.first else { continue }
            told.insert(unit.first)
            let form = DefinitionForm(subject: Array(side), asksForRole: false)
            let sentences = unit.blocks[0].parts
            let start =
                unit.blocks[0].kind == .paragraph
                ? sentences.indices.max { (form.fit(sentences[$0]), -$0) < (form.fit(sentences[$1]), -$1) } : nil
            var own = trimmer.parts(of: unit, limit: 65, best: start)
            if case .text(let text, let source)? = own.first {
                let name = question.sideNames.indices.contains(index) ? question.sideNames[index] : ""
                let says = side.allSatisfy { QuestionWords.holds($0, Set(Words.stems(of: text))) }
                own[0] = .text(says || name.isEmpty ? text : "**\(name)**: \(text)", source: source)
            }
            parts += own
        }
        return told.count >= (known == nil ? 2 : 3) ? parts : nil
    }
}
