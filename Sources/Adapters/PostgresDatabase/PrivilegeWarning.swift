import Synchronization
import Telemetry

/// Says once that the role passes by row-level security.
final class PrivilegeWarning: Sendable {
    private let logger: Logger
    private let isDue = Mutex(true)

    init(logger: Logger) { self.logger = logger }

    /// Whether nobody has looked yet.
    func claim() -> Bool {
        isDue.withLock { due in
            defer { due = false }
            return due
        }
    }

    func raise() {
        logger.warning("the database role is a superuser or has BYPASSRLS: row-level security does not hold, use a plain role")
    }
}
