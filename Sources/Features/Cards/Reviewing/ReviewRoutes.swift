import Ambient
import Failures
import HTTPMessages
package import HTTPServing
package import Jobs
import Spacing

/// Learning cards over HTTP.
package struct ReviewRoutes: RouteCollection {
    private let service: ReviewService
    private let jobs: JobQueue

    package init(service: ReviewService, jobs: JobQueue) {
        self.service = service
        self.jobs = jobs
    }

    package var routes: [Route] { [due, review, undo, statistics, settings, set, parameters, fit] }

    private static let tag = "Reviews"

    private var due: Route {
        Route.get(
            "/reviews/due", "List what is to be reviewed now", tag: Self.tag, query: DueQuery.self, returns: DueCardList.self,
            failures: [.notFound]
        ) { call, query in
            let filter = CardFilter(deck: query.deckID, course: query.courseID, tag: query.tag)
            return DueCardList(
                try await service.due(filter, ahead: query.ahead ?? false, user: try call.user(), limit: query.limit ?? 50))
        }
        .described(
            "In its order: what is being learned and due, then reviews with new cards between them, and last what is being learned and due within twenty minutes."
        )
    }

    private var review: Route {
        Route.post(
            "/reviews", "Answer a card", tag: Self.tag, body: NewReview.self, returns: ReviewedView.self,
            failures: [.validationFailed, .unprocessable, .conflict]
        ) { call, body in
            let outcome = try await service.review(body.answer, user: try call.user())
            return ReviewedView(outcome.reviewID, outcome.written.card)
        }
        .described("What comes late is put in its place among the other answers to the card.")
    }

    private var undo: Route {
        Route.post(
            "/reviews/:id/undo", "Take an answer back", tag: Self.tag, returns: ReviewedView.self, failures: [.notFound]
        ) { call in
            let id: ReviewID = try call.parameter("id")
            return ReviewedView(id, try await service.undo(id, user: try call.user()).card)
        }
        .described("The card is as it would be without it. Taken back again, nothing changes.")
    }

    private var statistics: Route {
        Route.get(
            "/reviews/statistics", "Show how your learning goes", tag: Self.tag, query: StatisticsQuery.self,
            returns: StudyStatistics.self, failures: [.notFound]
        ) { call, query in
            try await service.statistics(days: query.days ?? 90, deck: query.deckID, user: try call.user())
        }
    }

    private var settings: Route {
        Route.get("/reviews/settings", "Show how you learn", tag: Self.tag, returns: StudySettings.self) { call in
            try await service.settings(of: try call.user()).settings
        }
    }

    private var set: Route {
        Route.patch(
            "/reviews/settings", "Say how you want to learn", tag: Self.tag, body: StudySettingsChange.self,
            returns: StudySettings.self
        ) { call, body in
            try await service.changeSettings(of: try call.user()) { body.apply(to: &$0) }
        }
    }

    private var parameters: Route {
        Route.get("/reviews/parameters", "Show how your memory is foretold", tag: Self.tag, returns: ParametersView.self) { call in
            ParametersView(try await service.settings(of: try call.user()).fitted)
        }
    }

    private var fit: Route {
        Route.post(
            "/reviews/parameters", "Fit when cards come back to your own reviews", tag: Self.tag, returns: FitRequest.self,
            status: 202
        ) { call in
            let user = try call.user()
            return FitRequest(jobID: try await jobs.enqueue(CardJobs.fit, .init(), user: user, uniqueKey: user.description))
        }
        .described(
            "The job that is named does it; with fewer than \(ParameterFit.fewest) reviews of another day than the one before it leaves things as they are."
        )
    }
}
