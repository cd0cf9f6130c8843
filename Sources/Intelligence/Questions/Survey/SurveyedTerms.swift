import LanguageModels

/// A term with the sentences that name it.
struct SurveyedTerm {
    /// Tells it from all other terms.
    var key: String
    var subject: TextSurvey.Subject
    /// Places of sentences.
    var sentences: Set<Int>
}

/// The terms of a parsed text, with what it says that they are.
struct ParsedTerms {
    /// More than a note has use for.
    static let most = 400

    let found: [SurveyedTerm]

    /// - Parameter clear: the sentences that are read, by their places.
    init(_ bench: Workbench, _ clear: [Int: TextSentence]) {
        var meanings = Self.meanings(in: bench, clear)
        let central = bench.terms.terms.values.filter { term in
            bench.terms.isCentral(term) && (meanings[term.key] != nil || bench.terms.isKey(term) || term.inHeading)
        }
        var found = central.map { term in
            SurveyedTerm(
                key: term.key,
                subject: .init(
                    name: term.surface, score: term.score, isHeading: term.inHeading,
                    meaning: meanings.removeValue(forKey: term.key)),
                sentences: term.sentences)
        }
        // Entries of a glossary that no sentence names.
        for (key, meaning) in meanings
        where !TermTable.generic.contains(key) && bench.terms[key].map(bench.terms.isCentral) != false {
            found.append(
                SurveyedTerm(
                    key: key,
                    subject: .init(name: bench.terms[key]?.surface ?? key, score: 1, isHeading: false, meaning: meaning),
                    sentences: bench.terms[key]?.sentences ?? []))
        }
        self.found = Array(
            found.sorted { ($0.subject.score, $1.key) > ($1.subject.score, $0.key) }.prefix(Self.most))
    }

    /// By the term's key; the plainest saying of each first.
    private static func meanings(in bench: Workbench, _ clear: [Int: TextSentence]) -> [String: TextSurvey.Meaning] {
        var meanings = ListedMeanings(bench).found
        for definition in bench.definitions where meanings[definition.term] == nil {
            meanings[definition.term] = .init(
                text: definition.text, origin: bench.origin(of: definition.sentence), isSentence: false)
        }
        // `… is called X` tells what X is, as a whole sentence.
        var random = DraftRandom(seed: 0)
        for candidate in CalledMaker().make(from: bench, random: &random).candidates where meanings[candidate.key] == nil {
            guard let sentence = candidate.sentence else { continue }
            meanings[candidate.key] = .init(
                text: bench.sentences[sentence].text, origin: bench.origin(of: sentence), isSentence: true)
        }
        // What a question would not trust: its term stands in a sentence that needs its heading.
        for (index, sentence) in clear.sorted(by: { $0.key < $1.key }) {
            guard let definition = Definition(sentence, at: index, terms: bench.terms), meanings[definition.term] == nil else {
                continue
            }
            meanings[definition.term] = .init(text: definition.text, origin: bench.origin(of: index), isSentence: false)
        }
        return meanings
    }
}

/// What lists say that things are: `Link layer: carries frames`. In any language.
struct ListedMeanings {
    /// By the term in lower case, or by its key where it has one.
    let found: [String: TextSurvey.Meaning]

    init(_ bench: Workbench) {
        var found: [String: TextSurvey.Meaning] = [:]
        for list in bench.lists {
            for item in list.items {
                guard let term = item.term, item.description.count >= 12, item.description.count <= 400 else { continue }
                let key = bench.terms[term.lowercased()]?.key ?? term
                guard found[key] == nil else { continue }
                found[key] = .init(
                    text: item.description, origin: bench.origin(list.passage, item.range, item.text, list.headings),
                    isSentence: false)
            }
        }
        self.found = found
    }
}

/// The terms of a text that is not parsed: words, and pairs of words, that it keeps coming back to.
struct WordTerms {
    static let most = 200

    let found: [SurveyedTerm]

    init(_ bench: Workbench) {
        var sentences: [String: Set<Int>] = [:]
        var shown: [String: [String: Int]] = [:]
        for (index, sentence) in bench.sentences.enumerated() {
            var before: (stem: String, word: String)?
            for word in sentence.original.split(whereSeparator: { !$0.isLetter && $0 != "-" }).map(String.init) {
                let stems = Words.contentStems(of: word)
                guard stems.count == 1, word.count > 3, Words.isTopic(stems[0]) else {
                    before = nil
                    continue
                }
                sentences[stems[0], default: []].insert(index)
                shown[stems[0], default: [:]][word, default: 0] += 1
                if let before {
                    let pair = before.stem + " " + stems[0]
                    sentences[pair, default: []].insert(index)
                    shown[pair, default: [:]][before.word + " " + word, default: 0] += 1
                }
                before = (stems[0], word)
            }
        }
        let meanings = ListedMeanings(bench).found
        var found: [SurveyedTerm] = []
        let limit = max(2, bench.sentences.count / 8)
        for (key, places) in sentences where places.count >= 2 && places.count <= limit {
            let best = shown[key]?.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? key
            let parts = key.split(separator: " ").map(String.init)
            let isHeading = parts.allSatisfy(bench.terms.isHeadingStem)
            let score =
                Double(places.count) * bench.weight(of: parts) / Double(parts.count) * (isHeading ? 2 : 1)
                * (parts.count > 1 ? 1.5 : 1)
            found.append(
                SurveyedTerm(
                    key: key, subject: .init(name: best, score: score, isHeading: isHeading, meaning: nil), sentences: places))
        }
        for (term, meaning) in meanings {
            let stems = Set(Words.contentStems(of: term))
            let places = bench.sentences.indices.filter { !stems.isEmpty && stems.isSubset(of: bench.stems(of: $0)) }
            found.append(
                SurveyedTerm(
                    key: "=" + term,
                    subject: .init(name: term, score: 5 + Double(places.count), isHeading: false, meaning: meaning),
                    sentences: Set(places)))
        }
        self.found = Array(found.sorted { ($0.subject.score, $1.key) > ($1.subject.score, $0.key) }.prefix(Self.most))
    }
}
