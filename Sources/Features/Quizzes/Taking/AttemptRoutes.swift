import Ambient
import Failures
import HTTPMessages
package import HTTPServing

/// Going through quizzes over HTTP.
package struct AttemptRoutes: RouteCollection {
    private let service: AttemptService

    package init(service: AttemptService) { self.service = service }

    package var routes: [Route] { [begin, list, show, save, check, leave, submit, submissions, submission, decide] }

    private static let tag = "Quiz taking"

    private var begin: Route {
        Route.post(
            "/quizzes/:id/attempts", "Begin a quiz, or go on with it", tag: Self.tag, body: NewAttempt.self,
            returns: AttemptView.self,
            status: 201, failures: [.notFound, .conflict]
        ) { call, body in
            AttemptView(
                try await service.begin(
                    try call.parameter("id"), mode: body.mode ?? .practice, seconds: body.timeLimit, anew: body.restart ?? false,
                    user: try call.user()))
        }
        .described("There is one open attempt at a quiz, on all devices.")
    }

    private var list: Route {
        Route.get(
            "/quizzes/:id/attempts", "List your attempts at a quiz", tag: Self.tag, query: PageQuery.self,
            returns: Page<AttemptView>.self, failures: [.notFound]
        ) { call, query in
            let found = try await service.list(
                of: try call.parameter("id"), open: nil, user: try call.user(), offset: query.offset, limit: query.limit)
            return Page(data: found.attempts.map { AttemptView($0, short: true) }, for: query, total: found.total)
        }
    }

    private var show: Route {
        Route.get(
            "/quizzes/:id/attempts/:attempt", "Show an attempt", tag: Self.tag, returns: AttemptView.self, failures: [.notFound]
        ) { call in
            AttemptView(
                try await service.attempt(try call.parameter("attempt"), of: try call.parameter("id"), user: try call.user()))
        }
    }

    private var save: Route {
        Route.patch(
            "/quizzes/:id/attempts/:attempt", "Save what is answered so far", tag: Self.tag, body: AttemptChange.self,
            returns: AttemptView.self, failures: [.notFound, .conflict]
        ) { call, body in
            var flags: [QuizQuestionID: Bool] = [:]
            for (id, flag) in body.flags ?? [:] { if let id = QuizQuestionID(id) { flags[id] = flag } }
            return AttemptView(
                try await service.save(
                    try call.parameter("attempt"), of: try call.parameter("id"), answers: AnswerForm.answers(body.answers),
                    flags: flags, position: body.position, user: try call.user()))
        }
        .described("Only what is named changes; of two devices the last that answered a question counts.")
    }

    private var check: Route {
        Route.post(
            "/quizzes/:id/attempts/:attempt/check", "Have one answer judged at once", tag: Self.tag, body: AnswerCheck.self,
            returns: AnswerResult.self, failures: [.notFound, .conflict]
        ) { call, body in
            guard let question = QuizQuestionID(body.questionID) else { throw QuizzesFailure.noQuestion }
            let (attempt, asked) = try await service.check(
                question, body.answer.flatMap(QuizAnswer.init), in: try call.parameter("attempt"), of: try call.parameter("id"),
                user: try call.user())
            guard let answer = attempt.answers[question], let judgement = answer.judgement else { throw QuizzesFailure.noAttempt }
            return AnswerResult(asked, answer, judgement)
        }
        .described("In practice only. The first answer to a question is the one that counts.")
    }

    private var leave: Route {
        Route.delete(
            "/quizzes/:id/attempts/:attempt", "Delete an attempt", tag: Self.tag, failures: [.notFound]
        ) { call in
            try await service.leave(try call.parameter("attempt"), of: try call.parameter("id"), user: try call.user())
        }
    }

    private var submit: Route {
        Route.post(
            "/quizzes/:id/submissions", "Hand in answers", tag: Self.tag, body: NewSubmission.self, returns: SubmissionView.self,
            status: 201, failures: [.notFound, .conflict]
        ) { call, body in
            let (quiz, user): (QuizID, UserID) = (try call.parameter("id"), try call.user())
            let answers = AnswerForm.answers(body.answers)
            let attempt =
                if let id = body.attemptID.flatMap({ AttemptID($0) }) {
                    try await service.submit(id, of: quiz, answers: answers, user: user)
                } else {
                    try await service.submit(
                        answers, to: quiz,
                        client: body.id ?? call.request.headers["Idempotency-Key"].map { String($0.prefix(100)) },
                        user: user)
                }
            call.addHeader("Location", "/api/v1/quizzes/\(quiz)/submissions/\(attempt.id)")
            return SubmissionView(attempt)
        }
        .described(
            "The same `id` twice (or the header Idempotency-Key, or the same attempt) counts once, and gives the same result.")
    }

    private var submissions: Route {
        Route.get(
            "/quizzes/:id/submissions", "List your results of a quiz", tag: Self.tag, query: PageQuery.self,
            returns: Page<AttemptView>.self, failures: [.notFound]
        ) { call, query in
            let found = try await service.list(
                of: try call.parameter("id"), open: false, user: try call.user(), offset: query.offset, limit: query.limit)
            return Page(data: found.attempts.map { AttemptView($0, short: true) }, for: query, total: found.total)
        }
    }

    private var submission: Route {
        Route.get(
            "/quizzes/:id/submissions/:submission", "Show what came of a quiz", tag: Self.tag, returns: SubmissionView.self,
            failures: [.notFound, .conflict]
        ) { call in
            let attempt = try await service.attempt(
                try call.parameter("submission"), of: try call.parameter("id"), user: try call.user())
            guard !attempt.isOpen else { throw QuizzesFailure.notSubmitted }
            return SubmissionView(attempt)
        }
    }

    private var decide: Route {
        Route.post(
            "/quizzes/:id/submissions/:submission/answers/:question", "Say that an answer is right, or is not", tag: Self.tag,
            body: AnswerDecision.self, returns: AnswerResult.self, failures: [.notFound, .conflict]
        ) { call, body in
            let question: QuizQuestionID = try call.parameter("question")
            let attempt = try await service.decide(
                question, isRight: body.correct, remark: body.remark?.trimmed, in: try call.parameter("submission"),
                of: try call.parameter("id"), user: try call.user())
            guard let asked = attempt.questions.first(where: { $0.id == question }), let answer = attempt.answers[question],
                let judgement = answer.judgement
            else { throw QuizzesFailure.noQuestion }
            return AnswerResult(asked, answer, judgement)
        }
        .described("For what could not be judged with certainty, and where you disagree. Both judgements are kept; yours counts.")
    }
}
