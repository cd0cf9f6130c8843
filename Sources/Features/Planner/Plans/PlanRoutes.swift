import Failures
package import HTTPServing

/// Plans over HTTP.
package struct PlanRoutes: RouteCollection {
    private let service: PlanService

    package init(service: PlanService) { self.service = service }

    package var routes: [Route] { [plan, show, dismiss, settings] }

    private static let tag = "Planner"

    private var plan: Route {
        Route.post(
            "/planner/plan", "Plan when to study what", tag: Self.tag, body: PlanWishes.self, returns: PlanView.self,
            failures: [.validationFailed]
        ) { call, body in
            PlanView(try await service.plan(try body.wishes(), user: try call.user()))
        }
        .described(
            """
            Blocks to come are replaced, missed ones are planned anew; what is completed, and what you moved, stays. What you leave out \
            is as you wanted it the last time. The same calendar, cards and answers have the same plan.
            """)
    }

    private var show: Route {
        Route.get("/planner/plan", "Show what is planned from now on", tag: Self.tag, returns: PlanView.self) { call in
            PlanView(try await service.standing(of: try call.user()))
        }
        .described("With what the last plan had no room for, until that is dismissed.")
    }

    private var dismiss: Route {
        Route.delete("/planner/plan/missing", "Dismiss what the last plan had no room for", tag: Self.tag) { call in
            try await service.dismissGaps(of: try call.user())
        }
    }

    private var settings: Route {
        Route.get("/planner/settings", "Show how you are planned for", tag: Self.tag, returns: PlannerSettingsView.self) { call in
            PlannerSettingsView(try await service.settings(of: try call.user()))
        }
    }
}
