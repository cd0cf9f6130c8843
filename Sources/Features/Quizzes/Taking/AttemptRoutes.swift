import Ambient
import Failures
import HTTPMessages
package import HTTPServing
import TypedText

/// Going through quizzes over HTTP.
package struct AttemptRoutes: RouteCollection {
    private let service: AttemptService

    package init(service: AttemptService) { self.service = service }

    package var routes: [Route] { [begin, list, show, save, check, leave, submit, submissions, submission, decide, rejudge] }

    private static let tag = "Quiz taking"

    private func view(_ attempt: Attempt) async throws -> AttemptView {
        AttemptView(attempt, open: try await service.sources(of: attempt))
    }

    private func result(_ question: QuizQuestion, _ attempt: Attempt) async throws -> AnswerResult {
        guard let answer = attempt.answers[question.id], let judgement = answer.judgement else { throw QuizzesFailure.noAttempt }
        return AnswerResult(
            question, answer, judgement, open: try await service.sources(of: attempt),
            canRejudge: service.marking.canRejudge(question, answer))
    }

    private func submission(_ attempt: Attempt) async throws -> SubmissionView {
        SubmissionView(attempt, open: try await service.sources(of: attempt), canRejudge: service.marking.canRejudge)
    }

    private var begin: Route {
        Route.post(
            "/quizzes/:id/attempts", "Begin a quiz, or go on with it", tag: Self.tag, body: NewAttempt.self,
            returns: AttemptView.self,
            status: 201, failures: [.notFound, .conflict]
        ) { call, body in
            try await view(
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
            try await view(
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
            return try await view(
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
            return try await result(asked, attempt)
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
            return try await submission(attempt)
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
            return try await submission(attempt)
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
            guard let asked = attempt.questions.first(where: { $0.id == question }) else { throw QuizzesFailure.noQuestion }
            return try await result(asked, attempt)
        }
        .described("For what could not be judged with certainty, and where you disagree. Both judgements are kept; yours counts.")
    }

    private var rejudge: Route {
        Route.post(
            "/quizzes/:id/submissions/:submission/answers/:question/judgements", "Have a typed answer looked at again",
            tag: Self.tag,
            body: AnswerObjection.self, returns: AnswerResult.self, failures: [.notFound, .conflict, .unavailable]
        ) { call, body in
            let question: QuizQuestionID = try call.parameter("question")
            let attempt = try await service.rejudge(
                question, objection: body.remark?.trimmed ?? "", in: try call.parameter("submission"), of: try call.parameter("id"),
                user: try call.user())
            guard let asked = attempt.questions.first(where: { $0.id == question }) else { throw QuizzesFailure.noQuestion }
            return try await result(asked, attempt)
        }
        .described(
            "Where you disagree and a language model is there: it looks again, once, and says why. Both judgements are kept, and you may still decide."
        )
    }
}
