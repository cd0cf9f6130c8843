import Ambient
import FoundationEssentials
import HTTPServing

/// What a class handed in of all quizzes that are shared with it.
struct ClassResultsView: APIType {
    struct Quiz: APIType {
        var id: String
        var title: String
        /// How many students have handed it in.
        var handedIn: Int
        /// What the last of each came to, from 0 to 1, on the average; absent where nobody has.
        var average: Double?

        enum CodingKeys: String, CodingKey {
            case id, title, average
            case handedIn = "handed_in"
        }

        static var schemaName: String { "ClassQuiz" }
    }

    struct Student: APIType {
        var id: String
        var name: String
        var joinedAt: Date
        var results: [Result]

        enum CodingKeys: String, CodingKey {
            case id, name, results
            case joinedAt = "joined_at"
        }

        static var schemaName: String { "ClassStudent" }
    }

    /// Of one student and one quiz.
    struct Result: APIType {
        var quizID: String
        var times: Int
        /// From 0 to 1 of the points.
        var last: Double
        var best: Double
        var lastAt: Date

        enum CodingKeys: String, CodingKey {
            case times, last, best
            case quizID = "quiz_id"
            case lastAt = "last_at"
        }

        static var schemaName: String { "ClassResult" }
    }

    var quizzes: [Quiz]
    var students: [Student]

    init(_ members: [ClassMember], _ quizzes: [ClassService.QuizResults]) {
        var byStudent: [UserID: [Result]] = [:]
        self.quizzes = quizzes.map { quiz in
            let own = Dictionary(grouping: quiz.handedIn, by: \.student)
            var lasts: [Double] = []
            for (student, all) in own {
                guard let last = all.last else { continue }
                lasts.append(last.share)
                byStudent[student, default: []].append(
                    Result(
                        quizID: ClassShareID(quiz.quiz).description, times: all.count, last: last.share,
                        best: all.map(\.share).max() ?? last.share, lastAt: last.at))
            }
            return Quiz(
                id: ClassShareID(quiz.quiz).description, title: quiz.title, handedIn: lasts.count,
                average: lasts.isEmpty ? nil : lasts.reduce(0, +) / Double(lasts.count))
        }
        students = members.map {
            Student(id: $0.id.description, name: $0.name, joinedAt: $0.joinedAt, results: byStudent[$0.id] ?? [])
        }
    }

    static var schemaName: String { "ClassResults" }
}

/// What a class handed in of one quiz: the times of each student, and how each question did.
struct ClassQuizResultsView: APIType {
    struct HandedIn: APIType {
        var studentID: String
        var name: String
        var at: Date
        /// `practice`, where each answer was judged at once, or `exam`.
        var mode: String
        var score: Double
        var totalPoints: Double
        /// The questions that were right, and those that were not.
        var right: [String]
        var wrong: [String]

        enum CodingKeys: String, CodingKey {
            case name, at, mode, score, right, wrong
            case studentID = "student_id"
            case totalPoints = "total_points"
        }

        static var schemaName: String { "ClassHandedIn" }
    }

    struct Question: APIType {
        var id: String
        var text: String
        /// Of the last answers of each student.
        var answers: Int
        /// What they came to, from 0 to 1; absent without any.
        var share: Double?

        static var schemaName: String { "ClassQuestion" }
    }

    var id: String
    var title: String
    var handedIn: [HandedIn]
    var questions: [Question]

    enum CodingKeys: String, CodingKey {
        case id, title, questions
        case handedIn = "handed_in"
    }

    init(_ members: [ClassMember], _ results: ClassService.QuizResults) {
        let names = Dictionary(members.map { ($0.id, $0.name) }) { first, _ in first }
        (id, title) = (ClassShareID(results.quiz).description, results.title)
        handedIn = results.handedIn.reversed().map { each in
            let decided = each.shares.compactMapValues { $0 }
            return HandedIn(
                studentID: each.student.description, name: names[each.student] ?? "", at: each.at, mode: each.mode,
                score: each.score, totalPoints: each.totalPoints,
                right: decided.filter { $0.value >= 1 }.keys.map { ClassShareID($0).description }.sorted(),
                wrong: decided.filter { $0.value < 1 }.keys.map { ClassShareID($0).description }.sorted())
        }
        var last: [UserID: ClassResults.HandedIn] = [:]
        for each in results.handedIn { last[each.student] = each }
        questions = results.questions.map { question in
            let shares = last.values.compactMap { $0.shares[question.id] ?? nil }
            return Question(
                id: ClassShareID(question.id).description, text: question.text, answers: shares.count,
                share: shares.isEmpty ? nil : shares.reduce(0, +) / Double(shares.count))
        }
    }

    static var schemaName: String { "ClassQuizResults" }
}
