/// What a word means, or what letters stand for.
extension AnswerPlan {
    func longForm(of acronym: String) -> [AnswerPart]? {
        // What the best units say comes first, but any place that was read will do.
        for block in units.flatMap(\.blocks) + blocks {
            for sentence in block.parts {
                guard let long = Acronym.longForm(of: acronym, in: sentence) else { continue }
                let text = sentence.count <= 300 ? sentence : ""
                return [.text("\(acronym) stands for “\(long)”. \(text)".trimmed, source: block.source)]
            }
        }
        // “Evasion”, and below it “Abbreviated to “EV”.”
        for (above, block) in zip(blocks, blocks.dropFirst()) where block.section == above.section || block.path.last != nil {
            let name = above.kind == .label && above.section == block.section ? above.text : block.path.last ?? ""
            guard let first = block.parts.first, first.lowercased().contains("abbreviat"), first.contains(acronym), !name.isEmpty
            else { continue }
            return [.text("\(acronym) stands for “\(name)”. \(block.parts.prefix(2).joined(separator: " "))", source: block.source)]
        }
        return nil
    }

    func findDefinition() -> [AnswerPart]? {
        let form = DefinitionForm(subject: question.head, asksForRole: question.aim == .role)
        var best: (value: Double, unit: Unit, block: Int, sentence: Int)?
        for unit in units.prefix(10) where unit.score >= units[0].score - 0.5 {
            for (at, block) in unit.blocks.enumerated() where [.paragraph, .note, .list].contains(block.kind) {
                for (index, part) in block.parts.enumerated() {
                    let sentence = ListMarker.text(of: part).map(String.init) ?? part
                    var fit = form.fit(sentence)
                    if let entry = Self.entry(sentence) {
                        let name = Words.contentStems(of: entry.name)
                        let isNamed =
                            !question.head.isEmpty && name.count <= question.head.count + 1
                            && question.head.allSatisfy { QuestionWords.holds($0, Set(name)) }
                        fit = max(fit, isNamed ? 0.9 : form.fit(entry.text))
                    }
                    // The term of a glossary stands above what it means.
                    let name = at > 0 && unit.blocks[at - 1].kind == .label ? unit.blocks[at - 1].text : unit.path.last ?? ""
                    let stems = Words.contentStems(of: name)
                    let isTerm =
                        index == 0 && block.kind != .list && !stems.isEmpty && stems.count <= question.head.count
                        && question.head.allSatisfy { QuestionWords.holds($0, Set(stems)) } && (unit.isOpening || at > 0)
                    let isSentence = sentence.last.map { ".!?。".contains($0) } ?? false
                    if isTerm, isSentence { fit = max(fit, question.aim == .plain || at > 0 ? 0.9 : 0.75) }
                    if question.aim == .role, fit >= 0.7, Self.tellsPurpose(sentence) { fit += 0.1 }
                    // It announces what is not here.
                    if sentence.hasSuffix(":"), at + 1 == unit.blocks.count { fit -= 0.4 }
                    guard fit >= 0.7 else { continue }
                    let value =
                        fit + 0.8 * (unit.score - units[0].score) + 0.2
                        * words.share(in: Set(Words.stems(of: sentence)), or: unit.headingStems)
                    if best.map({ value > $0.value }) ?? true { best = (value, unit, at, index) }
                }
            }
        }
        guard let best else { return nil }
        let block = best.unit.blocks[best.block]
        if let twins = disagreeing(with: block.parts[best.sentence], of: best.unit) {
            return differing([.text(block.parts[best.sentence], source: block.source)] + twins)
        }
        var sentences = block.parts[best.sentence...].map { $0 }
        if block.kind == .list {
            let entry = ListMarker.text(of: sentences[0]).map(String.init) ?? sentences[0]
            sentences = SentenceSplitter.sentences(in: entry).map(\.text)
        }
        if best.sentence > 0, block.kind != .list, Pronouns.leans(sentences[0]) {
            sentences.insert(block.parts[best.sentence - 1], at: 0)
        }
        var text = trimmer.cut(sentences, to: 100, around: 0)
        // The term above it, where the text itself does not say it.
        let says = question.head.allSatisfy { QuestionWords.holds($0, Set(Words.stems(of: text))) }
        let label =
            best.block > 0 && best.unit.blocks[best.block - 1].kind == .label
            ? best.unit.blocks[best.block - 1].text : best.unit.path.last
        if !says, let label { text = "\(label): \(text)" }
        var parts: [AnswerPart] = [.text(Pronouns.withoutConnective(text), source: block.source)]
        if text.hasSuffix(":") {
            let rest = Array(best.unit.blocks[(best.block + 1)...])
            if !rest.isEmpty {
                parts += trimmer.parts(
                    of: Unit(first: 0, blocks: rest, isOpening: false, document: best.unit.document, title: ""), limit: 60)
            }
        }
        return parts
    }

    private static func tellsPurpose(_ sentence: String) -> Bool {
        let lower = sentence.lowercased()
        return [" in order to ", " so that ", " used to ", " used for ", " allows ", " lets ", " is for ", " program for "]
            .contains(
                where: lower.contains)
    }

    /// “Fixation: the enzyme …” as its name and what it says.
    static func entry(_ text: String) -> (name: String, text: String)? {
        guard let colon = text.firstRange(of: ": ") ?? text.firstRange(of: " – ") ?? text.firstRange(of: " — ") else { return nil }
        let name = String(text[..<colon.lowerBound])
        return name.split(separator: " ").count <= 6 ? (name, String(text[colon.upperBound...])) : nil
    }
}
