package import Failures
package import Telemetry

/// Runs services side by side and stops them together.
package struct ServiceGroup: Sendable {
    private let services: [any Service]
    private let logger: Logger
    private let grace: Duration

    /// - Parameter grace: how long services may take to finish after the signal before their tasks are cancelled.
    package init(_ services: [any Service], logger: Logger, grace: Duration = .seconds(30)) {
        self.services = services
        self.logger = logger
        self.grace = grace
    }

    /// Returns when all have stopped after `shutdown`. Throws the first failure; the others are asked to stop before it is thrown.
    package func run(until shutdown: ShutdownSignal) async throws {
        var first: (any Error)?
        await withTaskGroup(of: Result<String?, any Error>.self) { group in
            for service in services {
                group.addTask {
                    do {
                        try await service.run(until: shutdown)
                        if !shutdown.isTriggered { throw ServiceStopped(service: service.name) }
                        return .success(service.name)
                    } catch is CancellationError where shutdown.isTriggered {
                        return .success(service.name)
                    } catch {
                        return .failure(error)
                    }
                }
            }
            group.addTask {
                await shutdown.wait()
                try? await Task.sleep(for: grace)
                return .success(nil)
            }
            var running = services.count
            while running > 0, let result = await group.next() {
                switch result {
                case .success(.some(let name)):
                    running -= 1
                    logger.debug("service stopped", ["part": name])
                case .success(nil):
                    logger.warning("services did not stop in time", ["running": "\(running)"])
                    group.cancelAll()
                case .failure(let error):
                    running -= 1
                    if first == nil { first = error }
                    logger.error("service failed", ["error": "\(error)"])
                    shutdown.trigger()
                }
            }
            group.cancelAll()
        }
        if let first { throw first }
    }
}

/// A service returned though nobody asked it to.
package struct ServiceStopped: Failure {
    package let service: String
    package var code: FailureCode { .internal }
    package var message: String { "The service \(service) stopped by itself." }
}
