import FoundationEssentials
import Spacing

/// Times of the equations of memory alone.
enum MemoryBenchmark {
    static func reviews(_ count: Int) {
        let scheduler = SpacingScheduler()
        let start = Date(timeIntervalSince1970: 1_767_225_600)
        let grades: [ReviewGrade] = [.good, .good, .hard, .good, .again, .good, .easy]
        var (done, card, days) = (0, CardSchedule.new(due: start), 0.0)
        let time = ContinuousClock().measure {
            while done < count {
                if done % 12 == 0 { card = .new(due: start) }
                card = scheduler.review(card, grades[done % grades.count], at: card.due)
                days += card.memory?.stability ?? 0
                done += 1
            }
        }
        print(#"{"reviews": \#(done), "seconds": \#(seconds(time)), "check": \#(days)}"#)
    }

    static func fit() {
        var histories: [ReviewHistory] = []
        while let line = readLine() {
            histories.append(
                ReviewHistory(
                    line.split(separator: " ").compactMap { word in
                        let parts = word.split(separator: ",")
                        guard parts.count == 2, let grade = Int(parts[0]).flatMap(ReviewGrade.init), let days = Double(parts[1])
                        else {
                            return nil
                        }
                        return .init(grade: grade, days: days)
                    }))
        }
        let fit = ParameterFit(histories)
        var fitted = SpacingParameters.standard
        let time = ContinuousClock().measure { fitted = fit.fitted() }
        let weights = fitted.weights.map { "\($0)" }.joined(separator: ", ")
        print(
            #"{"seconds": \#(seconds(time)), "before": \#(fit.loss(.standard) ?? 0), "after": \#(fit.loss(fitted) ?? 0), "tests": \#(fit.tests), "weights": [\#(weights)]}"#
        )
    }

    static func seconds(_ duration: Duration) -> Double {
        Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18
    }
}
