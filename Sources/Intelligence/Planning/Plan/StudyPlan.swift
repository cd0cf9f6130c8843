package import FoundationEssentials

/// When to study what, why, and what did not fit.
package struct StudyPlan: Sendable, Hashable {
    package enum Activity: String, Sendable, Hashable, Codable {
        /// Cards that are due.
        case review
        /// A topic that is hardly known.
        case learn
        /// Questions on a topic that was studied before.
        case practise
        /// All of it, as the exam will ask.
        case rehearse
    }

    package struct Block: Sendable, Hashable {
        package var start: Date
        package var end: Date
        /// The goal that it serves; nil for cards of all courses.
        package var goal: String?
        package var topic: String
        package var activity: Activity
        package var reason: PlanReason
    }

    /// What the free hours do not hold.
    package struct Missing: Sendable, Hashable {
        package enum Cause: String, Sendable, Hashable, Codable {
            /// There is free time, but less than it takes.
            case tooFewHours = "too_few_hours"
            /// No block fits between now and then.
            case noFreeTime = "no_free_time"
            /// It is over.
            case past
        }

        /// nil for cards that are due.
        package var goal: String?
        package var cause: Cause
        /// What it takes, and how much of that is not planned.
        package var needed: Int
        package var missing: Int
    }

    /// In order of time.
    package var blocks: [Block]
    package var missing: [Missing]
}

/// Why a block stands where it does.
package struct PlanReason: Sendable, Hashable, Codable {
    package enum Kind: String, Sendable, Hashable, Codable {
        case cardsDue = "cards_due"
        case weakTopic = "weak_topic"
        case spacedAgain = "spaced_again"
        case rehearsal
    }

    package var kind: Kind
    /// The title of the exam.
    package var goal: String
    package var topic: String
    /// Whole days from the block to the deadline.
    package var days: Int
    /// In percent.
    package var mastery: Int
    /// Cards that are due.
    package var cards: Int

    package init(_ kind: Kind, goal: String = "", topic: String = "", days: Int = 0, mastery: Int = 0, cards: Int = 0) {
        self.kind = kind
        self.goal = goal
        self.topic = topic
        self.days = days
        self.mastery = mastery
        self.cards = cards
    }

    /// In an English sentence.
    package var sentence: String {
        let time = days == 0 ? "today" : days == 1 ? "tomorrow" : "in \(days) days"
        let what = topic.isEmpty ? goal : topic
        switch kind {
        case .cardsDue: return "\(cards) card\(cards == 1 ? " is" : "s are") due: reviews come before anything new."
        case .weakTopic: return "You know \(mastery) % of \(what), and \(goal) is \(time)."
        case .spacedAgain: return "\(what) again after a pause, so that it lasts until \(goal) (\(time))."
        case .rehearsal: return "The last block before \(goal) (\(time)): go through all of it once."
        }
    }
}
