import Ambient
import Database
import FoundationEssentials
import Jobs
import Passages
import Questions
import SourceTexts

/// Makes the questions of a quiz from its texts, as a job: each is there as soon as it is made.
struct QuizMaker: Sendable {
    let database: any Database
    let library: SourceLibrary
    let text: PassageGathering
    let drafting: any QuestionDrafting
    let events: QuizEvents
    let ambient: Ambient
    private let quizzes = QuizStore()
    private let questions = QuestionStore()

    init(
        database: any Database, library: SourceLibrary, search: any PassageSearch, drafting: any QuestionDrafting,
        events: QuizEvents,
        ambient: Ambient
    ) {
        self.database = database
        self.library = library
        text = PassageGathering(search: search)
        self.drafting = drafting
        self.events = events
        self.ambient = ambient
    }

    /// May run again after a crash: what an earlier attempt made is made anew, what its owner has touched stays.
    func make(_ id: QuizID, user: UserID, _ context: JobContext) async throws -> JobResult? {
        let begun = try await context.keep(in: database) { transaction -> (wish: QuizWish, kept: [QuizQuestion])? in
            guard let quiz = try await quizzes.find(id, user: user, locking: true, in: transaction), let wish = quiz.wish else {
                return nil
            }
            try await questions.deleteOwn(of: id, onlyUntouched: true, user: user, in: transaction)
            return (wish, try await questions.of(id, user: user, in: transaction))
        }
        guard let (wish, kept) = begun else { return nil }
        context.progress(stage: "reading", done: 0, total: 1)
        let documents = try await library.ids(of: wish.documents, in: wish.course, user: user)
        let found = try await text.found(for: wish.topic, in: documents, user: user)
        guard !found.passages.isEmpty else {
            try await finish(id, kept.count, QuizMaking(), problem: .noText, user: user, context)
            return ["questions": "\(kept.count)"]
        }
        let (made, summary) = try await draft(id, found, wish, kept: kept, user: user, context)
        var making = QuizMaking(notes: summary.notes.map(\.rawValue), words: summary.words)
        for (reason, count) in summary.dropped { making.dropped[reason.rawValue] = count }
        let total = kept.count + made
        try await finish(id, total, making, problem: total == 0 ? .noQuestions : nil, user: user, context)
        return ["questions": "\(total)"]
    }

    private func draft(
        _ id: QuizID, _ found: PassageGathering.Found, _ wish: QuizWish, kept: [QuizQuestion], user: UserID, _ context: JobContext
    ) async throws -> (made: Int, DraftSummary) {
        let passages = Dictionary(found.passages.map { ($0.chunkID.description, $0) }) { first, _ in first }
        let source = QuestionSource(found.passages)
        let drafts = drafting.drafts(
            from: source,
            as: DraftWish(
                count: max(0, wish.count - kept.count), kinds: wish.kinds.map(Set.init), difficulties: wish.difficulty?.levels,
                tier: wish.tier, topic: found.topic, known: kept.map(\.stem), seed: Self.seed(of: id)))
        var (made, summary) = (0, DraftSummary())
        for try await event in drafts {
            switch event {
            case .progress(let done, let total): context.progress(stage: "drafting", done: done, total: max(1, total))
            case .question(let draft):
                let question = question(draft, passages)
                let stays = try await context.keep(in: database) { transaction -> Bool in
                    // It may have been deleted meanwhile.
                    guard try await quizzes.find(id, user: user, locking: true, in: transaction) != nil else { return false }
                    try await questions.insert(question, user: user, in: transaction)
                    try await quizzes.add(question.id, to: id, user: user, in: transaction)
                    return true
                }
                guard stays else { return (made, summary) }
                made += 1
                events.publishGrowth(of: id, count: kept.count + made, user: user)
            case .finished(let told): summary = told
            }
        }
        return (made, summary)
    }

    private func finish(
        _ id: QuizID, _ count: Int, _ making: QuizMaking, problem: QuizProblem?, user: UserID, _ context: JobContext
    ) async throws {
        try await context.keep(in: database) { transaction in
            guard var quiz = try await quizzes.find(id, user: user, locking: true, in: transaction) else { return }
            quiz.status = problem == nil || count > 0 ? .ready : .failed
            quiz.making = making
            quiz.problem = problem
            quiz.updatedAt = ambient.now()
            try await quizzes.update(quiz, in: transaction)
            let kind = quiz.status == .ready ? QuizEvents.generated : QuizEvents.failed
            try await events.append(kind, quiz, count: count, in: transaction)
        }
    }

    /// What was made so far is kept, and can be asked.
    func noteEnd(_ id: QuizID, as problem: QuizProblem, user: UserID, in transaction: any Transaction) async throws {
        guard var quiz = try await quizzes.find(id, user: user, locking: true, in: transaction), quiz.status == .generating else {
            return
        }
        let count = try await quizzes.counts(of: [id], user: user, in: transaction)[id] ?? 0
        quiz.status = count > 0 ? .ready : .failed
        quiz.problem = problem
        quiz.updatedAt = ambient.now()
        try await quizzes.update(quiz, in: transaction)
        try await events.append(QuizEvents.failed, quiz, count: count, in: transaction)
    }

    private func question(_ draft: DraftQuestion, _ passages: [String: Passage]) -> QuizQuestion {
        let now = ambient.now()
        return QuizQuestion(
            id: ambient.newID(), kind: draft.kind, stem: draft.stem, content: draft.content, explanation: draft.explanation,
            citation: QuestionCitation(draft.origin, in: passages), topic: draft.topic, tags: [], level: draft.difficulty,
            bloom: draft.bloom, points: 1, origin: .generated, making: draft.making, isEdited: false, isFlagged: false, version: 1,
            createdAt: now, updatedAt: now)
    }

    /// The same quiz gives the same questions when its job runs again.
    private static func seed(of id: QuizID) -> UInt64 {
        id.description.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    }
}
