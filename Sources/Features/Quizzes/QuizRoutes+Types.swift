import Ambient
import Courses
import FoundationEssentials
import HTTPServing
import Passages
import Questions
import Sharing
import TypedText

/// A quiz as the API shows it.
struct QuizView: APIType {
    struct Standing: APIType {
        var submissions: Int
        var last: Double?
        var best: Double?
        var lastAt: Date?
        var isOpen: Bool

        enum CodingKeys: String, CodingKey {
            case submissions, last, best
            case lastAt = "last_at"
            case isOpen = "is_open"
        }

        init(_ standing: QuizStanding) {
            submissions = standing.submissions
            last = standing.last
            best = standing.best
            lastAt = standing.lastAt
            isOpen = standing.isOpen
        }

        static var schemaName: String { "QuizStanding" }
        static var constraints: [Constraint<Standing>] {
            [
                .describe("last", "The share of the points at the last submission, from 0 to 1."),
                .describe("is_open", "An attempt has begun and can be gone on with."),
            ]
        }
    }

    /// Whose it is, where it is another's.
    struct SharedBy: APIType {
        var name: String
        var via: QuizSharing.Way

        static var schemaName: String { "QuizSharedBy" }
        static var constraints: [Constraint<SharedBy>] {
            [
                .describe(
                    "via",
                    "Whether the quiz itself is shared with you, its course, or it with a class of yours, whose teacher sees what you hand in."
                )
            ]
        }
    }

    var id: String
    var title: String
    var courseID: String?
    var forCourse: Bool
    var sharedWith: Int
    var sharedBy: SharedBy?
    var status: Quiz.Status
    var jobID: String?
    var problem: QuizProblem?
    var totalQuestions: Int
    var wanted: Int?
    var tier: QuestionTier?
    var dropped: [String: Int]
    var notes: [String]
    var words: Int
    var standing: Standing
    var createdAt: Date
    var updatedAt: Date
    var questions: [QuestionView]?

    enum CodingKeys: String, CodingKey {
        case id, title, status, problem, wanted, tier, dropped, notes, words, standing, questions
        case courseID = "course_id"
        case forCourse = "for_course"
        case sharedWith = "shared_with"
        case sharedBy = "shared_by"
        case jobID = "job_id"
        case totalQuestions = "total_questions"
        case createdAt = "created_at"
        case updatedAt = "updated_at"
    }

    init(_ listed: QuizService.Listed) {
        let quiz = listed.quiz
        id = quiz.id.description
        title = quiz.title
        courseID = quiz.courseID?.description
        status = quiz.status
        jobID = quiz.jobID?.description
        problem = quiz.problem
        totalQuestions = listed.count
        forCourse = quiz.isForCourse
        sharedWith = listed.memberCount
        standing = Standing(listed.standing)
        createdAt = quiz.createdAt
        updatedAt = quiz.updatedAt
        (dropped, notes, words) = ([:], [], 0)
        if let sharing = listed.sharing {
            // How it was made is its owner's.
            sharedBy = SharedBy(name: sharing.owner, via: sharing.via)
            (forCourse, jobID, problem) = (false, nil, nil)
            if !sharing.showsCourse { courseID = nil }
            return
        }
        wanted = quiz.wish?.count
        tier = quiz.wish?.tier
        dropped = quiz.making.dropped
        notes = quiz.making.notes
        words = quiz.making.words
    }

    init(_ whole: QuizService.Whole, withAnswers: Bool = false) {
        // Its author sees what they flagged; who is asked does not.
        let asked = whole.questions.filter { withAnswers || !$0.isFlagged }
        self.init(
            .init(
                quiz: whole.quiz, count: whole.questions.count { !$0.isFlagged }, standing: whole.standing, sharing: whole.sharing,
                memberCount: whole.memberCount))
        questions = asked.map { QuestionView($0, withAnswer: withAnswers) }
    }

    static var schemaName: String { "Quiz" }

    static var constraints: [Constraint<QuizView>] {
        [
            .describe("for_course", "Everybody who reads its course may take it."),
            .describe("shared_with", "How many people it is shared with, besides those of its course."),
            .describe("shared_by", "Where somebody shares it with you: you take it and copy it, and change nothing."),
            .describe("job_id", "The job that makes it."), .describe("problem", "Why it has fewer questions, or none."),
            .describe("wanted", "How many questions were asked for."),
            .describe(
                "dropped", "How many sentences and questions were held back, by the reason: few good ones are better than many."),
            .describe("notes", "Why there are fewer than were asked for."), .describe("words", "How much text was read."),
            .describe("questions", "Not in lists."),
        ]
    }
}

extension QuizProblem: APIType {}

/// What a quiz is made from, and what is wanted of it.
struct NewQuiz: APIType {
    var documentIDs: [String]?
    var courseID: String?
    var topic: String?
    var questionIDs: [String]?
    var fromMistakes: Bool?
    var count: Int?
    var types: [QuestionKind]?
    var difficulty: QuizDifficulty?
    var tier: QuestionTier?
    var title: String?

    enum CodingKeys: String, CodingKey {
        case topic, count, types, difficulty, tier, title
        case documentIDs = "document_ids"
        case courseID = "course_id"
        case questionIDs = "question_ids"
        case fromMistakes = "from_mistakes"
    }

    static var constraints: [Constraint<NewQuiz>] {
        [
            .range(\.count, "count", 1...100), .length(\.title, "title", 1...200), .length(\.topic, "topic", 1...200),
            .count(\.documentIDs, "document_ids", 1...100), .count(\.types, "types", 1...8),
            .count(\.questionIDs, "question_ids", 1...QuizService.mostQuestions), .format(\.courseID, "course_id", .uuid),
            .check("document_ids") { body in
                body.documentIDs.map { $0.allSatisfy { DocumentID($0) != nil } } == false ? "must be ids of documents" : nil
            },
            .check("question_ids") { body in
                body.questionIDs.map { $0.allSatisfy { QuizQuestionID($0) != nil } } == false ? "must be ids of questions" : nil
            },
            .check("document_ids") { body in
                let isAny = body.documentIDs != nil || body.courseID != nil || body.topic?.isBlank == false
                return isAny || body.questionIDs != nil || body.fromMistakes == true
                    ? nil : "or course_id, topic, question_ids or from_mistakes must say what the quiz is about"
            },
            .describe("document_ids", "Made from these; else from the course; else from whatever is near the topic."),
            .describe("topic", "A heading such as `Chapter 2`, or any subject: only questions about it."),
            .describe("question_ids", "Put together of questions of your bank, in this order."),
            .describe("from_mistakes", "Put together of what you answered wrong last."),
            .describe("count", "At most so many; 10 if nothing is said. A text that gives six good questions gives six."),
            .describe("tier", "`more` adds kinds of questions that are right less often."),
        ]
    }

    var wish: QuizWish {
        QuizWish(
            documents: documentIDs?.compactMap { DocumentID($0) }, course: courseID.flatMap { CourseID($0) },
            topic: topic.flatMap { $0.isBlank ? nil : $0.oneLine }, count: count ?? 10, kinds: types, difficulty: difficulty,
            tier: tier ?? .standard)
    }
}

struct QuizChange: APIType {
    var title: String?
    var forCourse: Bool?

    enum CodingKeys: String, CodingKey {
        case title
        case forCourse = "for_course"
    }

    static var constraints: [Constraint<QuizChange>] {
        [
            .length(\.title, "title", 1...200),
            .notBlank(\.title, "title"),
            .describe("for_course", "Whether everybody who reads its course, which must be yours, may take it."),
        ]
    }
}

/// How a quiz is made anew.
struct QuizRegeneration: APIType {
    var count: Int?
    var tier: QuestionTier?

    static var constraints: [Constraint<QuizRegeneration>] { [.range(\.count, "count", 1...100)] }
}

/// A question for a quiz: one of the bank, or a new one.
struct QuizAddition: APIType {
    var questionID: String?
    var question: NewQuestion?

    enum CodingKeys: String, CodingKey {
        case question
        case questionID = "question_id"
    }

    static var constraints: [Constraint<QuizAddition>] {
        [
            .nested(\.question, "question"), .format(\.questionID, "question_id", .uuid),
            .check("question") {
                ($0.question == nil) == ($0.questionID == nil) ? "or question_id must be there, and not both" : nil
            },
        ]
    }
}

struct QuizQuery: APIType {
    var courseID: String?
    var shared: Shared?

    /// Whether what others share is listed.
    enum Shared: String, Codable, Sendable, CaseIterable {
        case only, too
    }

    enum CodingKeys: String, CodingKey {
        case shared
        case courseID = "course_id"
    }

    var reach: QuizStore.Reach {
        switch shared {
        case .only: .shared
        case .too: .all
        case nil: .own
        }
    }

    static var constraints: [Constraint<QuizQuery>] {
        [
            .format(\.courseID, "course_id", .uuid), .describe("course_id", "Only the quizzes of this course."),
            .describe("shared", "`only` lists what others share with you, `too` your own as well; otherwise only your own."),
        ]
    }
}

struct QuizShowQuery: APIType {
    var include: String?

    static var constraints: [Constraint<QuizShowQuery>] {
        [.describe("include", "`answers`: what is right, why, and where it stands.")]
    }
}

struct QuizDeletion: APIType {
    var questions: Keeping?

    enum Keeping: String, APIType, CaseIterable { case keep, delete }

    static var constraints: [Constraint<QuizDeletion>] {
        [.describe("questions", "`keep` leaves in your bank what only this quiz asks.")]
    }
}
