/// Chooses what is told: a whole unit, trimmed, by a route that fits what is asked.
struct AnswerPlan: Sendable {
    let question: Question
    let words: QuestionWords
    /// Best first, not empty.
    let units: [Unit]
    let blocks: [Block]
    let sources: [SourcePassage]
    /// What comes nearest in one breath, best first.
    let statements: [Statement]
    let trimmer: Trimmer
    // Each is looked for once: the gate asks for them, and the answer is made of them.
    private(set) var facts: [Found] = []
    private(set) var keyedRow: [AnswerPart]?
    private(set) var definition: [AnswerPart]?
    private(set) var spelledOut: [AnswerPart]?

    init(
        question: Question, words: QuestionWords, units: [Unit], blocks: [Block], sources: [SourcePassage],
        statements: [Statement] = []
    ) {
        self.statements = statements
        self.question = question
        self.words = words
        self.units = units
        self.blocks = blocks
        self.sources = sources
        trimmer = Trimmer(question: question, words: words)
        if asksForFact { facts = findFacts() }
        if question.kind == .definition { definition = findDefinition() }
        if question.kind == .definition { spelledOut = question.acronym.flatMap(longForm(of:)) }
        keyedRow = findKeyedRow()
    }

    /// Whether a number, a time or a name is asked for.
    var asksForFact: Bool { [.quantity, .when, .who].contains(question.kind) }

    /// How much of a question for a fact one sentence holds, with what stands around it, 0...1.
    var certainty: Double {
        if spelledOut != nil { return 1 }
        return facts.first?.share ?? 0
    }

    /// Whether a number or a time is asked for, and no sentence and no row tells one of what is asked about.
    var lacksFact: Bool { (question.kind == .quantity || question.kind == .when) && question.wants == .anything && fact() == nil }

    /// - Parameter best: index of the best sentence of the first unit, if its meaning was asked.
    func parts(best: Int?) -> [AnswerPart] {
        // A definition that was found is told for itself; what a thing is for may stand elsewhere than what it is.
        let isDefined = question.wants == .anything && definition != nil && question.aim != .role
        let told = chosen(best: best)
        return told + (isDefined ? [] : also(told))
    }

    /// What comes nearest, in short, for who asked for what may be something else: the best of a unit, and sentences of others.
    func nearest(best: Int?, words limit: Int) -> [AnswerPart] {
        var told = AnswerPart.opening(of: chosen(best: best), words: limit * 3 / 5)
        if case .text(let text, let source)? = told.first, TextLength.words(in: text) > limit * 3 / 5 {
            let sentences = SentenceSplitter.sentences(in: text).map(\.text)
            told = [.text(trimmer.cut(sentences, to: limit / 2, around: nil), source: source)]
        }
        return AnswerPart.opening(of: told + also(told), words: limit)
    }

    private func chosen(best: Int?) -> [AnswerPart] {
        if let wanted = wanted() { return wanted }
        if let keyedRow { return keyedRow }
        let route: [AnswerPart]? =
            switch question.kind {
            case .quantity, .when, .who: fact()
            case .definition: spelledOut ?? definition
            case .compare: sides()
            case .list: list()
            default: nil
            }
        let parts = route ?? whole(best)
        // A definition that was found is told for itself.
        return withFormula(route == nil ? more(parts) : parts) + further(parts)
    }

    // MARK: - Code and formulas, where they are asked for

    func wanted() -> [AnswerPart]? {
        switch question.wants {
        case .code:
            guard
                let unit = units.prefix(12).first(where: {
                    $0.has(.code) && words.share(in: $0.stemSet, or: $0.headingStems) >= 0.3
                })
            else { return [.remark("Your documents show no code for that. What they say about it:")] + whole(nil) }
            return withLead(unit)
        case .formula:
            for unit in units.prefix(10) {
                guard let at = unit.blocks.firstIndex(where: { Formula.isIn($0.text) }) else { continue }
                let block = unit.blocks[at]
                if block.kind == .paragraph, let sentence = block.parts.firstIndex(where: Formula.isIn) {
                    return [.text(trimmer.cut(block.parts, to: 60, around: sentence), source: block.source)]
                }
                return trimmer.parts(of: unit, limit: 80)
            }
            return nil
        case .anything: return nil
        }
    }

    /// How something is calculated is told with the formula.
    private func withFormula(_ parts: [AnswerPart]) -> [AnswerPart] {
        guard question.kind == .how, question.aim == .calculation, !parts.contains(where: { Formula.isIn($0.plain) }),
            let unit = units.prefix(10).first(where: {
                $0.document == units[0].document && $0.score >= units[0].score - 0.5 && Formula.isIn($0.text)
            })
        else { return parts }
        return parts + trimmer.parts(of: unit, limit: 60)
    }

    // MARK: - A unit

    func whole(_ best: Int?) -> [AnswerPart] {
        let limit = Trimmer.limit(question)
        let unit = units[0]
        var parts = withLead(unit, limit: limit, best: best)
        var left = limit - parts.reduce(0) { $0 + $1.words }
        // Where one thing is turned into another, what stands beside it may tell the opposite.
        if question.direction != nil, words.likeness(toHeading: unit.lastHeading) < 0.5 { return parts }
        // The section's opening says what the unit is about, where it has to do with the question at all.
        if !unit.isOpening, left >= 25, question.kind != .list,
            let opening = units.first(where: { $0.isOpening && $0.section == unit.section }), opening.cosine >= 0.3 * unit.cosine,
            words.share(in: opening.stemSet) >= 0.15 || words.likeness(toHeading: unit.lastHeading) >= 0.7,
            opening.first + opening.blocks.count < unit.first + 1, opening.blocks[0].kind == .paragraph
        {
            let text = trimmer.cut(opening.blocks[0].parts, to: min(60, left), around: 0)
            let isNext = opening.first + opening.blocks.count == unit.first
            if TextLength.words(in: text) <= left {
                parts = [.text(text, source: opening.blocks[0].source)] + (isNext ? [] : [.gap]) + parts
                left -= TextLength.words(in: text)
            }
        }
        return parts + following(unit, left: left)
    }

    /// What follows a unit in its section, while there is room.
    func following(_ unit: Unit, left: Int) -> [AnswerPart] {
        // Each line of notes stands for itself.
        if unit.blocks[0].kind == .note { return [] }
        var (left, next) = (left, unit.first + unit.blocks.count)
        var parts: [AnswerPart] = []
        while left > 20, blocks.indices.contains(next), blocks[next].section == unit.section, question.kind != .whereabouts,
            blocks[next].kind != .table, blocks[next].words <= left || blocks[next].kind == .list && left >= 50,
            !UnitMaker.isFurniture(blocks[next].text)
        {
            // What only announces is told with what it announces, or not at all.
            if blocks[next].text.hasSuffix(":") { break }
            // A label heads what is told next.
            let isLast = !blocks.indices.contains(next + 1) || blocks[next + 1].section != unit.section
            if blocks[next].kind == .label, isLast || blocks[next].words + blocks[next + 1].words > left { break }
            let own = Array(blocks[next...(next + (blocks[next].kind == .label ? 1 : 0))])
            let follower = Unit(first: next, blocks: own, isOpening: false, document: unit.document, title: "")
            parts += trimmer.parts(of: follower, limit: left)
            left -= follower.words
            next += own.count
        }
        return parts
    }

    /// The unit, behind the one before it where it cannot stand alone.
    func withLead(_ unit: Unit, limit: Int? = nil, best: Int? = nil) -> [AnswerPart] {
        var parts = trimmer.parts(of: unit, limit: limit ?? Trimmer.limit(question), best: best)
        let first = unit.blocks[0]
        let isBare = first.kind == .code || first.kind == .table || first.kind == .list
        let leans: Bool = if case .text(let text, _)? = parts.first { Pronouns.leans(text) } else { false }
        let before = unit.first - 1
        if isBare || leans, blocks.indices.contains(before), blocks[before].section == unit.section,
            blocks[before].kind == .paragraph || blocks[before].kind == .label || blocks[before].kind == .note
        {
            let sentences = blocks[before].parts
            let text = blocks[before].words <= 60 ? blocks[before].text : sentences.last ?? blocks[before].text
            parts.insert(.text(text, source: blocks[before].source), at: 0)
        } else if case .text(let text, let source)? = parts.first {
            parts[0] = .text(Pronouns.withoutConnective(text), source: source)
        }
        return parts
    }
}
