import Ambient
import Assembly
import Database
import Events
import FoundationEssentials
import Jobs

/// What the cards of missed questions tell of their topics: a mistake that is remembered is none any more.
struct RecallJobs: Sendable {
    static let keep = EventReaction(to: "card.reviewed", EventReaction.Kind("quizzes.keep_recall"))
    static let undo = EventReaction(to: "card.review_undone", EventReaction.Kind("quizzes.undo_recall"))

    /// What these read of the events.
    private struct Reviewed: Decodable {
        var reviewID: RecallID
        var key: String?
        var rating: Int
        var reviewedAt: Date
        var stateBefore: String

        enum CodingKeys: String, CodingKey {
            case key, rating
            case reviewID = "review_id"
            case reviewedAt = "reviewed_at"
            case stateBefore = "state_before"
        }
    }

    let database: any Database
    let events: QuizEvents
    private let store = RecallStore()

    init(database: any Database, events: QuizEvents) { (self.database, self.events) = (database, events) }

    var handlers: [JobHandler] {
        [
            JobHandler(Self.keep.kind) { event, context in try await heed(event, context, store.insert) },
            JobHandler(Self.undo.kind) { event, context in try await heed(event, context, store.undo) },
        ]
    }

    private func heed(
        _ event: Event, _ context: JobContext, _ change: @Sendable (Recall, UserID, any Transaction) async throws -> Void
    ) async throws -> JobResult? {
        let reviewed = try event.decode(Reviewed.self)
        guard let user = event.userID, let question = Recall.question(ofKey: reviewed.key) else { return nil }
        let topic = try await context.keep(in: database) { transaction -> String? in
            guard let topic = try await store.topic(of: question, user: user, in: transaction) else { return nil }
            let recall = Recall(
                id: reviewed.reviewID, question: question, topic: topic, share: Recall.share(ofRating: reviewed.rating),
                weight: Recall.weight(ofState: reviewed.stateBefore), at: reviewed.reviewedAt)
            try await change(recall, user, transaction)
            return topic
        }
        if topic != nil { events.publishRecall(of: question, user: user) }
        return nil
    }
}
