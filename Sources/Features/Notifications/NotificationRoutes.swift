import Failures
import HTTPMessages
package import HTTPServing

/// How a student is told of things, over HTTP.
package struct NotificationRoutes: RouteCollection {
    private let service: NotificationService

    package init(service: NotificationService) { self.service = service }

    package var routes: [Route] { [show, set, test, ask, unsubscribe] }

    private static let tag = "Notifications"

    private var show: Route {
        Route.get(
            "/notifications/settings", "Show how you are told of things", tag: Self.tag, returns: NotificationStateView.self
        ) { call in
            NotificationStateView(try await service.state(of: try call.user()))
        }
    }

    private var set: Route {
        Route.put(
            "/notifications/settings", "Say how you want to be told of things", tag: Self.tag, body: NotificationSettingsView.self,
            returns: NotificationStateView.self, failures: [.validationFailed]
        ) { call, body in
            NotificationStateView(try await service.set(body.settings, user: try call.user()))
        }
        .described(
            """
            What comes later than a quarter of an hour says that it is late. A reminder is of no use an hour after its time, or when what \
            it reminds of has begun, whichever is later; cards are told of until midnight. What is of no use is not sent.
            """)
    }

    private var test: Route {
        Route.post(
            "/notifications/test", "Have one sent to you now", tag: Self.tag, body: NotificationTest.self,
            failures: [.validationFailed, .conflict, .rateLimited]
        ) { call, body in
            try await service.test(body.channel, user: try call.user())
        }
        .described("One a minute.")
    }

    private var ask: Route {
        Route.raw(
            .get, "/notifications/unsubscribe/:token", "Go where mail is turned off", tag: Self.tag, access: .anyone, status: 303,
            failures: [.notFound]
        ) { call in
            let token: String = try call.parameter("token")
            _ = try await service.owner(ofLink: token)
            // Nothing is changed by a look: some mail servers follow each link of a message.
            return HTTPResponse(
                status: 303, headers: ["Location": "../../../../unsubscribe#token=\(token)", "Cache-Control": "no-store"])
        }
        .parameter("token", "From a link in a message.")
    }

    private var unsubscribe: Route {
        Route.raw(
            .post, "/notifications/unsubscribe/:token", "Turn reminders by mail off, without signing in", tag: Self.tag,
            access: .anyone, status: 204, failures: [.notFound]
        ) { call in
            try await service.turnMailOff(byLink: try call.parameter("token"))
            return HTTPResponse(status: 204)
        }
        .parameter("token", "From a link in a message.")
        .described("Mail programs do it by themselves (RFC 8058).")
    }
}

struct NotificationTest: APIType {
    var channel: NotificationChannel
}
