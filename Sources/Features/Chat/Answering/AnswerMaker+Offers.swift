import Ambient
import LanguageModels
import Passages

/// What is offered below an answer; each is tried before.
extension AnswerMaker {
    /// Offers to ask all documents where a part of them does not hold the answer, and the rest does.
    func widen(_ answer: inout Answer, _ task: Assignment, beyond part: Offer.Part, _ tell: (Step) throws -> Void) async throws {
        guard answer.holding != .plain, let probe else { return }
        let asked = Set(task.documentIDs ?? [])
        let (found, holding): (Passage?, Holding)
        do {
            let others = try await documents.list(task.user, nil).filter { $0.state == .ready && !asked.contains($0.id) }
            if others.isEmpty { return }
            (found, holding) = try await tried(task.widened, by: probe)
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            // The answer stands without it.
            return
        }
        let isElsewhere = found.map { !asked.contains($0.documentID) } ?? false
        // What is near is better than nothing, and no better than what is near already.
        let isBetter = holding == .plain || holding == .nearest && answer.holding == .none
        if isElsewhere, isBetter {
            answer.offers.append(Offer(.askAll, task.question, notIn: part))
        } else if answer.declines, found != nil {
            for word in AnswerText.words(of: " " + PlainReply.nowhere(beyond: part)) { try tell(.text(word)) }
        }
    }

    /// The place that a question's answer would be made from, and how far it holds one. Nothing is written.
    func tried(_ task: Assignment, by probe: any AnswerProbe) async throws -> (first: Passage?, holding: Holding) {
        let standalone = task.standalone
        let passages = try await search.passages(
            for: standalone, mode: .hybrid, limit: configuration.passages, in: task.documentIDs, user: task.user)
        guard let first = passages.first else { return (nil, .none) }
        let prompt = try await prompt(task, standalone, passages, around: true).prompt
        return (first, try await probe.holding(of: prompt))
    }
}
