import Cards
import Planner
import Quizzes

extension StudyState {
    /// How a student stands, by what the features of the program keep: ports that need nothing made.
    static let ofFeatures = StudyState(
        mastery: { course, user, transaction in
            try await TopicDirectory.mastery(of: course, user: user, in: transaction).map { Topic($0.topic, mastery: $0.mastery) }
        },
        cardsDue: { times, user, transaction in try await CardForecast.due(in: times, user: user, in: transaction) })
}
