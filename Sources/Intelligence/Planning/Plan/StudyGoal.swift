package import FoundationEssentials

/// Something to be ready for: an exam, or work that is due.
package struct StudyGoal: Sendable, Hashable {
    /// A part of what is asked, and how well it is known.
    package struct Topic: Sendable, Hashable {
        package var name: String
        /// 0 to 1.
        package var mastery: Double
        /// Minutes from knowing nothing of it to knowing all.
        package var minutes: Double

        package init(_ name: String, mastery: Double, minutes: Double = 120) {
            self.name = name
            self.mastery = min(max(mastery, 0), 1)
            self.minutes = max(0, minutes)
        }
    }

    package var id: String
    package var title: String
    /// Nothing of it is studied from here on.
    package var deadline: Date
    /// The share of each topic that is to be known, 0 to 1: what the target grade asks for.
    package var target: Double
    package var topics: [Topic]
    /// Minutes that it takes where the student knows better than the topics say.
    package var minutes: Double?
    /// What was studied for it already and the mastery does not show yet, in minutes.
    package var doneMinutes: Double

    package init(
        id: String, title: String, deadline: Date, target: Double = 0.85, topics: [Topic] = [], minutes: Double? = nil,
        doneMinutes: Double = 0
    ) {
        self.id = id
        self.title = title
        self.deadline = deadline
        self.target = min(max(target, 0), 1)
        self.topics = topics.isEmpty ? [Topic("", mastery: 0, minutes: 300)] : topics
        self.minutes = minutes
        self.doneMinutes = max(0, doneMinutes)
    }

    /// Minutes that are still to be studied.
    package var neededMinutes: Double {
        max(0, (minutes ?? topics.reduce(0) { $0 + gap(of: $1) }) - doneMinutes)
    }

    func gap(of topic: Topic) -> Double { topic.minutes * max(0, target - topic.mastery) }
}
