import Ambient
import Cards
import Library
import Passages
import Questions
import SourceTexts

extension CardDrafting {
    /// The questions that a quiz would ask and that need no options, each with its answer; where these are fewer than were wished for, the
    /// text's terms with what it says of them. The port that joins cards and questions.
    static func of(_ library: LibraryFeature, by questions: any QuestionDrafting & TextSurveying) -> CardDrafting {
        let (sources, gathering) = (SourceLibrary.of(library.service), PassageGathering(search: library.searcher))
        return CardDrafting { wish, user, seed, progress, take in
            let documents = try await sources.ids(of: wish.documents, in: wish.course, user: user)
            let found = try await gathering.found(for: wish.topic, in: documents, user: user)
            let passages = Dictionary(found.passages.map { ($0.chunkID.description, $0) }) { first, _ in first }
            let source = QuestionSource(found.passages)
            let drafts = questions.drafts(
                from: source,
                as: DraftWish(
                    count: wish.count, kinds: [.shortAnswer, .cloze, .numeric], tier: .more, topic: found.topic, seed: seed))
            // Sentences that a card rests on: no second one says the same.
            var used: Set<String> = []
            for try await event in drafts {
                switch event {
                case .progress(let done, let total): progress(done, total)
                case .question(let question):
                    guard let drafted = Drafted(question, passages) else { continue }
                    guard try await take(drafted) else { return }
                    used.insert(question.origin.sentence)
                case .finished: break
                }
            }
            guard used.count < wish.count, !found.passages.isEmpty else { return }
            let survey = try await questions.survey(source) { _, _ in }
            for term in survey.terms {
                guard used.count < wish.count else { return }
                guard let meaning = term.meaning, !used.contains(meaning.origin.sentence),
                    let drafted = Drafted(term.name, meaning, passages)
                else { continue }
                guard try await take(drafted) else { return }
                used.insert(meaning.origin.sentence)
            }
        }
    }
}

extension CardDrafting.Drafted {
    /// nil where a question cannot be a card.
    fileprivate init?(_ question: DraftQuestion, _ passages: [String: Passage]) {
        let (front, back): (String, String)
        switch question.content {
        case .typed(let key):
            front = question.stem
            back = key.isList ? key.accepted.map { "- \($0)" }.joined(separator: "\n") : key.accepted.first ?? ""
        case .gaps(let keys): (front, back) = (question.stem, keys.compactMap(\.accepted.first).joined(separator: ", "))
        case .number(let key): (front, back) = (question.stem, key.text)
        default: return nil
        }
        self.init(front, back, question.origin, passages)
    }

    /// A term, and what the text says of it.
    fileprivate init?(_ term: String, _ meaning: TextSurvey.Meaning, _ passages: [String: Passage]) {
        self.init(term.prefix(1).uppercased() + term.dropFirst(), meaning.text, meaning.origin, passages)
    }

    private init?(_ front: String, _ back: String, _ origin: QuestionOrigin, _ passages: [String: Passage]) {
        guard let passage = passages[origin.passage], !front.isEmpty, !back.isEmpty else { return nil }
        let start = origin.range.lowerBound
        self.init(
            CardService.Draft(
                front: front, back: back,
                source: CardSource(
                    documentID: passage.documentID, chunkID: passage.chunkID, page: origin.page ?? passage.page(at: start),
                    quote: origin.sentence, title: passage.title)),
            key: "\(origin.passage):\(start):\(front)")
    }
}
