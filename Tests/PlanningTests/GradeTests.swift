import Planning
import Testing

struct GradeTests {
    private func near(_ a: Double?, _ b: Double) -> Bool { a.map { abs($0 - b) < 1e-6 } == true }

    @Test func `a grade is the weighted mean of what is marked`() {
        let book = GradeBook([
            Assessment("Midterm", weight: 30, share: 0.8), Assessment("Homework", weight: 20, share: 1),
            Assessment("Final", weight: 50, share: nil),
        ])
        #expect(near(book.current, 0.88) && near(book.marked, 0.5))
        #expect(near(book.forecast(rest: 0), 0.44) && near(book.forecast(rest: 1), 0.94))
        #expect(GradeBook([]).current == nil && GradeBook([]).forecast(rest: 1) == nil)
    }

    @Test func `what is needed on the final is enough, and no less would be`() {
        var book = GradeBook([Assessment("Midterm", weight: 40, share: 0.7), Assessment("Final", weight: 60, share: nil)])
        guard case .share(let need) = book.need(for: 0.85, on: 1, rest: 0) else {
            Issue.record("no share")
            return
        }
        #expect(near(need, 0.95))
        book.assessments[1].share = need
        #expect((book.current ?? 0) >= 0.85 - 1e-6)
        book.assessments[1].share = nil
        #expect(book.need(for: 0.95, on: 1, rest: 0) == .outOfReach(best: 0.28 + 0.6))
        #expect(book.need(for: 0.2, on: 1, rest: 0) == .reachedAnyway(with: 0.28))
    }

    @Test func `the worst of a category are dropped, and one is always kept`() {
        let works = [0.5, 0.9, 0.7].map { Assessment("Quiz", category: "Quizzes", weight: 10, share: $0) }
        func share(_ drops: Int) -> Double? {
            GradeBook(works, categories: [AssessmentCategory("Quizzes", weight: 100, dropsLowest: drops)]).current
        }
        #expect(near(share(0), 0.7) && near(share(1), 0.8) && near(share(2), 0.9) && near(share(9), 0.9))
    }

    @Test func `with unlike weights the best to drop is found, whatever its share`() {
        // Dropping the lowest share (.5 of 1) leaves .6; dropping the heavy .55 leaves more.
        let works = [(1.0, 0.5), (10, 0.55), (2, 0.9)].map { Assessment("x", category: "c", weight: $0.0, share: $0.1) }
        let book = GradeBook(works, categories: [AssessmentCategory("c", weight: 1, dropsLowest: 1)])
        #expect(near(book.current, (0.5 + 1.8) / 3))
    }

    @Test func `extra credit adds, and costs nothing where it is left out`() {
        var book = GradeBook([Assessment("Exam", weight: 100, share: 0.9), Assessment("Bonus", weight: 5, share: 1, isExtra: true)])
        #expect(near(book.current, 0.95))
        book.assessments[1].share = nil
        #expect(near(book.current, 0.9) && near(book.forecast(rest: 0), 0.9))
    }

    @Test func `scales read shares, and grades back`() {
        #expect(GradeScale.fourPoint.grade(0.9).label == "A−" && GradeScale.fourPoint.grade(0.8999999999).label == "A−")
        #expect(GradeScale.fourPoint.grade(0.1).points == 0 && GradeScale.percentage.grade(0.8125).label == "81.3 %")
        #expect(GradeScale.fourPoint.share(for: "b+") == 0.87 && GradeScale.percentage.share(for: "85 %") == 0.85)
        #expect(GradeScale.passFail.grade(0.5).label == "pass" && !GradeScale.passFail.passed(0.49))
        #expect(GradeScale([.init("1,0", from: 0.9, points: 1), .init("5,0", from: 0.1, points: 5)], passes: 0.5) == nil)
        let german = GradeScale(
            [.init("1,0", from: 0.95, points: 1), .init("4,0", from: 0.5, points: 4), .init("5,0", from: 0, points: 5)], passes: 0.5
        )
        #expect(german?.grade(0.6).label == "4,0")
    }

    @Test func `the average weighs by credits and leaves out what is only passed`() {
        let average = GradePointAverage(
            [
                .init(credits: 3, share: 0.95, scale: .fourPoint), .init(credits: 1, share: 0.75, scale: .fourPoint),
                .init(credits: 2, share: 0.9, scale: .passFail), .init(credits: 4, share: 0.4, scale: .passFail),
            ], on: .fourPoint)
        #expect(average.value == 3.5 && average.counted == 4 && average.earned == 6)
        #expect(GradePointAverage([], on: .fourPoint).value == nil)
    }
}
