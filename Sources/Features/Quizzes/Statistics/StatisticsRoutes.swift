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

    package var routes: [Route] { [mine, ofQuiz] }

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
            failures: [.notFound]
        ) { call in
            let (id, user): (QuizID, UserID) = (try call.parameter("id"), try call.user())
            let figures = try await service.database.read(as: .user(user)) { transaction -> [QuizQuestionID: QuestionFigures] in
                guard try await service.store.find(id, user: user, in: transaction) != nil else { throw QuizzesFailure.noQuiz }
                return QuestionFigures.of(try await store.answers(of: id, user: user, in: transaction))
            }
            return QuizFigures(
                questions: figures.sorted { $0.key < $1.key }.map {
                    QuizFigures.Question(
                        questionID: $0.key.description, answers: $0.value.answers, facility: $0.value.facility,
                        discrimination: $0.value.discrimination)
                })
        }
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
    struct Question: APIType {
        var questionID: String
        var answers: Int
        var facility: Double
        var discrimination: Double?

        enum CodingKeys: String, CodingKey {
            case answers, facility, discrimination
            case questionID = "question_id"
        }

        static var schemaName: String { "QuestionFigures" }
        static var constraints: [Constraint<Question>] {
            [
                .describe("facility", "The mean share of the points: 1 is easy."),
                .describe(
                    "discrimination",
                    "The correlation with what the other questions of the same attempts gave, from −1 to 1; missing where there are fewer than \(QuestionFigures.fewest) attempts or all are alike."
                ),
            ]
        }
    }

    var questions: [Question]
}
