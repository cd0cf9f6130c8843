import Accounts
import Ambient
import App
import Assembly
import Database
import Events
import Failures
import FoundationEssentials
import HTTPServing
import Jobs
import Settings

/// A feature that only the tests have, with everything that a feature may bring: bookmarks, and one made for each new document.
struct BookmarksFeature: Feature {
    static let limit = Setting.integer("LM_BOOKMARK_LIMIT", default: 3, in: 1...1000, purpose: "How many bookmarks one may have.")
    static let added = EventKind("bookmark.added", "A bookmark was set.", payload: Bookmark.self)
    static let tidy = PeriodicJob(PeriodicJob.Kind("bookmarks.tidy", queue: "bookmarks"), every: .seconds(3600))
    static let check = JobKind<CheckPayload>("bookmarks.check", queue: "bookmarks")
    static let mark = EventReaction.Kind("bookmarks.mark", queue: "bookmarks")

    static let manifest = FeatureManifest(
        "bookmarks", service: .study, after: ["accounts"], migrations: BookmarksMigrations.all, settings: [limit],
        events: [added], queues: [WorkQueue("bookmarks", width: 1)], periodic: [tidy],
        reactions: [EventReaction(to: "document.processed", mark)],
        portability: AccountPortability(
            export: { user, transaction in
                [.init("bookmarks.json", json: try await BookmarkStore().all(of: user, in: transaction))]
            },
            tables: [
                PortableTable(
                    "bookmarks", counted: true, [.id, .text("title"), .flag("is_checked")],
                    reading: { _ = try BookmarkStore.bookmark($0) })
            ]))

    struct CheckPayload: Codable, Sendable {
        var id: BookmarkID
    }

    let parts: FeatureParts

    init(on ground: FeatureGround) throws {
        let store = BookmarkStore()
        let service = BookmarkService(ground: ground, limit: try ground.settings.value(Self.limit))
        parts = FeatureParts(
            routes: [BookmarkRoutes(service: service)],
            handlers: [
                JobHandler(Self.check) { payload, context in
                    try await context.keep(in: ground.database) { transaction in
                        // No predicate on the user: on PostgreSQL the job can see its own user's rows only.
                        try await store.setChecked(payload.id, in: transaction)
                    }
                    return ["id": payload.id.description]
                },
                JobHandler(Self.mark) { event, context in
                    guard let user = event.userID else { return nil }
                    let title = try event.decode(Titled.self).title
                    _ = try await context.keep(in: ground.database) { transaction in
                        try await service.add(title, user: user, in: transaction)
                    }
                    return nil
                },
                JobHandler(Self.tidy.kind) { _, context in
                    try await context.keep(in: ground.database) { try await store.removeUntitled(in: $0) }
                    return nil
                },
            ],
            tools: [
                AssistantTool("bookmarks_find", "Finds bookmarks by a word.", takes: Search.self) { search, user in
                    try await service.find(search.word, user: user)
                }
            ])
    }

    private struct Titled: Decodable { let title: String }

    struct Search: APIType {
        var word: String
        static var constraints: [Constraint<Search>] { [.notBlank(\.word, "word")] }
    }
}

enum BookmarkMarker {}
typealias BookmarkID = Identifier<BookmarkMarker>

struct Bookmark: APIType {
    var id: String
    var title: String
    var isChecked: Bool

    enum CodingKeys: String, CodingKey {
        case id, title
        case isChecked = "is_checked"
    }
}

enum BookmarksMigrations {
    static let all = [
        Migration(
            "bookmarks", 1, "bookmarks",
            [
                """
                CREATE TABLE bookmarks (
                    id uuid PRIMARY KEY,
                    user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
                    title text NOT NULL,
                    is_checked boolean NOT NULL
                )
                """
            ], only: RowSecurity.enable(table: "bookmarks"), schema: .content)
    ]
}

struct BookmarkStore: Sendable {
    func insert(_ id: BookmarkID, _ title: String, user: UserID, in transaction: any Transaction) async throws {
        try await transaction.execute(
            "INSERT INTO bookmarks (id, user_id, title, is_checked) VALUES (\(id), \(user), \(title), \(false))")
    }

    func all(of user: UserID, in transaction: any Transaction) async throws -> [Bookmark] {
        try await transaction.query("SELECT id, title, is_checked FROM bookmarks WHERE user_id = \(user) ORDER BY id").map(
            Self.bookmark)
    }

    static func bookmark(_ row: Row) throws -> Bookmark {
        Bookmark(
            id: try row.get("id", as: BookmarkID.self).description, title: try row.get("title"),
            isChecked: try row.get("is_checked"))
    }

    func setChecked(_ id: BookmarkID, in transaction: any Transaction) async throws {
        try await transaction.execute("UPDATE bookmarks SET is_checked = \(true) WHERE id = \(id)")
    }

    func removeUntitled(in transaction: any Transaction) async throws {
        try await transaction.execute("DELETE FROM bookmarks WHERE title = ''")
    }
}

struct BookmarkService: Sendable {
    let ground: FeatureGround
    let limit: Int
    private let store = BookmarkStore()

    init(ground: FeatureGround, limit: Int) {
        self.ground = ground
        self.limit = limit
    }

    func add(_ title: String, user: UserID) async throws -> Bookmark {
        try await ground.database.transaction(as: .user(user)) { try await add(title, user: user, in: $0) }
    }

    @discardableResult
    func add(_ title: String, user: UserID, in transaction: any Transaction) async throws -> Bookmark {
        guard try await store.all(of: user, in: transaction).count < limit else {
            throw HTTPFailure(.conflict, "There are \(limit) bookmarks already.")
        }
        let id: BookmarkID = ground.ambient.newID()
        try await store.insert(id, title, user: user, in: transaction)
        let bookmark = Bookmark(id: id.description, title: title, isChecked: false)
        try await ground.outbox.append(
            EventDraft(type: BookmarksFeature.added.name, userID: user, payload: bookmark), in: transaction)
        try await ground.jobs.enqueue(BookmarksFeature.check, .init(id: id), user: user, in: transaction)
        return bookmark
    }

    func find(_ word: String, user: UserID) async throws -> [Bookmark] {
        try await ground.database.read(as: .user(user)) { try await store.all(of: user, in: $0) }.filter { $0.title.contains(word) }
    }
}

struct BookmarkRoutes: RouteCollection {
    let service: BookmarkService

    struct Draft: APIType { var title: String }

    var routes: [Route] {
        [
            .post(
                "/bookmarks", "Set a bookmark", tag: "Bookmarks", body: Draft.self, returns: Bookmark.self, status: 201,
                failures: [.conflict]
            ) { [service] call, draft in try await service.add(draft.title, user: try call.user()) },
            .get("/bookmarks", "List your bookmarks", tag: "Bookmarks", returns: [Bookmark].self) { [service] call in
                try await service.find("", user: try call.user())
            },
        ]
    }
}
