import Ambient
import Database
import DatabaseTesting
import HTTPMessages
import HTTPServing
import HTTPServingTesting
import JSON
import Jobs
import Questions
@testable import Quizzes
import SourceTexts
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(3)))
struct QuizRoutesTests {
    @Test(arguments: Dialect.allCases) func `a quiz is made from a document, with a citation for each question`(_ dialect: Dialect)
        async throws
    {
        try await QuizStage.with(dialect) { stage in
            let client = stage.client()
            let body =
                #"{"document_ids": ["\#(GivenPassages.document.id)"], "count": 5, "types": ["short_answer"], "difficulty": "medium"}"#
            let begun = try await client.post("/quizzes", json: body)
            #expect(begun.status == 202)
            let quiz: QuizView = try begun.json()
            #expect(quiz.status == .generating && quiz.jobID != nil && quiz.title == "Cells" && quiz.questions?.isEmpty == true)
            try await stage.worker.drain()
            let made: QuizView = try await client.get("/quizzes/\(quiz.id)").json()
            #expect(made.status == .ready && made.totalQuestions == 2 && made.wanted == 5)
            #expect(made.dropped == ["dangling": 4, "code": 1] && made.notes == ["exhausted"])
            #expect(made.questions?.allSatisfy { $0.correctAnswer == nil && $0.key == nil && $0.citation == nil } == true)
            let whole: QuizView = try await client.get("/quizzes/\(quiz.id)?include=answers").json()
            let first = try #require(whole.questions?.first)
            #expect(first.correctAnswer == .string("the mitochondrion") && first.difficulty == .medium)
            #expect(first.citation?.page == 3 && first.citation?.section == "1 Energy" && first.citation?.quote == "The mitocho")
            #expect(stage.drafts.wishes.withLock { $0.first?.difficulties } == 2...3)
            // Nobody else sees it.
            #expect(try await stage.client("ben").get("/quizzes/\(quiz.id)").status == 404)
            #expect(try await stage.client("ben").post("/quizzes", json: body).status == 400)
            let events = try await stage.database.read(as: .system) {
                try await $0.query("SELECT event_type FROM events ORDER BY position").map {
                    try $0.get("event_type", as: String.self)
                }
            }
            #expect(events == ["quiz.created", "quiz.generated"])
        }
    }

    @Test(arguments: Dialect.allCases) func `made anew, a quiz keeps what its owner wrote and edited`(_ dialect: Dialect)
        async throws
    {
        try await QuizStage.with(dialect) { stage in
            let client = stage.client()
            let quiz: QuizView = try await client.post(
                "/quizzes", json: #"{"document_ids": ["\#(GivenPassages.document.id)"]}"#
            ).json()
            try await stage.worker.drain()
            let before: QuizView = try await client.get("/quizzes/\(quiz.id)?include=answers").json()
            let edited = try #require(before.questions?.first)
            let change = #"{"question_text": "Which organelle is the powerhouse?", "version": 1}"#
            #expect(try await client.patch("/quiz-questions/\(edited.id)", json: change).status == 200)
            // The second window had the version of before.
            #expect(try await client.patch("/quiz-questions/\(edited.id)", json: change).status == 409)
            let written =
                #"{"question": {"question_text": "Is it alive?", "question_type": "true_false", "key": {"is_true": true}}}"#
            #expect(try await client.post("/quizzes/\(quiz.id)/questions", json: written).status == 201)
            stage.drafts.stems.withLock { $0 = ["A new one?"] }
            #expect(try await client.post("/quizzes/\(quiz.id)/regenerate", json: "{}").status == 202)
            #expect(try await client.post("/quizzes/\(quiz.id)/regenerate", json: "{}").status == 409)
            try await stage.worker.drain()
            let after: QuizView = try await client.get("/quizzes/\(quiz.id)?include=answers").json()
            #expect(after.questions?.map(\.questionText) == ["Which organelle is the powerhouse?", "Is it alive?", "A new one?"])
            #expect(stage.drafts.wishes.withLock { $0.last?.known.count } == 2)
        }
    }

    @Test func `a part by its heading, a topic by what is near it, an empty document with a clear word`() async throws {
        try await QuizStage.with(.sqlite) { stage in
            let client = stage.client()
            let id = GivenPassages.document.id.description
            for (topic, left) in [("Chapter 2", nil), ("nucleus", "nucleus")] as [(String, String?)] {
                let quiz: QuizView = try await client.post(
                    "/quizzes", json: #"{"document_ids": ["\#(id)"], "topic": "\#(topic)"}"#
                ).json()
                try await stage.worker.drain()
                let made: QuizView = try await client.get("/quizzes/\(quiz.id)?include=answers").json()
                #expect(made.questions?.allSatisfy { $0.citation?.section == "2 Control" } == true && made.totalQuestions == 2)
                #expect(stage.drafts.wishes.withLock { $0.last?.topic } == left)
            }
            let empty: QuizView = try await client.post(
                "/quizzes", json: #"{"document_ids": ["\#(GivenPassages.empty.id)"]}"#
            ).json()
            try await stage.worker.drain()
            let failed: QuizView = try await client.get("/quizzes/\(empty.id)").json()
            #expect(failed.status == .failed && failed.problem == .noText && failed.totalQuestions == 0)
            #expect(try await client.post("/quizzes/\(empty.id)/attempts", json: "{}").status == 409)
            #expect(try await client.post("/quizzes", json: #"{"count": 3}"#).status == 400)
            #expect(try await client.post("/quizzes", json: #"{"topic": "x", "count": 0}"#).status == 400)
        }
    }

    @Test(arguments: Dialect.allCases) func `questions are written, found, tagged and deleted`(_ dialect: Dialect) async throws {
        try await QuizStage.with(dialect) { stage in
            let client = stage.client()
            _ = try await stage.quizOfEachKind()
            let found: Page<QuestionView> = try await client.get("/quiz-questions?q=MITOCHONDRION").json()
            #expect(found.data.map(\.questionType) == [.multipleChoice])
            let id = try #require(found.data.first?.id)
            let tagged: QuestionView = try await client.patch(
                "/quiz-questions/\(id)", json: #"{"tags": [" cell  biology", "ATP", "atp"]}"#
            ).json()
            #expect(tagged.tags == ["cell biology", "ATP"] && !tagged.isEdited)
            #expect(try await client.get("/quiz-questions?tag=cell%20biology").json(Page<QuestionView>.self).data.map(\.id) == [id])
            #expect(try await client.get("/quiz-questions?tag=cell").json(Page<QuestionView>.self).data.isEmpty)
            #expect(try await client.get("/quiz-questions/tags").json(TagList.self).tags.map(\.tag) == ["ATP", "cell biology"])
            for bad in [
                #"{"question_text": "?", "question_type": "multiple_choice", "key": {"choices": [{"text": "a", "is_correct": true}]}}"#,
                #"{"question_text": "?", "question_type": "multiple_choice", "key": {"is_true": true}}"#,
                #"{"question_text": "No gap", "question_type": "cloze", "key": {"gaps": [["a"]]}}"#,
                #"{"question_text": " ", "question_type": "true_false", "key": {"is_true": true}}"#,
            ] {
                #expect(try await client.post("/quiz-questions", json: bad).status == 400)
            }
            #expect(try await stage.client("ben").get("/quiz-questions/\(id)").status == 404)
            #expect(try await client.delete("/quiz-questions/\(id)").status == 204)
            #expect(try await client.get("/quiz-questions").json(Page<QuestionView>.self).pagination.total == 7)
        }
    }

    @Test(arguments: Dialect.allCases) func `a deleted quiz takes along what no other quiz asks`(_ dialect: Dialect) async throws {
        try await QuizStage.with(dialect) { stage in
            let client = stage.client()
            let quiz = try await stage.quizOfEachKind()
            let shared = try #require(quiz.questions?.first?.id)
            #expect(try await client.post("/quizzes", json: #"{"question_ids": ["\#(shared)"], "title": "Second"}"#).status == 202)
            #expect(try await client.delete("/quizzes/\(quiz.id)").status == 204)
            #expect(try await client.get("/quiz-questions").json(Page<QuestionView>.self).data.map(\.id) == [shared])
            let rest: Page<QuizView> = try await client.get("/quizzes").json()
            #expect(rest.data.map(\.title) == ["Second"] && rest.data.first?.totalQuestions == 1)
            #expect(try await client.delete("/quizzes/\(rest.data[0].id)?questions=keep").status == 204)
            #expect(try await client.get("/quiz-questions").json(Page<QuestionView>.self).pagination.total == 1)
        }
    }
}
