import Ambient
import Courses
import Database
import DatabaseTesting
import HTTPMessages
import HTTPServing
import HTTPServingTesting
import JSON
import Jobs
import Questions
@testable import Quizzes
import Sharing
import SourceTexts
import Testing

/// Quizzes of others: taken, copied, and never changed; what somebody answers is theirs alone.
@Suite(.timeLimit(.minutes(3)))
struct SharingTests {
    private static let toBen = #"{"email": "\#(QuizStage.benID)@example.org"}"#

    /// A quiz of a question that cites a document of its owner's, and one that was written.
    private func quiz(_ stage: QuizStage, course: String? = nil) async throws -> QuizView {
        let place = course.map { #""course_id": "\#($0)""# } ?? #""document_ids": ["\#(GivenPassages.document.id)"]"#
        let begun: QuizView = try await stage.client().post("/quizzes", json: #"{\#(place), "count": 1}"#).json()
        try await stage.worker.drain()
        let written = #"{"question": {"question_text": "Is it alive?", "question_type": "true_false", "key": {"is_true": true}}}"#
        #expect(try await stage.client().post("/quizzes/\(begun.id)/questions", json: written).status == 201)
        return try await stage.client().get("/quizzes/\(begun.id)?include=answers").json()
    }

    private func answers(_ quiz: QuizView, _ typed: String, _ truth: String) -> String {
        let fields = (quiz.questions ?? []).map {
            JSONValue.Field(name: $0.id, value: .string($0.questionType == .trueFalse ? truth : typed))
        }
        return JSONValue.object([.init(name: "answers", value: .object(fields))]).text
    }

    @Test(arguments: Dialect.allCases) func `who it is shared with takes it, with results of their own`(_ dialect: Dialect)
        async throws
    {
        try await QuizStage.with(dialect) { stage in
            let (ann, ben) = (stage.client(), stage.client("ben"))
            let quiz = try await quiz(stage)
            #expect(try await ben.get("/quizzes/\(quiz.id)").status == 404)
            #expect(try await ann.post("/quizzes/\(quiz.id)/shares", json: Self.toBen).status == 201)
            let seen: QuizView = try await ben.get("/quizzes/\(quiz.id)?include=answers").json()
            #expect(seen.sharedBy?.name == "Somebody" && seen.sharedBy?.via == .quiz && seen.totalQuestions == 2)
            #expect(seen.questions?.allSatisfy { $0.correctAnswer == nil && $0.key == nil && $0.citation == nil } == true)
            #expect(seen.jobID == nil && seen.wanted == nil && seen.dropped.isEmpty && seen.sharedWith == 0)
            #expect(try await ben.get("/quizzes").json(Page<QuizView>.self).data.isEmpty)
            for shared in ["only", "too"] {
                let listed: Page<QuizView> = try await ben.get("/quizzes?shared=\(shared)").json()
                #expect(listed.data.map(\.id) == [quiz.id] && listed.data.first?.totalQuestions == 2)
            }
            #expect(try await ann.get("/quizzes?shared=only").json(Page<QuizView>.self).data.isEmpty)

            let begun = try await ben.post("/quizzes/\(quiz.id)/attempts", json: "{}")
            #expect(begun.status == 201, "\(begun.text)")
            let attempt: AttemptView = try begun.json()
            let question = try #require(quiz.questions?.first { $0.questionType == .shortAnswer })
            let judged: AnswerResult = try await ben.post(
                "/quizzes/\(quiz.id)/attempts/\(attempt.id)/check",
                json: #"{"question_id": "\#(question.id)", "answer": "gold"}"#
            ).json()
            // The sentence stands there; the document is not Ben's to open.
            #expect(judged.citation == nil && judged.quotation?.quote == "The mitocho" && judged.quotation?.title == "Cells")
            #expect(judged.explanation == "It makes ATP.")
            let result: SubmissionView = try await ben.post(
                "/quizzes/\(quiz.id)/submissions", json: #"{"attempt_id": "\#(attempt.id)"}"#
            ).json()
            #expect(result.results.count == 2 && result.results.allSatisfy { $0.citation == nil })

            // Each has their own, and knows nothing of the other's.
            let own: SubmissionView = try await ann.post(
                "/quizzes/\(quiz.id)/submissions", json: answers(quiz, "the mitochondrion", "true")
            ).json()
            #expect(own.score == 2 && own.results.contains { $0.citation?.documentID == GivenPassages.document.id })
            for path in ["submissions/\(result.id)", "attempts/\(attempt.id)"] {
                #expect(try await ann.get("/quizzes/\(quiz.id)/\(path)").status == 404)
            }
            #expect(try await ben.get("/quizzes/\(quiz.id)/submissions/\(own.id)").status == 404)
            for client in [ann, ben] {
                #expect(try await client.get("/quizzes/\(quiz.id)/submissions").json(Page<AttemptView>.self).pagination.total == 1)
                #expect(try await client.get("/quizzes/statistics").json(MasteryView.self).topics.map(\.answers) == [1])
            }
            let figures: QuizFigures = try await ann.get("/quizzes/\(quiz.id)/statistics").json()
            #expect(figures.questions.allSatisfy { $0.answers == 1 && $0.facility == 1 })
            #expect(try await ann.get("/quizzes/\(quiz.id)").json(QuizView.self).standing.submissions == 1)
            #expect(try await ann.get("/quizzes/\(quiz.id)").json(QuizView.self).sharedWith == 1)

            // After its end what came of it stays, and nothing new begins.
            #expect(try await ben.delete("/quizzes/\(quiz.id)/shares/me").status == 204)
            #expect(try await ben.get("/quizzes/\(quiz.id)").status == 404)
            #expect(try await ben.post("/quizzes/\(quiz.id)/attempts", json: "{}").status == 404)
            #expect(try await ben.get("/quizzes/\(quiz.id)/submissions/\(result.id)").status == 200)
            #expect(try await ben.get("/quizzes/\(quiz.id)/submissions").json(Page<AttemptView>.self).pagination.total == 1)
        }
    }

    @Test(arguments: Dialect.allCases) func `who may only take it changes nothing, and a stranger learns of nothing`(
        _ dialect: Dialect
    ) async throws {
        try await QuizStage.with(dialect) { stage in
            let quiz = try await quiz(stage)
            let question = try #require(quiz.questions?.first?.id)
            #expect(try await stage.client().post("/quizzes/\(quiz.id)/shares", json: Self.toBen).status == 201)
            let written = #"{"question": {"question_text": "?", "question_type": "true_false", "key": {"is_true": true}}}"#
            for (name, status) in [("ben", 403), ("cleo", 404)] {
                let client = stage.client(name)
                #expect(try await client.patch("/quizzes/\(quiz.id)", json: #"{"title": "Mine"}"#).status == status)
                #expect(try await client.patch("/quizzes/\(quiz.id)", json: #"{"for_course": true}"#).status == status)
                #expect(try await client.delete("/quizzes/\(quiz.id)").status == status)
                #expect(try await client.post("/quizzes/\(quiz.id)/regenerate", json: "{}").status == status)
                #expect(try await client.post("/quizzes/\(quiz.id)/stop", json: "{}").status == status)
                #expect(try await client.post("/quizzes/\(quiz.id)/questions", json: written).status == status)
                #expect(try await client.delete("/quizzes/\(quiz.id)/questions/\(question)").status == status)
                #expect(try await client.get("/quizzes/\(quiz.id)/statistics").status == status)
                #expect(try await client.get("/quizzes/\(quiz.id)/shares").status == status)
                #expect(try await client.post("/quizzes/\(quiz.id)/shares", json: Self.toBen).status == status)
                // The bank is its owner's.
                #expect(try await client.get("/quiz-questions/\(question)").status == 404)
                #expect(try await client.get("/quiz-questions/\(question)/statistics").status == 404)
                #expect(try await client.patch("/quiz-questions/\(question)", json: #"{"is_flagged": true}"#).status == 404)
                #expect(try await client.get("/quiz-questions").json(Page<QuestionView>.self).data.isEmpty)
            }
            #expect(try await stage.client("cleo").post("/quizzes/\(quiz.id)/copy", json: "{}").status == 404)
            #expect(try await stage.client("cleo").post("/quizzes/\(quiz.id)/attempts", json: "{}").status == 404)
            let untouched: QuizView = try await stage.client().get("/quizzes/\(quiz.id)").json()
            #expect(untouched.title == quiz.title && untouched.totalQuestions == 2)
        }
    }

    @Test(arguments: Dialect.allCases) func `a copy is one's own, and mistakes of a shared quiz can be practised`(
        _ dialect: Dialect
    )
        async throws
    {
        try await QuizStage.with(dialect) { stage in
            let (ann, ben) = (stage.client(), stage.client("ben"))
            let quiz = try await quiz(stage)
            #expect(try await ann.post("/quizzes/\(quiz.id)/shares", json: Self.toBen).status == 201)
            let copy: QuizView = try await ben.post("/quizzes/\(quiz.id)/copy", json: "{}").json()
            #expect(copy.id != quiz.id && copy.sharedBy == nil && copy.totalQuestions == 2)
            let typed = try #require(copy.questions?.first { $0.questionType == .shortAnswer })
            #expect(typed.citation == nil && typed.explanation == "It makes ATP.\n\n“The mitocho” (Cells)")
            #expect(try await ben.patch("/quiz-questions/\(typed.id)", json: #"{"explanation": "Mine"}"#).status == 200)
            #expect(
                try await ann.get("/quizzes/\(quiz.id)?include=answers").json(QuizView.self).questions?.map(\.explanation)
                    == quiz.questions?.map(\.explanation))

            let cleo = stage.client("cleo")
            let toCleo = #"{"email": "\#(QuizStage.cleoID)@example.org"}"#
            #expect(try await ann.post("/quizzes/\(quiz.id)/shares", json: toCleo).status == 201)
            let missed: SubmissionView = try await cleo.post(
                "/quizzes/\(quiz.id)/submissions", json: answers(quiz, "gold", "true")
            ).json()
            #expect(missed.score == 1)
            let ids = missed.results.filter { !$0.correct }.map(\.questionID)
            let again: QuizView = try await cleo.post("/quizzes", json: #"{"question_ids": ["\#(ids[0])"]}"#).json()
            #expect(again.totalQuestions == 1)
            // Asked for twice it is one question of the bank, and known once it is answered right there.
            #expect(try await cleo.post("/quizzes", json: #"{"from_mistakes": true}"#).status == 202)
            let bank: Page<QuestionView> = try await cleo.get("/quiz-questions").json()
            #expect(bank.pagination.total == 1)
            let shown: QuizView = try await cleo.get("/quizzes/\(again.id)").json()
            #expect(
                try await cleo.post("/quizzes/\(again.id)/submissions", json: answers(shown, "the mitochondrion", "true"))
                    .json(SubmissionView.self).score == 1)
            #expect(try await cleo.post("/quizzes", json: #"{"from_mistakes": true}"#).status == 422)
        }
    }

    @Test(arguments: Dialect.allCases) func `given to its course, a quiz reaches who reads the course`(_ dialect: Dialect)
        async throws
    {
        try await QuizStage.with(dialect) { stage in
            let (ann, ben) = (stage.client(), stage.client("ben"))
            let course = try await stage.database.transaction(as: .user(stage.ann)) {
                try await CourseMaker(events: nil).course(named: CourseName("Biology")!, user: stage.ann, in: $0)
            }
            try await stage.database.transaction(as: .system) { transaction in
                try await transaction.execute(
                    """
                    INSERT INTO course_shares (course_id, user_id, member_id, address, created_at)
                    VALUES (\(course), \(stage.ann), \(QuizStage.benID), 'ben', \(stage.clock.now))
                    """)
            }
            let quiz = try await quiz(stage, course: course.description)
            // What lies in a shared course is not shared by that.
            #expect(try await ben.get("/quizzes?shared=too").json(Page<QuizView>.self).data.isEmpty)
            #expect(try await ann.patch("/quizzes/\(quiz.id)", json: #"{"for_course": true}"#).status == 200)
            let listed: Page<QuizView> = try await ben.get("/quizzes?shared=too&course_id=\(course)").json()
            #expect(listed.data.map(\.id) == [quiz.id] && listed.data.first?.courseID == course.description)
            #expect(listed.data.first?.sharedBy?.via == .course)
            #expect(
                try await ben.post("/quizzes/\(quiz.id)/submissions", json: answers(quiz, "gold", "true")).status == 201)
            let mastery: MasteryView = try await ben.get("/quizzes/statistics?course_id=\(course)").json()
            #expect(mastery.topics.map(\.topic) == ["mitochondrion"])
            #expect(try await stage.client("cleo").get("/quizzes/\(quiz.id)").status == 404)
            #expect(try await ann.patch("/quizzes/\(quiz.id)", json: #"{"for_course": false}"#).status == 200)
            #expect(try await ben.get("/quizzes/\(quiz.id)").status == 404)
            // A quiz in no course is given to none.
            let loose = try await self.quiz(stage)
            #expect(try await ann.patch("/quizzes/\(loose.id)", json: #"{"for_course": true}"#).status == 409)
        }
    }
}
