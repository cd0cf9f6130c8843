import HTTPServing
import Planning

/// Why a planned block stands where it does.
struct ReasonView: APIType, Equatable {
    var kind: String
    var text: String
    var goal: String
    var topic: String
    var days: Int
    var mastery: Int
    var cards: Int

    init(_ reason: PlanReason) {
        kind = reason.kind.rawValue
        text = reason.sentence
        goal = reason.goal
        topic = reason.topic
        days = reason.days
        mastery = reason.mastery
        cards = reason.cards
    }

    static var schemaName: String { "PlanReason" }
}
