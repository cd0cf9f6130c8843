import Ambient
import Failures
import HTTPMessages
package import HTTPServing
import Questions

/// The bank of questions over HTTP.
package struct QuestionRoutes: RouteCollection {
    private let bank: QuestionBank

    package init(bank: QuestionBank) { self.bank = bank }

    package var routes: [Route] { [list, tags, make, show, change, remove] }

    private static let tag = "Questions"

    private var list: Route {
        Route.get(
            "/quiz-questions", "Search your questions", tag: Self.tag, query: PagedQuery<QuestionQuery>.self,
            returns: Page<QuestionView>.self
        ) { call, query in
            let found = try await bank.list(
                query.filter.search, user: try call.user(), offset: query.paging.offset, limit: query.paging.limit)
            return Page(
                data: found.questions.map { QuestionView($0, withAnswer: true) }, for: query.paging, total: found.total)
        }
        .described("The newest first, with their answers.")
    }

    private var tags: Route {
        Route.get("/quiz-questions/tags", "List the tags of your questions", tag: Self.tag, returns: TagList.self) { call in
            let found = try await bank.tags(user: try call.user())
            return TagList(
                tags: found.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { TagCount(tag: $0.key, count: $0.value) })
        }
    }

    private var make: Route {
        Route.post(
            "/quiz-questions", "Write a question", tag: Self.tag, body: NewQuestion.self, returns: QuestionView.self, status: 201,
            failures: [.validationFailed]
        ) { call, body in
            let question = try await bank.add(try body.draft(), to: nil, user: try call.user())
            call.addHeader("Location", "/api/v1/quiz-questions/\(question.id)")
            return QuestionView(question, withAnswer: true)
        }
        .described("It is in your bank; a quiz that is to ask it takes it by `POST /quizzes/{id}/questions`.")
    }

    private var show: Route {
        Route.get(
            "/quiz-questions/:id", "Show a question of yours", tag: Self.tag, returns: QuestionView.self, failures: [.notFound]
        ) { call in
            QuestionView(try await bank.question(try call.parameter("id"), user: try call.user()), withAnswer: true)
        }
    }

    private var change: Route {
        Route.patch(
            "/quiz-questions/:id", "Edit, tag or flag a question", tag: Self.tag, body: QuestionChange.self,
            returns: QuestionView.self, failures: [.notFound, .conflict]
        ) { call, body in
            let (id, user): (QuizQuestionID, UserID) = (try call.parameter("id"), try call.user())
            var content: QuestionContent?
            if let key = body.key {
                let kind = if let given = body.questionType { given } else { try await bank.question(id, user: user).kind }
                content = try key.content(kind)
            }
            let changed = try await bank.change(
                id, version: body.version, tags: body.tags.map(Tags.clean), isFlagged: body.isFlagged, user: user
            ) { [content] in body.apply(to: &$0, content: content) }
            return QuestionView(changed, withAnswer: true)
        }
        .described("What is edited stays when its quiz is made anew. Results keep what was asked.")
    }

    private var remove: Route {
        Route.delete("/quiz-questions/:id", "Delete a question", tag: Self.tag, failures: [.notFound]) { call in
            try await bank.delete(try call.parameter("id"), user: try call.user())
        }
        .described("From every quiz that asks it too. Results keep what was asked.")
    }
}
