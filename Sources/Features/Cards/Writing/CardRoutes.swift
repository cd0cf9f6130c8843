import Ambient
import Failures
import HTTPMessages
package import HTTPServing

/// Cards over HTTP.
package struct CardRoutes: RouteCollection {
    private let service: CardService
    private let reviews: ReviewService

    package init(service: CardService, reviews: ReviewService) {
        self.service = service
        self.reviews = reviews
    }

    package var routes: [Route] { [list, create, createMany, tags, show, history, update, remove] }

    private static let tag = "Cards"

    private var list: Route {
        Route.get("/cards", "List your cards", tag: Self.tag, query: PagedQuery<CardQuery>.self, returns: Page<CardView>.self) {
            call, query in
            let (cards, total) = try await service.list(
                query.filter.search, user: try call.user(), offset: query.paging.offset, limit: query.paging.limit)
            return Page(data: cards.map { CardView($0) }, for: query.paging, total: total)
        }
        .described("The latest written first; the cards of one text stand together.")
    }

    private var create: Route {
        Route.post(
            "/cards", "Write a card", tag: Self.tag, body: NewCard.self, returns: CardView.self, status: 201,
            failures: [.validationFailed, .unprocessable, .conflict]
        ) { call, body in
            let made = try await service.create(body.draft, deck: body.deckID, user: try call.user())
            guard let first = made.first else { throw CardsFailure.noCard }
            call.addHeader("Location", "/api/v1/cards/\(first.card.id)")
            return CardView(first)
        }
        .described(
            "`reversed` makes a second card that asks the other way; `cloze` one for each number of its gaps, as in `{{c1::ATP}}`. The answer is the first of them."
        )
    }

    private var createMany: Route {
        Route.post(
            "/cards/batch", "Write several cards", tag: Self.tag, body: NewCards.self, returns: MadeCards.self, status: 201,
            failures: [.validationFailed, .unprocessable, .conflict]
        ) { call, body in
            let made = try await service.create(body.drafts, deck: body.deckID, user: try call.user())
            return MadeCards(deckID: body.deckID, made: made, known: body.cards.count - made)
        }
        .described("All of them or none. One whose `key` you have already is left as it is, in whichever deck it is.")
    }

    private var tags: Route {
        Route.get("/cards/tags", "List the tags of your cards", tag: Self.tag, query: TagQuery.self, returns: TagList.self) {
            call, query in
            let tags = try await service.tags(deck: query.deckID, user: try call.user())
            return TagList(
                data: tags.sorted { $0.key.lowercased() < $1.key.lowercased() }.map { TagView(tag: $0.key, count: $0.value) })
        }
    }

    private var show: Route {
        Route.get("/cards/:id", "Show a card", tag: Self.tag, returns: CardView.self, failures: [.notFound]) { call in
            CardView(try await service.card(try call.parameter("id"), user: try call.user()))
        }
    }

    private var history: Route {
        Route.get(
            "/cards/:id/reviews", "List the answers to a card", tag: Self.tag, returns: ReviewList.self, failures: [.notFound]
        ) { call in
            let list = try await reviews.history(of: try call.parameter("id"), user: try call.user())
            return ReviewList(data: list.map { ReviewView($0) })
        }
        .described("The latest hundred, the latest first.")
    }

    private var update: Route {
        Route.patch(
            "/cards/:id", "Edit a card, or set it aside", tag: Self.tag, body: CardChange.self, returns: CardView.self,
            failures: [.notFound, .validationFailed, .unprocessable]
        ) { call, body in
            CardView(try await service.change(try call.parameter("id"), body.change, user: try call.user()))
        }
        .described(
            "Sides, type, tags and deck are those of all cards of the same text. A gap that is taken out takes its card along; what is known of the others stays."
        )
    }

    private var remove: Route {
        Route.delete("/cards/:id", "Delete a card", tag: Self.tag, failures: [.notFound]) { call in
            try await service.delete(try call.parameter("id"), user: try call.user())
        }
        .described("With the other cards of the same text.")
    }
}
