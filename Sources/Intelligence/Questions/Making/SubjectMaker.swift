import LanguageModels
import Parsing

/// Asks of what something is said: `What turns names into addresses?`, typed, or chosen where three others of its kind are there.
struct SubjectMaker: QuestionMaker {
    func make(from bench: Workbench, random: inout DraftRandom) -> Harvest {
        var harvest = Harvest()
        let distractors = Distractors(bench: bench)
        for index in bench.passed {
            guard let parsed = bench.sentences[index].parsed, let root = parsed.roots.first,
                let range = Predicate.words(root, in: parsed), range.count >= 4, let finite = Predicate.finite(root, in: parsed),
                let subject = Predicate.subject(root, in: parsed),
                parsed.child(of: subject, as: .conjunct, .relativeClause, .preposition, .apposition, .possessive) == nil,
                let term = bench.terms.term(of: 0..<range.lowerBound, in: parsed)
            else { continue }
            guard bench.terms.isKey(term) else {
                harvest.drop(.weakKey)
                continue
            }
            let predicate = parsed.text(range)
            let stems = Set(Words.contentStems(of: predicate))
            // `What can be presented in various ways?`: much can.
            guard parsed[finite].tag != "MD", stems.count >= 3, !GiveAway.names(predicate, term.surface) else {
                harvest.drop(.giveAway)
                continue
            }
            let isSingular = !parsed[subject].isPluralNoun && parsed.child(of: subject, as: .conjunct) == nil
            switch distractors.three(for: term, stem: predicate) {
            case .success(let others):
                harvest.keep(
                    candidate(
                        bench, .multipleChoice, .subjectChoice, stem: "Which of these \(predicate)?",
                        shuffled([term.surface] + others.map(\.surface), &random), sentence: index, key: term.key,
                        difficulty: bench.difficulty(2, of: term.key, options: distractors.meanCosine(term, others)),
                        bloom: .remember,
                        weight: 0.9))
            case .failure(let refusal): harvest.drop(refusal.reason)
            }
            // `What carry …?` is no English.
            guard isSingular || parsed[finite].tag == "VBD" && parsed[finite].lower != "were" else {
                continue
            }
            let word = term.isPerson ? "Who" : "What"
            harvest.keep(
                candidate(
                    bench, .shortAnswer, .subjectTyped, stem: "\(word) \(predicate)?", .typed(typedKey(term, bench)),
                    sentence: index,
                    key: term.key, difficulty: bench.difficulty(3, of: term.key), bloom: .remember, weight: 0.8))
        }
        return harvest
    }
}
