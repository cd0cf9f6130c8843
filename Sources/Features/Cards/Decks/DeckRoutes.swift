import Ambient
import Failures
import HTTPMessages
package import HTTPServing

/// Decks over HTTP.
package struct DeckRoutes: RouteCollection {
    private let service: DeckService

    package init(service: DeckService) { self.service = service }

    package var routes: [Route] { [list, create, show, update, remove] }

    private static let tag = "Cards"

    private var list: Route {
        Route.get("/decks", "List your decks by name", tag: Self.tag, query: DeckQuery.self, returns: Page<DeckView>.self) {
            call, query in
            let decks = try await service.list(course: query.courseID, user: try call.user())
            let page = decks.dropFirst(query.paging.offset).prefix(query.paging.limit)
            return Page(data: page.map { DeckView($0) }, for: query.paging, total: decks.count)
        }
    }

    private var create: Route {
        Route.post(
            "/decks", "Make a deck", tag: Self.tag, body: NewDeck.self, returns: DeckView.self, status: 201,
            failures: [.validationFailed, .unprocessable]
        ) { call, body in
            let made = try await service.create(
                body.name, course: body.courseID, retention: body.retention, user: try call.user())
            call.addHeader("Location", "/api/v1/decks/\(made.deck.id)")
            return DeckView(made)
        }
    }

    private var show: Route {
        Route.get("/decks/:id", "Show a deck", tag: Self.tag, returns: DeckView.self, failures: [.notFound]) { call in
            DeckView(try await service.deck(try call.parameter("id"), user: try call.user()))
        }
    }

    private var update: Route {
        Route.patch(
            "/decks/:id", "Change a deck", tag: Self.tag, body: DeckChange.self, returns: DeckView.self,
            failures: [.notFound, .unprocessable]
        ) { call, body in
            DeckView(try await service.change(try call.parameter("id"), body.change, user: try call.user()))
        }
    }

    private var remove: Route {
        Route.delete("/decks/:id", "Delete a deck and its cards", tag: Self.tag, failures: [.notFound]) { call in
            try await service.delete(try call.parameter("id"), user: try call.user())
        }
    }
}
