import Lifecycle
import Telemetry

/// Chains entries a moment after they were written.
struct AuditSealer: Service {
    let name = "audit"
    let service: AuditService
    var interval: Duration = .seconds(2)

    func run(until shutdown: ShutdownSignal) async throws {
        var isFailing = false
        while !shutdown.isTriggered, !Task.isCancelled {
            do {
                while try await service.seal() > 0, !shutdown.isTriggered {}
                isFailing = false
            } catch is CancellationError {
                return
            } catch {
                if !isFailing { service.logger.failure("the audit log cannot be chained", error) }
                isFailing = true
            }
            await shutdown.wait(atMost: interval)
        }
    }
}
