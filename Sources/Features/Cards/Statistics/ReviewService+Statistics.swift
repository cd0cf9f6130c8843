import Ambient
import Database
import FoundationEssentials

extension ReviewService {
    /// Days of the forecast.
    private static let horizon = 30
    /// A card that has been away for so many days is mature.
    private static let mature = 21.0

    func statistics(days: Int, deck: DeckID?, user: UserID) async throws -> StudyStatistics {
        let now = ambient.now()
        let store = StatisticsStore()
        return try await database.read(as: .user(user)) { transaction in
            if let deck, try await decks.find(deck, user: user, in: transaction) == nil { throw CardsFailure.noDeck }
            let day = try await reviews.settings(of: user, in: transaction).day
            let today = day.number(of: now)
            let answered = try await store.answered(
                since: day.start(of: today - days + 1), deck: deck, user: user, in: transaction)
            let coming = try await store.coming(
                before: day.start(of: today + Self.horizon), deck: deck, user: user, in: transaction)
            var due = Array(repeating: 0, count: Self.horizon)
            for date in coming { due[max(0, day.number(of: date) - today)] += 1 }
            return StudyStatistics(
                days: Self.byDay(answered, day),
                forecast: due.enumerated().map { .init(date: Self.date(today + $0), due: $1) }, buttons: Self.buttons(answered),
                young: Self.retention(answered.filter { $0.days < Self.mature }),
                mature: Self.retention(answered.filter { $0.days >= Self.mature }),
                cards: try await store.states(deck: deck, user: user, in: transaction),
                streak: Self.streak(Set(answered.map { day.number(of: $0.at) }), today: today))
        }
    }

    private static func byDay(_ answered: [StatisticsStore.Answered], _ day: StudyDay) -> [StudyStatistics.Day] {
        var days: [StudyStatistics.Day] = []
        for answer in answered {
            let date = date(day.number(of: answer.at))
            if days.last?.date != date { days.append(.init(date: date, reviews: 0, new: 0, remembered: 0, durationMs: 0)) }
            days[days.count - 1].reviews += 1
            if answer.phase == "new" { days[days.count - 1].new += 1 }
            if answer.grade > 1 { days[days.count - 1].remembered += 1 }
            days[days.count - 1].durationMs += answer.durationMs
        }
        return days
    }

    private static func buttons(_ answered: [StatisticsStore.Answered]) -> StudyStatistics.Buttons {
        answered.reduce(into: StudyStatistics.Buttons()) { buttons, answer in
            switch answer.grade {
            case 1: buttons.again += 1
            case 2: buttons.hard += 1
            case 3: buttons.good += 1
            default: buttons.easy += 1
            }
        }
    }

    /// Of cards that had been learned and were away for a night at least: steps of learning test nothing that lasts.
    private static func retention(_ answered: [StatisticsStore.Answered]) -> StudyStatistics.Retention {
        let tests = answered.filter { $0.phase == "review" && $0.days >= 1 }
        return .init(tested: tests.count, remembered: tests.count { $0.grade > 1 })
    }

    private static func streak(_ days: Set<Int>, today: Int) -> Int {
        var day = days.contains(today) ? today : today - 1
        var streak = 0
        while days.contains(day) {
            streak += 1
            day -= 1
        }
        return streak
    }

    /// `2026-11-30`, of days since 1970.
    private static func date(_ number: Int) -> String {
        String(Timestamp.text(Date(timeIntervalSince1970: Double(number) * 86_400)).prefix(10))
    }
}
