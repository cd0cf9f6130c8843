import LanguageModels
package import Questions

extension ConceptMap {
    /// More cannot be read as a picture.
    private static let mostConcepts = 16
    private static let mostRelations = 24

    /// What the text turns on, and how its sentences relate that; nil where it relates nothing.
    package init?(of survey: TextSurvey) {
        let found = survey.relations.isEmpty ? Self.byNearness(survey) : survey.relations
        // Of two that relate the same, the shorter sentence says it more plainly.
        var best: [Pair: TextSurvey.Relation] = [:]
        for relation in found {
            let pair = Pair(min(relation.from, relation.to), max(relation.from, relation.to))
            let length = survey.statements[relation.statement].text.count
            if let known = best[pair], survey.statements[known.statement].text.count <= length { continue }
            best[pair] = relation
        }
        var open = best.values.sorted { ($0.statement, $0.from, $0.to) < ($1.statement, $1.from, $1.to) }
        guard !open.isEmpty else { return nil }
        var degree: [Int: Int] = [:]
        for relation in open {
            degree[relation.from, default: 0] += 1
            degree[relation.to, default: 0] += 1
        }
        func worth(_ term: Int) -> Double { Double(degree[term] ?? 0) * (1 + survey.terms[term].score.squareRoot()) }
        var order: [Int] = []
        var chosen: [TextSurvey.Relation] = []
        func begin() {
            guard
                let first = open.flatMap({ [$0.from, $0.to] }).filter({ !order.contains($0) }).max(by: {
                    (worth($0), $1) < (worth($1), $0)
                })
            else { return }
            order.append(first)
        }
        begin()
        // Grows from what is there, by the term that matters most; where nothing hangs on it any more, it begins again elsewhere.
        while chosen.count < Self.mostRelations, !open.isEmpty {
            let joined = open.indices.filter { order.contains(open[$0].from) && order.contains(open[$0].to) }
            if let index = joined.first {
                chosen.append(open.remove(at: index))
                continue
            }
            guard order.count < Self.mostConcepts else { break }
            let hanging = open.indices.filter { order.contains(open[$0].from) != order.contains(open[$0].to) }
            if let index = hanging.max(by: { worth(Self.other(open[$0], order)) < worth(Self.other(open[$1], order)) }) {
                let relation = open.remove(at: index)
                order.append(Self.other(relation, order))
                chosen.append(relation)
            } else {
                guard order.count < Self.mostConcepts - 1 else { break }
                begin()
            }
        }
        let used = Set(chosen.flatMap { [$0.from, $0.to] })
        let shown = order.filter(used.contains)
        let places = Dictionary(uniqueKeysWithValues: shown.enumerated().map { ($1, $0) })
        self.init(
            terms: shown.map { survey.terms[$0].name },
            relations: chosen.compactMap { relation in
                guard let from = places[relation.from], let to = places[relation.to] else { return nil }
                let statement = survey.statements[relation.statement]
                return Relation(from: from, to: to, label: relation.label, sentence: statement.text, origin: statement.origin)
            })
        if relations.isEmpty { return nil }
    }

    private struct Pair: Hashable {
        let one: Int
        let other: Int

        init(_ one: Int, _ other: Int) { (self.one, self.other) = (one, other) }
    }

    private static func other(_ relation: TextSurvey.Relation, _ order: [Int]) -> Int {
        order.contains(relation.from) ? relation.to : relation.from
    }

    /// Where nothing is parsed: two terms of a sentence with few words between them.
    private static func byNearness(_ survey: TextSurvey) -> [TextSurvey.Relation] {
        var found: [TextSurvey.Relation] = []
        for (index, statement) in survey.statements.enumerated() where statement.isClear {
            let named = statement.terms.filter { $0 < 40 }.sorted().prefix(4)
            for one in named {
                for other in named where other > one {
                    let (a, b) = (
                        Set(Words.contentStems(of: survey.terms[one].name)), Set(Words.contentStems(of: survey.terms[other].name))
                    )
                    guard a.isDisjoint(with: b), let between = between(a, b, in: statement.text), !between.label.isEmpty else {
                        continue
                    }
                    let (from, to) = between.turned ? (other, one) : (one, other)
                    found.append(.init(from: from, to: to, label: between.label, statement: index))
                }
            }
        }
        return found
    }
}
