import Ambient
import Database
import DatabaseTesting
import FoundationEssentials
import HTTPMessages
import HTTPServing
import HTTPServingTesting
import JSON
import Questions
@testable import Quizzes
import Testing

@Suite(.timeLimit(.minutes(3)))
struct TakingTests {
    /// Answers by the type of the question.
    private func body(_ quiz: QuizView, _ answers: [QuestionKind: JSONValue], with more: [(String, JSONValue)] = []) throws
        -> String
    {
        let fields = (quiz.questions ?? []).compactMap { question in
            answers[question.questionType].map { JSONValue.Field(name: question.id, value: $0) }
        }
        return JSONValue.object([.init(name: "answers", value: .object(fields))] + more.map { .init(name: $0.0, value: $0.1) }).text
    }

    private func right(_ quiz: QuizView) -> [QuestionKind: JSONValue] {
        Dictionary(uniqueKeysWithValues: (quiz.questions ?? []).map { ($0.questionType, $0.correctAnswer ?? .null) })
    }

    @Test(arguments: Dialect.allCases) func `every kind is right by the answer that is told, and counts once`(_ dialect: Dialect)
        async throws
    {
        try await QuizStage.with(dialect) { stage in
            let (client, quiz) = (stage.client(), try await stage.quizOfEachKind())
            let text = try body(quiz, right(quiz), with: [("id", "mine")])
            let first = try await client.post("/quizzes/\(quiz.id)/submissions", json: text)
            #expect(first.status == 201)
            let result: SubmissionView = try first.json()
            #expect(result.score == 8 && result.totalPoints == 8 && result.results.count == 8)
            #expect(result.results.allSatisfy { $0.correct && $0.points == 1 })
            let again: SubmissionView = try await client.post("/quizzes/\(quiz.id)/submissions", json: text).json()
            #expect(again.id == result.id)
            #expect(try await client.get("/quizzes/\(quiz.id)/submissions").json(Page<AttemptView>.self).pagination.total == 1)
            #expect(try await stage.client("ben").post("/quizzes/\(quiz.id)/submissions", json: text).status == 404)
            let listed: Page<QuizView> = try await client.get("/quizzes").json()
            #expect(listed.data.first?.standing.best == 1 && listed.data.first?.standing.submissions == 1)
        }
    }

    @Test func `part of an answer is worth part of the points, as in Moodle`() async throws {
        try await QuizStage.with(.sqlite) { stage in
            let (client, quiz) = (stage.client(), try await stage.quizOfEachKind())
            let form = Dictionary(uniqueKeysWithValues: (quiz.questions ?? []).map { ($0.questionType, $0) })
            func id(_ kind: QuestionKind, _ text: String) -> String { form[kind]?.options?.first { $0.text == text }?.id ?? "" }
            let answers: [QuestionKind: JSONValue] = [
                .multipleChoice: "a", .multipleResponse: ["a", "b"], .trueFalse: true, .shortAnswer: "green chlorophyll",
                .cloze: ["hydrogen", "gold"],
                .matching: ["1": .string(id(.matching, "takes up water")), "2": .string(id(.matching, "bears seeds"))],
                .ordering: .array(["prophase", "anaphase", "metaphase"].map { .string(id(.ordering, $0)) }), .numeric: 46,
            ]
            let result: SubmissionView = try await client.post(
                "/quizzes/\(quiz.id)/submissions", json: try body(quiz, answers)
            ).json()
            let points = Dictionary(
                uniqueKeysWithValues: zip(quiz.questions?.map(\.questionType) ?? [], result.results.map(\.points)))
            #expect(
                points[.multipleChoice] == 0 && points[.multipleResponse] == 0 && points[.trueFalse] == 1 && points[.numeric] == 1)
            #expect(points[.cloze] == 0.5 && points[.matching] == 0.5)
            #expect(abs((points[.ordering] ?? 0) - 1.0 / 3) < 1e-9)
            #expect(result.undecided == 1 && result.results.first { $0.verdict == .ask }?.points == 0)
        }
        #expect(AnswerMarking.share(of: [0], right: [0, 2], of: 4) == 0.5)
        #expect(AnswerMarking.share(of: [0, 1, 2, 3], right: [0, 2], of: 4) == 0)
        #expect(AnswerMarking.share(of: [0, 2, 3], right: [0, 2], of: 5) > 0.6)
    }

    @Test(arguments: Dialect.allCases) func `what is uncertain is the student's to say, and both judgements are kept`(
        _ dialect: Dialect
    ) async throws {
        try await QuizStage.with(dialect) { stage in
            let (client, quiz) = (stage.client(), try await stage.quizOfEachKind())
            let result: SubmissionView = try await client.post(
                "/quizzes/\(quiz.id)/submissions",
                json: try body(quiz, [.shortAnswer: "the chlorophyll pigment", .trueFalse: "false"])
            ).json()
            let asked = try #require(result.results.first { $0.verdict == .ask })
            let path = "/quizzes/\(quiz.id)/submissions/\(result.id)"
            let decided: AnswerResult = try await client.post("\(path)/answers/\(asked.questionID)", json: #"{"correct": true}"#)
                .json()
            #expect(decided.correct && decided.judgedBy == .student && decided.before?.verdict == .ask)
            let wrong = try #require(result.results.first { $0.reason == .differs })
            let disagreed: AnswerResult = try await client.post(
                "\(path)/answers/\(wrong.questionID)", json: #"{"correct": true, "remark": "They respire."}"#
            ).json()
            #expect(disagreed.correct && disagreed.before?.verdict == .wrong && disagreed.remark == "They respire.")
            let now: SubmissionView = try await client.get(path).json()
            #expect(now.score == 2 && now.undecided == 0)
            #expect(try await stage.client("ben").get(path).status == 404)
        }
    }

    @Test(arguments: Dialect.allCases) func `an attempt is saved as it goes, and goes on elsewhere`(_ dialect: Dialect) async throws
    {
        try await QuizStage.with(dialect) { stage in
            let (client, quiz) = (stage.client(), try await stage.quizOfEachKind())
            let begun: AttemptView = try await client.post("/quizzes/\(quiz.id)/attempts", json: #"{"mode": "exam"}"#).json()
            let path = "/quizzes/\(quiz.id)/attempts/\(begun.id)"
            let ids = quiz.questions?.map(\.id) ?? []
            #expect(try await client.patch(path, json: #"{"answers": {"\#(ids[0])": "b"}, "position": 1}"#).status == 200)
            #expect(
                try await client.patch(path, json: #"{"answers": {"\#(ids[2])": "true"}, "flags": {"\#(ids[1])": true}}"#).status
                    == 200)
            let elsewhere: AttemptView = try await client.post("/quizzes/\(quiz.id)/attempts", json: "{}").json()
            #expect(elsewhere.id == begun.id && elsewhere.mode == .exam && elsewhere.position == 1)
            #expect(
                elsewhere.answers?[0].answer == "b" && elsewhere.answers?[2].answer == "true"
                    && elsewhere.answers?[1].isFlagged == true)
            #expect(elsewhere.questions?.allSatisfy { $0.correctAnswer == nil } == true)
            #expect(try await client.post("\(path)/check", json: #"{"question_id": "\#(ids[0])", "answer": "b"}"#).status == 409)
            let done: SubmissionView = try await client.post(
                "/quizzes/\(quiz.id)/submissions", json: #"{"attempt_id": "\#(begun.id)", "answers": {"\#(ids[7])": "46"}}"#
            ).json()
            #expect(done.score == 3 && done.id == begun.id)
            let again: SubmissionView = try await client.post(
                "/quizzes/\(quiz.id)/submissions", json: #"{"attempt_id": "\#(begun.id)", "answers": {"\#(ids[7])": "1"}}"#
            ).json()
            #expect(again.score == 3)
            #expect(try await client.patch(path, json: #"{"position": 0}"#).status == 409)
            let events = try await stage.database.read(as: .system) {
                try await $0.query("SELECT event_type FROM events WHERE event_type = 'quiz.submitted'")
            }
            #expect(events.count == 1)
        }
    }

    @Test func `in practice the first answer counts, and is judged at once`() async throws {
        try await QuizStage.with(.sqlite) { stage in
            let (client, quiz) = (stage.client(), try await stage.quizOfEachKind())
            let begun: AttemptView = try await client.post("/quizzes/\(quiz.id)/attempts", json: "{}").json()
            let first = try #require(quiz.questions?.first)
            let path = "/quizzes/\(quiz.id)/attempts/\(begun.id)"
            let wrong: AnswerResult = try await client.post(
                "\(path)/check", json: #"{"question_id": "\#(first.id)", "answer": "a"}"#
            ).json()
            #expect(!wrong.correct && wrong.correctAnswer == "b" && wrong.correctText == "Mitochondrion")
            let again: AnswerResult = try await client.post(
                "\(path)/check", json: #"{"question_id": "\#(first.id)", "answer": "b"}"#
            ).json()
            #expect(!again.correct && again.answer == "a")
            // An edit of the question changes nothing of the attempt.
            let key = #"{"key": {"choices": [{"text": "Nucleus", "is_correct": true}, {"text": "Vacuole", "is_correct": false}]}}"#
            #expect(try await client.patch("/quiz-questions/\(first.id)", json: key).status == 200)
            let open: AttemptView = try await client.get(path).json()
            #expect(open.questions?.first?.options?.count == 3 && open.answers?.first?.result?.correct == false)
        }
    }

    @Test func `when the time is over, what is saved is handed in`() async throws {
        try await QuizStage.with(.sqlite) { stage in
            let (client, quiz) = (stage.client(), try await stage.quizOfEachKind())
            let begun: AttemptView = try await client.post(
                "/quizzes/\(quiz.id)/attempts", json: #"{"mode": "exam", "time_limit": 60}"#
            ).json()
            let path = "/quizzes/\(quiz.id)/attempts/\(begun.id)"
            let ids = quiz.questions?.map(\.id) ?? []
            #expect(try await client.patch(path, json: #"{"answers": {"\#(ids[0])": "b"}}"#).status == 200)
            stage.clock.move(80)
            #expect(try await client.patch(path, json: #"{"answers": {"\#(ids[2])": "true"}}"#).status == 200)
            let over: AttemptView = try await client.get(path).json()
            #expect(!over.isOpen && over.score == 1)
        }
    }

    @Test func `mistakes make a quiz, and topics tell what is known`() async throws {
        try await QuizStage.with(.sqlite) { stage in
            let client = stage.client()
            let ids = try await [("Cells", "a"), ("Cells", "b"), ("Light", "c")].asyncMap { topic, stem in
                var draft = QuestionDraft(.trueFalse, stem, .truth(true))
                draft.topic = topic
                return try await stage.bank.add(draft, to: nil, user: stage.ann).id.description
            }
            let quiz: QuizView = try await client.post(
                "/quizzes", json: #"{"question_ids": ["\#(ids.joined(separator: "\", \""))"]}"#
            ).json()
            for round in 0..<4 {
                stage.clock.move(3_600)
                let light = round == 3 ? "true" : "false"
                let body =
                    #"{"answers": {"\#(ids[0])": "true", "\#(ids[1])": "\#(round.isMultiple(of: 2))", "\#(ids[2])": "\#(light)"}}"#
                #expect(try await client.post("/quizzes/\(quiz.id)/submissions", json: body).status == 201)
            }
            let topics = try await client.get("/quizzes/statistics").json(MasteryView.self).topics
            #expect(topics.map(\.topic) == ["Light", "Cells"] && topics[0].history.count == 4 && topics[0].answers == 4)
            #expect(topics[0].mastery > topics[0].history[2].mastery && topics[0].mastery < 0.5 && topics[1].mastery > 0.6)
            let figures = try await client.get("/quizzes/\(quiz.id)/statistics").json(QuizFigures.self).questions
            let byID = Dictionary(uniqueKeysWithValues: figures.map { ($0.questionID, $0) })
            #expect(byID[ids[0]]?.facility == 1 && byID[ids[0]]?.discrimination == nil && byID[ids[2]]?.facility == 0.25)
            #expect(byID[ids[1]]?.discrimination.map { $0 < 0 } == true)
            let mistakes: QuizView = try await client.post("/quizzes", json: #"{"from_mistakes": true}"#).json()
            #expect(mistakes.questions?.map(\.id) == [ids[1]])
            #expect(try await stage.client("ben").post("/quizzes", json: #"{"from_mistakes": true}"#).status == 422)
        }
    }

    @Test(arguments: Dialect.allCases) func `the card of a missed question moves its topic, until the answer is taken back`(
        _ dialect: Dialect
    ) async throws {
        try await QuizStage.with(dialect) { stage in
            let client = stage.client()
            var draft = QuestionDraft(.trueFalse, "Plants breathe.", .truth(true))
            draft.topic = "Plants"
            let id = try await stage.bank.add(draft, to: nil, user: stage.ann).id
            let quiz: QuizView = try await client.post("/quizzes", json: #"{"question_ids": ["\#(id)"]}"#).json()
            #expect(try await client.post("/quizzes/\(quiz.id)/submissions", json: #"{"answers": {}}"#).status == 201)
            func mastery() async throws -> MasteryView.Topic? {
                try await client.get("/quizzes/statistics").json(MasteryView.self).topics.first
            }
            let missed = try #require(try await mastery()).mastery
            let store = RecallStore()
            let topic = try await stage.database.read(as: .user(stage.ann)) {
                try await store.topic(of: id, user: stage.ann, in: $0)
            }
            #expect(topic == "Plants")
            @Sendable func recall(_ rating: Int, _ state: String) -> Recall {
                stage.clock.move(86_400)
                return Recall(
                    id: RecallID(UUID()), question: id, topic: "Plants", share: Recall.share(ofRating: rating),
                    weight: Recall.weight(ofState: state), at: stage.clock.now)
            }
            func keep(_ recall: Recall) async throws {
                try await stage.database.transaction(as: .user(stage.ann)) {
                    try await store.insert(recall, user: stage.ann, in: $0)
                    try await store.insert(recall, user: stage.ann, in: $0)
                }
            }
            let first = recall(3, "new")
            try await keep(first)
            let learned = try #require(try await mastery())
            #expect(learned.mastery > missed && learned.answers == 2 && learned.history.count == 2)
            try await keep(recall(3, "review"))
            let kept = try #require(try await mastery()).mastery
            #expect(kept - learned.mastery > learned.mastery - missed)
            try await stage.database.transaction(as: .user(stage.ann)) {
                try await store.undo(first, user: stage.ann, in: $0)
                // Told in the other order, it comes to the same.
                let late = recall(1, "review")
                try await store.undo(late, user: stage.ann, in: $0)
                try await store.insert(late, user: stage.ann, in: $0)
            }
            #expect(try await mastery()?.answers == 2)
            #expect(try await stage.client("ben").get("/quizzes/statistics").json(MasteryView.self).topics.isEmpty)
        }
    }
}

extension Array {
    fileprivate func asyncMap<Value>(_ transform: (Element) async throws -> Value) async rethrows -> [Value] {
        var found: [Value] = []
        for element in self { found.append(try await transform(element)) }
        return found
    }
}
