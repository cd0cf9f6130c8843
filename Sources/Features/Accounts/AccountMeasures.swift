import Ambient
import Assembly
import Database
import FoundationEssentials

/// What metrics tell of accounts: how many there are, and how many were used.
enum AccountMeasures {
    static let all = [
        FeatureMeasure.number("lm_users", "Accounts.") { "SELECT count(*) AS n FROM users" },
        FeatureMeasure("lm_active_users", "Accounts that were used within a stretch of time.") { transaction in
            var points: [FeatureMeasure.Point] = []
            for (window, days) in [("1d", 1.0), ("7d", 7), ("30d", 30)] {
                let since = Ambient.live.now().addingTimeInterval(-days * 86_400)
                let row = try await transaction.first(
                    "SELECT count(DISTINCT user_id) AS n FROM sessions WHERE last_used_at >= \(since)")
                points.append(([("window", window)], Double(try row?.get("n", as: Int.self) ?? 0)))
            }
            return points
        },
        FeatureMeasure.number("lm_sessions", "Sign-ins that have not ended.") {
            "SELECT count(*) AS n FROM sessions WHERE expires_at > \(Ambient.live.now())"
        },
    ]
}
