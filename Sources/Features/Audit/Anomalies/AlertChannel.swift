import Ambient
import Assembly
import Database
import Jobs

/// Where those who look after the installation hear of anomalies besides mail and the app. By jobs: told once the anomaly is stored, and
/// tried again while the channel is down.
struct AlertChannel: Sendable {
    struct Alert: Codable, Sendable {
        let text: String
    }

    static let kind = JobKind<Alert>(
        "audit.alert", queue: AuditFeature.queue.name, maxAttempts: 12, timeout: .seconds(60),
        backoff: JobBackoff(base: .seconds(5), cap: .seconds(1800)))

    /// The app's own address, where it is known.
    let app: String?
    let jobs: JobQueue
    /// Takes a sentence there.
    let send: @Sendable (String) async throws -> Void

    /// In the transaction that stores the anomaly.
    func tell(_ anomaly: Anomaly, _ news: AnomalyNews, of user: UserID, in transaction: any Transaction) async throws {
        let place = app.map { " \($0)admin/audit" } ?? " Administration, Audit log says more."
        let text = "Little Monster: \(Self.words(anomaly, news)). Account \(user)." + place
        try await jobs.enqueue(Self.kind, Alert(text: text), user: nil, in: transaction)
    }

    var handler: JobHandler {
        JobHandler(Self.kind) { alert, _ in
            try await send(alert.text)
            return nil
        }
    }

    private static func words(_ anomaly: Anomaly, _ news: AnomalyNews) -> String {
        switch anomaly {
        case .signInFailures: "\(news.count) sign-ins to one account failed within \(news.minutes) minutes"
        case .tokenReused: "a spent token was shown again, and its session was ended"
        case .massDownload: "one person opened \(news.count) different documents within \(news.minutes) minutes"
        }
    }
}
