import Accounts
import Cards
import Chat
import Library
import Quizzes

extension StudyFigures {
    /// What the features of the program count of a person: ports that need nothing made. Days are those that cards go by.
    static let ofFeatures = StudyFigures(
        counts: [
            { user, transaction in
                var counts = Counts()
                counts.documents = try await LibraryService.count(of: user, in: transaction)
                return counts
            },
            { user, transaction in
                var counts = Counts()
                counts.questions = try await ChatFigures.questions(of: user, in: transaction)
                return counts
            },
            { user, transaction in
                let cards = try await CardFigures.counts(of: user, in: transaction)
                var counts = Counts()
                (counts.cards, counts.reviews, counts.duration) = (cards.cards, cards.reviews, cards.duration)
                return counts
            },
            { user, transaction in
                let quizzes = try await AttemptFigures.counts(of: user, in: transaction)
                var counts = Counts()
                (counts.quizzes, counts.duration) = (quizzes.attempts, quizzes.duration)
                return counts
            },
        ],
        moments: [ChatFigures.moments, CardFigures.moments, AttemptFigures.moments],
        days: { user, transaction in
            let day = try await CardFigures.day(of: user, in: transaction)
            return Days(number: { day.number(of: $0) }, start: { day.start(of: $0) })
        })
}
