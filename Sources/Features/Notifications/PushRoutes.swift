import Accounts
import Ambient
import Failures
import FoundationEssentials
import HTTPMessages
package import HTTPServing

/// Browsers that take pushes, over HTTP.
package struct PushRoutes: RouteCollection {
    private let service: NotificationService

    package init(service: NotificationService) { self.service = service }

    package var routes: [Route] { [key, list, subscribe, unsubscribe] }

    private static let tag = "Notifications"

    private var key: Route {
        Route.get("/push/key", "Get the key that browsers subscribe with", tag: Self.tag, returns: PushKeyView.self) { _ in
            PushKeyView(key: try await service.publicKey())
        }
    }

    private var list: Route {
        Route.get(
            "/push/subscriptions", "List the browsers that are told", tag: Self.tag, returns: PushSubscriptionList.self
        ) { call in
            let session = call.principal?.session
            return PushSubscriptionList(
                data: try await service.subscriptions(of: try call.user()).map { PushSubscriptionView($0, session: session) })
        }
    }

    private var subscribe: Route {
        Route.post(
            "/push/subscriptions", "Have this browser told", tag: Self.tag, body: NewPushSubscription.self,
            returns: PushSubscriptionView.self, status: 201, failures: [.validationFailed]
        ) { call, body in
            let agent = call.request.headers["User-Agent"] ?? ""
            let session = call.principal?.session
            let made = try await service.subscribe(
                endpoint: body.endpoint, p256dh: body.keys.p256dh, auth: body.keys.auth,
                deviceName: body.deviceName ?? String(agent.prefix(100)), session: session.flatMap { SessionID($0) },
                user: try call.user())
            call.addHeader("Location", "/api/v1/push/subscriptions/\(made.id)")
            return PushSubscriptionView(made, session: session)
        }
        .described(
            """
            What the browser's `pushManager.subscribe` gives. It ends with this sign-in, and when the push service says that it is gone. \
            The endpoint must be on the open internet, or at a push service of `LM_PUSH_ORIGINS`.
            """)
    }

    private var unsubscribe: Route {
        Route.delete("/push/subscriptions/:id", "Tell a browser nothing more", tag: Self.tag, failures: [.notFound]) { call in
            try await service.unsubscribe(try call.parameter("id"), user: try call.user())
        }
    }
}

struct PushKeyView: APIType {
    var key: String

    static var schemaName: String { "PushKey" }
    static var constraints: [Constraint<PushKeyView>] {
        [.describe("key", "A point on P-256, in base64url: the `applicationServerKey`.")]
    }
}

struct NewPushSubscription: APIType {
    struct Keys: APIType {
        var p256dh: String
        var auth: String

        static var schemaName: String { "PushSubscriptionKeys" }
        static var constraints: [Constraint<Keys>] { [.length(\.p256dh, "p256dh", 1...128), .length(\.auth, "auth", 1...64)] }
    }

    var endpoint: String
    var keys: Keys
    var deviceName: String?

    enum CodingKeys: String, CodingKey {
        case endpoint, keys
        case deviceName = "device_name"
    }

    static var constraints: [Constraint<NewPushSubscription>] {
        [
            .format(\.endpoint, "endpoint", .url), .length(\.endpoint, "endpoint", 1...2000), .nested(\.keys, "keys"),
            .checked("keys"), .checked("endpoint"),
            .length(\.deviceName, "device_name", 1...100),
        ]
    }
}

struct PushSubscriptionView: APIType {
    var id: PushSubscriptionID
    var deviceName: String
    /// Whether it is the browser that asks.
    var isCurrent: Bool
    var createdAt: Date
    var lastUsedAt: Date?

    enum CodingKeys: String, CodingKey {
        case id
        case deviceName = "device_name"
        case isCurrent = "is_current"
        case createdAt = "created_at"
        case lastUsedAt = "last_used_at"
    }

    static var schemaName: String { "PushSubscription" }
    static var constraints: [Constraint<PushSubscriptionView>] {
        [.describe("is_current", "Whether it is of the sign-in that asks."), .describe("last_used_at", "When it was told last.")]
    }

    init(_ subscription: PushSubscription, session: String?) {
        (id, deviceName) = (subscription.id, subscription.deviceName)
        (createdAt, lastUsedAt) = (subscription.createdAt, subscription.lastUsedAt)
        isCurrent = session != nil && subscription.session?.description == session
    }
}

struct PushSubscriptionList: APIType {
    var data: [PushSubscriptionView]
}
