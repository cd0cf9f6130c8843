import Failures
package import HTTPServing

/// Taking back what made many events at once, over HTTP.
package struct UndoRoutes: RouteCollection {
    private let service: UndoService

    package init(service: UndoService) { self.service = service }

    package var routes: [Route] { [undo] }

    private var undo: Route {
        Route.post("/planner/undos/:id", "Take an import or a plan back", tag: "Planner", failures: [.notFound]) { call in
            try await service.undo(try call.parameter("id"), user: try call.user())
        }
        .parameter("id", "The `undo_id` that the import or the plan was answered with.")
        .described("Once, within thirty days. What was ticked off since stays.")
    }
}
