package import Lifecycle
package import Telemetry

/// Takes notice, every few seconds, of sessions that ended in other processes on the same database.
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
        var isFailing = false
        while !shutdown.isTriggered, !Task.isCancelled {
            await shutdown.wait(atMost: interval)
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
