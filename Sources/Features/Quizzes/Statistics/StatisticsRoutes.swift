import Ambient
import Courses
import Database
import Failures
import FoundationEssentials
import HTTPMessages
package import HTTPServing

/// What answers tell of questions and of students, over HTTP.
package struct StatisticsRoutes: RouteCollection {
    private let service: QuizService
    private let store = StatisticsStore()

    package init(service: QuizService) { self.service = service }

    package var routes: [Route] { [mine, ofQuiz, ofQuestion] }

    private static let tag = "Quiz statistics"

    private var mine: Route {
        Route.get(
            "/quizzes/statistics", "Show what you know of each topic", tag: Self.tag, query: MasteryQuery.self,
            returns: MasteryView.self
        ) { call, query in
            let user = try call.user()
            let answers = try await service.database.read(as: .user(user)) {
                try await store.evidence(course: query.courseID.flatMap { CourseID($0) }, user: user, in: $0)
            }
            return MasteryView(topics: TopicMastery.of(answers).map(MasteryView.Topic.init))
        }
        .described(
            "The least known first, by the answers of all quizzes and to the cards of what was missed in them; those that came last count most."
        )
    }

    private var ofQuiz: Route {
        Route.get(
            "/quizzes/:id/statistics", "Show how a quiz's questions do", tag: Self.tag, returns: QuizFigures.self,
            failures: [.notFound, .forbidden]
        ) { call in
            let (id, user): (QuizID, UserID) = (try call.parameter("id"), try call.user())
            let figures = try await service.owning(id, user: user) {
                try await service.database.read(as: .user(user)) { transaction -> [QuizFigures.Question] in
                    guard try await service.store.find(id, user: user, in: transaction) != nil else { throw QuizzesFailure.noQuiz }
                    let figures = QuestionFigures.of(try await store.answers(of: id, user: user, in: transaction))
                    let asked = try await service.questions.of(id, user: user, in: transaction)
                    let given = try await store.given(to: asked.map(\.id), user: user, in: transaction)
                    return asked.compactMap { question in
                        figures[question.id].map { QuizFigures.Question(question, $0, given: given[question.id] ?? []) }
                    }
                }
            }
            return QuizFigures(questions: figures)
        }
        .described("By your own answers: what others answer to a quiz that you share is theirs. In the order of the quiz.")
    }

    private var ofQuestion: Route {
        Route.get(
            "/quiz-questions/:id/statistics", "Show how a question does", tag: Self.tag, returns: QuizFigures.Question.self,
            failures: [.notFound]
        ) { call in
            let (id, user): (QuizQuestionID, UserID) = (try call.parameter("id"), try call.user())
            return try await service.database.read(as: .user(user)) { transaction in
                guard let question = try await service.questions.find(id, user: user, in: transaction) else {
                    throw QuizzesFailure.noQuestion
                }
                let figures = QuestionFigures.of(try await store.answers(about: id, user: user, in: transaction))[id]
                let given = try await store.given(to: [id], user: user, in: transaction)
                return QuizFigures.Question(question, figures, given: given[id] ?? [])
            }
        }
        .described("By your answers to it in every quiz that asks it.")
    }
}

struct MasteryQuery: APIType {
    var courseID: String?

    enum CodingKeys: String, CodingKey { case courseID = "course_id" }

    static var constraints: [Constraint<MasteryQuery>] { [.format(\.courseID, "course_id", .uuid)] }
}

/// How well a student knows each topic.
struct MasteryView: APIType {
    struct Point: APIType {
        var at: Date
        var mastery: Double

        static var schemaName: String { "MasteryPoint" }
    }

    struct Topic: APIType {
        var topic: String
        var answers: Int
        var mastery: Double
        var lastAt: Date
        var history: [Point]

        enum CodingKeys: String, CodingKey {
            case topic, answers, mastery, history
            case lastAt = "last_at"
        }

        init(_ found: TopicMastery) {
            topic = found.topic
            answers = found.answers
            mastery = found.mastery
            lastAt = found.lastAt
            history = found.history.suffix(50).map { Point(at: $0.at, mastery: $0.mastery) }
        }

        static var schemaName: String { "TopicMastery" }
        static var constraints: [Constraint<Topic>] {
            [
                .describe("mastery", "From 0 to 1."),
                .describe(
                    "history", "After each submission that asked about it and each card of a question that was missed, at most 50."),
            ]
        }
    }

    var topics: [Topic]
}

/// How the questions of a quiz do.
struct QuizFigures: APIType {
    struct Option: APIType {
        var text: String
        var isCorrect: Bool
        var chosen: Int

        enum CodingKeys: String, CodingKey {
            case text, chosen
            case isCorrect = "is_correct"
        }

        static var schemaName: String { "OptionFigures" }
    }

    struct Question: APIType {
        var questionID: String
        var answers: Int
        var facility: Double?
        var discrimination: Double?
        var options: [Option]

        enum CodingKeys: String, CodingKey {
            case answers, facility, discrimination, options
            case questionID = "question_id"
        }

        init(_ question: QuizQuestion, _ figures: QuestionFigures?, given: [(asked: QuizQuestion, answer: QuizAnswer)]) {
            questionID = question.id.description
            answers = figures?.answers ?? 0
            facility = figures?.facility
            discrimination = figures?.discrimination
            options = OptionCounts.of(question, given: given).map {
                Option(text: $0.text, isCorrect: $0.isCorrect, chosen: $0.chosen)
            }
        }

        static var schemaName: String { "QuestionFigures" }
        static var constraints: [Constraint<Question>] {
            [
                .describe("facility", "The mean share of the points: 1 is easy; missing where nothing was answered."),
                .describe("options", "Of what is chosen: how often which was, as the question has them now."),
                .describe(
                    "discrimination",
                    "The correlation with what the other questions of the same attempts gave, from −1 to 1; missing where there are fewer than \(QuestionFigures.fewest) attempts or all are alike."
                ),
            ]
        }
    }

    /// Those that were answered.
    var questions: [Question]
}
