import Ambient
import Cards
import Library
import Passages
import Questions
import SourceTexts

extension CardDrafting {
    /// The questions that a quiz would ask and that need no options, each with its answer: the port that joins cards and questions.
    static func of(_ library: LibraryFeature, by drafting: any QuestionDrafting) -> CardDrafting {
        let (sources, gathering) = (SourceLibrary.of(library.service), PassageGathering(search: library.searcher))
        return CardDrafting { wish, user, seed, progress, take in
            let documents = try await sources.ids(of: wish.documents, in: wish.course, user: user)
            let found = try await gathering.found(for: wish.topic, in: documents, user: user)
            let passages = Dictionary(found.passages.map { ($0.chunkID.description, $0) }) { first, _ in first }
            let drafts = drafting.drafts(
                from: QuestionSource(found.passages),
                as: DraftWish(
                    count: wish.count, kinds: [.shortAnswer, .cloze, .numeric], tier: .more, topic: found.topic, seed: seed))
            for try await event in drafts {
                switch event {
                case .progress(let done, let total): progress(done, total)
                case .question(let question):
                    guard let drafted = Drafted(question, passages) else { continue }
                    guard try await take(drafted) else { return }
                case .finished: break
                }
            }
        }
    }
}

extension CardDrafting.Drafted {
    /// nil where a question cannot be a card.
    fileprivate init?(_ question: DraftQuestion, _ passages: [String: Passage]) {
        guard let passage = passages[question.origin.passage] else { return nil }
        let (front, back): (String, String)
        switch question.content {
        case .typed(let key):
            front = question.stem
            back = key.isList ? key.accepted.map { "- \($0)" }.joined(separator: "\n") : key.accepted.first ?? ""
        case .gaps(let keys): (front, back) = (question.stem, keys.compactMap(\.accepted.first).joined(separator: ", "))
        case .number(let key): (front, back) = (question.stem, key.text)
        default: return nil
        }
        guard !back.isEmpty else { return nil }
        let start = question.origin.range.lowerBound
        self.init(
            CardService.Draft(
                front: front, back: back,
                source: CardSource(
                    documentID: passage.documentID, chunkID: passage.chunkID,
                    page: question.origin.page ?? passage.page(at: start), quote: question.origin.sentence, title: passage.title)),
            key: "\(question.origin.passage):\(start):\(front)")
    }
}
