import Ambient
import Courses
import Failures
import HTTPMessages
package import HTTPServing
import Questions
import TypedText

/// Quizzes over HTTP.
package struct QuizRoutes: RouteCollection {
    private let service: QuizService
    private let bank: QuestionBank

    package init(service: QuizService, bank: QuestionBank) {
        self.service = service
        self.bank = bank
    }

    package var routes: [Route] { [list, make, show, change, remove, regenerate, stop, copy, add, leaveOut] }

    static let tag = "Quizzes"

    private var list: Route {
        Route.get("/quizzes", "List your quizzes", tag: Self.tag, query: PagedQuery<QuizQuery>.self, returns: Page<QuizView>.self) {
            call, query in
            let found = try await service.list(
                course: query.filter.courseID.flatMap { CourseID($0) }, reach: query.filter.reach, user: try call.user(),
                offset: query.paging.offset, limit: query.paging.limit)
            return Page(data: found.list.map(QuizView.init), for: query.paging, total: found.total)
        }
        .described("The newest first.")
    }

    private var make: Route {
        Route.post(
            "/quizzes", "Have a quiz made", tag: Self.tag, body: NewQuiz.self, returns: QuizView.self, status: 202,
            failures: [.validationFailed, .notFound, .conflict, .unprocessable]
        ) { call, body in
            let user = try call.user()
            let title = body.title?.oneLine
            let course = body.courseID.flatMap { CourseID($0) }
            let whole =
                if let ids = body.questionIDs {
                    try await service.assemble(
                        ids.compactMap { QuizQuestionID($0) }, title: title ?? "Quiz", course: course, user: user)
                } else if body.fromMistakes == true {
                    try await service.fromMistakes(count: body.count ?? 20, title: title ?? "Mistakes", course: course, user: user)
                } else {
                    try await service.generate(body.wish, title: title, user: user)
                }
            call.addHeader("Location", "/api/v1/quizzes/\(whole.quiz.id)")
            return QuizView(whole)
        }
        .described(
            "Questions are made by the job named there, and are in the quiz as soon as they are made. What is put together of questions that there are is ready at once."
        )
    }

    private var show: Route {
        Route.get(
            "/quizzes/:id", "Show a quiz", tag: Self.tag, query: QuizShowQuery.self, returns: QuizView.self, failures: [.notFound]
        ) { call, query in
            let whole = try await service.readable(try call.parameter("id"), user: try call.user())
            let wantsAnswers = query.include?.split(separator: ",").contains("answers") ?? false
            return QuizView(whole, withAnswers: wantsAnswers && whole.sharing == nil)
        }
        .described("Yours, or one that is shared with you; of that one you learn what is right by taking it.")
    }

    private var change: Route {
        Route.patch(
            "/quizzes/:id", "Rename a quiz, or give it to its course", tag: Self.tag, body: QuizChange.self, returns: QuizView.self,
            failures: [.notFound, .forbidden, .conflict]
        ) { call, body in
            QuizView(
                try await service.change(
                    try call.parameter("id"), title: body.title?.oneLine, isForCourse: body.forCourse, user: try call.user()))
        }
    }

    private var remove: Route {
        Route.raw(
            .delete, "/quizzes/:id", "Delete a quiz", tag: Self.tag, query: QuizDeletion.self, status: 204,
            failures: [.notFound, .forbidden]
        ) { call in
            let query = try call.query(as: QuizDeletion.self)
            try await service.delete(
                try call.parameter("id"), keepsQuestions: query.questions == .keep, user: try call.user())
            return HTTPResponse(status: 204)
        }
        .described("With its results, and the questions that no other quiz asks.")
    }

    private var regenerate: Route {
        Route.post(
            "/quizzes/:id/regenerate", "Make a quiz anew", tag: Self.tag, body: QuizRegeneration.self, returns: QuizView.self,
            status: 202, failures: [.notFound, .forbidden, .conflict]
        ) { call, body in
            QuizView(
                try await service.regenerate(
                    try call.parameter("id"), count: body.count, tier: body.tier, user: try call.user()))
        }
        .described("Questions that you wrote or edited stay. Results keep what was asked.")
    }

    private var stop: Route {
        Route.post(
            "/quizzes/:id/stop", "Stop the making of a quiz", tag: Self.tag, returns: QuizView.self,
            failures: [.notFound, .forbidden]
        ) { call in QuizView(try await service.stop(try call.parameter("id"), user: try call.user())) }
        .described("What is made so far can be asked.")
    }

    private var copy: Route {
        Route.post(
            "/quizzes/:id/copy", "Copy a quiz into your own", tag: Self.tag, returns: QuizView.self, status: 201,
            failures: [.notFound, .conflict]
        ) { call in
            let whole = try await service.copy(try call.parameter("id"), user: try call.user())
            call.addHeader("Location", "/api/v1/quizzes/\(whole.quiz.id)")
            return QuizView(whole, withAnswers: true)
        }
        .described(
            "Also one that is shared with you: its questions are in your bank then. What you may not open is quoted in the explanation."
        )
    }

    private var add: Route {
        Route.post(
            "/quizzes/:id/questions", "Add a question to a quiz", tag: Self.tag, body: QuizAddition.self, returns: QuizView.self,
            status: 201, failures: [.notFound, .forbidden, .unprocessable]
        ) { call, body in
            let (id, user): (QuizID, UserID) = (try call.parameter("id"), try call.user())
            if let question = body.question {
                _ = try await bank.add(try question.draft(), to: id, user: user)
            } else if let question = body.questionID.flatMap({ QuizQuestionID($0) }) {
                _ = try await service.add(question, to: id, user: user)
            }
            return QuizView(try await service.whole(id, user: user), withAnswers: true)
        }
    }

    private var leaveOut: Route {
        Route.delete(
            "/quizzes/:id/questions/:question", "Take a question out of a quiz", tag: Self.tag,
            failures: [.notFound, .forbidden]
        ) { call in
            try await service.remove(try call.parameter("question"), from: try call.parameter("id"), user: try call.user())
        }
        .described("It stays in your bank.")
    }
}
