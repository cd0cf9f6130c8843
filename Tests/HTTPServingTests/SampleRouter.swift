import Ambient
import FoundationEssentials
import HTTPServing
import HTTPServingTesting
import Synchronization
import Telemetry

/// The sample routes under both prefixes, at a fixed time, for a student and an administrator.
func sampleRouter(
    policy: ServingPolicy = ServingPolicy(), logger: Logger = .silent, metrics: Metrics? = nil, fallback: Router.Fallback? = nil
) -> Router {
    var ambient = Ambient.live
    ambient.now = { Date(timeIntervalSince1970: 1_767_323_045) }
    return Router(
        mounts: [RouteMount(["/api/v1", "/api"], [SampleRoutes()])],
        authenticator: TestAuthenticator([
            "student": Principal(userID: SampleRoutes.user, isAdministrator: false),
            "admin": Principal(userID: SampleRoutes.user, isAdministrator: true),
        ]), policy: policy, ambient: ambient, logger: logger, metrics: metrics, fallback: fallback)
}

/// Keeps log lines.
final class LogLines: Sendable {
    private let lines = Mutex("")

    var text: String { lines.withLock { $0 } }

    var logger: Logger {
        Logger(label: "test", sink: LogSink(minimum: .trace, write: { [self] line in lines.withLock { $0 += line } }))
    }
}

/// A clock that moves when it is told to.
final class TestUptime: Sendable {
    private let value = Mutex(Duration.zero)

    var now: Duration { value.withLock { $0 } }

    func advance(by duration: Duration) { value.withLock { $0 += duration } }
}
