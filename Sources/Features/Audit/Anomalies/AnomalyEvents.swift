import Events
import HTTPServing

/// The payload of an anomaly's event.
struct AnomalyNews: APIType {
    /// How many there were of what there should be few.
    var count: Int
    /// Within so many minutes.
    var minutes: Int
}

enum AnomalyEvents {
    private static func kind(_ anomaly: Anomaly, _ summary: String) -> EventKind {
        EventKind(anomaly.rawValue, summary, payload: AnomalyNews.self, isSecurity: true)
    }

    static let all = [
        kind(.signInFailures, "Many passwords were tried at an account."),
        kind(.tokenReused, "A refresh token came again that was spent."),
        kind(.massDownload, "Far more documents were opened than anybody reads."),
    ]
}
