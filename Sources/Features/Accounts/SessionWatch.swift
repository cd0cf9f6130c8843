import Concurrency
import Database
package import Lifecycle
import Signals
package import Telemetry

extension SignalTopic {
    /// Sessions ended; the table says which.
    static let endedSessions = SignalTopic("accounts.ended-sessions")
}

/// Takes notice of sessions that ended in other processes on the same database: at once when a signal says so, else every few seconds.
package struct SessionWatch: Service {
    package let name = "sessions"
    private let accounts: AccountsService
    private let interval: Duration
    private let logger: Logger

    package init(_ accounts: AccountsService, interval: Duration = .seconds(5), logger: Logger = .silent) {
        self.accounts = accounts
        self.interval = interval
        self.logger = logger.labelled("accounts")
    }

    package func run(until shutdown: ShutdownSignal) async throws {
        let wake = accounts.endedElsewhere
        shutdown.onTrigger { wake.wake() }
        var isFailing = false
        while !shutdown.isTriggered, !Task.isCancelled {
            await wake.wait(atMost: interval)
            do {
                try await accounts.readEndedSessions()
                isFailing = false
            } catch {
                // What is known stays known; one line says so until it works again.
                if !isFailing, !(error is CancellationError) { logger.failure("ended sessions cannot be read", error) }
                isFailing = true
            }
        }
    }
}
