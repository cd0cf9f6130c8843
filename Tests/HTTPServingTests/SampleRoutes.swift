import Ambient
import Failures
import FoundationEssentials
import HTTPServing

struct Card: APIType, Equatable {
    var id: UserID
    var front: String
    var tags: [String]
    var level: Level
    var due: String?

    static var constraints: [Constraint<Card>] { [.describe("front", "What is asked.")] }
}

enum Level: String, Codable, Sendable, CaseIterable { case easy, hard }

struct NewCard: APIType {
    var front: String
    var email: String?
    var level: Level
    var count: Int
    var links: [Link]?

    struct Link: APIType {
        var url: String
        var title: String?
        static var constraints: [Constraint<Link>] { [.format(\.url, "url", .url)] }
    }

    static var constraints: [Constraint<NewCard>] {
        [
            .length(\.front, "front", 3...20), .format(\.email, "email", .email), .range(\.count, "count", 1...10),
            .describe("front", "What is asked."),
            .check("links") { ($0.links?.count ?? 0) > 2 ? "must have at most 2 items" : nil },
        ]
    }
}

struct CardQuery: APIType {
    var page: PageQuery
    var level: Level?
    var tags: [String]

    init(from decoder: any Decoder) throws {
        page = try PageQuery(from: decoder)
        let container = try decoder.container(keyedBy: CodingKeys.self)
        level = try container.decodeIfPresent(Level.self, forKey: .level)
        tags = try container.decodeIfPresent([String].self, forKey: .tags) ?? []
    }

    enum CodingKeys: String, CodingKey { case page, level, tags }

    static var constraints: [Constraint<CardQuery>] { [.inlined(\.page)] }
}

struct SampleRoutes: RouteCollection {
    static let user = UserID(UUIDv7.make(at: .init(timeIntervalSince1970: 0)))

    var routes: [Route] {
        [
            .get("/cards", "Cards", tag: "Cards", access: .anyone, query: CardQuery.self, returns: Page<Card>.self) { call, query in
                Page(
                    data: [Card(id: Self.user, front: "a", tags: query.tags, level: query.level ?? .easy)], for: query.page,
                    total: 41)
            },
            .post(
                "/cards", "Make a card", tag: "Cards", access: .anyone, body: NewCard.self, returns: Card.self, status: 201,
                failures: [.conflict]
            ) { call, input in
                if input.front == "taken" { throw HTTPFailure(.conflict, "There is one already.", details: ["front": "is taken"]) }
                call.addHeader("Location", "/cards/1")
                return Card(id: Self.user, front: input.front, tags: [], level: input.level)
            },
            .get("/cards/:id", "One card", tag: "Cards", returns: Card.self) { call in
                let id: UserID = try call.parameter("id")
                return Card(id: id, front: try call.user().description, tags: [], level: .hard)
            },
            .delete("/cards/:id", "Throw it away", tag: "Cards", access: .administrator) { _ in },
            .get("/cards/special", "The special one", tag: "Cards", access: .anyone, returns: [String].self) { _ in ["special"] },
            .get("/words/:word", "A word", tag: "Words", access: .anyone, returns: [String].self) { call in
                [try call.parameter("word"), try call.query("q") ?? "-"]
            },
            .get("/files/*path", "A path", tag: "Words", access: .anyone, returns: [String].self) { [try $0.parameter("path")] },
            .get("/broken", "Fails", tag: "Words", access: .anyone, returns: [String].self, limit: .voice) { _ in throw Unforeseen()
            },
            .get("/long", "Much text", tag: "Words", access: .anyone, returns: [String].self) { _ in
                [String](repeating: "again and again", count: 500)
            },
        ]
    }

    struct Unforeseen: Error, CustomStringConvertible { var description: String { "secret detail" } }
}
