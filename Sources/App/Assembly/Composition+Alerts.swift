import Assembly
import Audit
import EventWebhook
import HTTPClient
import Settings

extension Composition {
    /// Takes a sentence to the channel of those who look after the installation; nil where none is set.
    var alert: (@Sendable (String) async throws -> Void)? {
        get throws {
            guard let url = try ground.settings.value(AuditFeature.alertURL) else { return nil }
            let client = try HTTPClient(HTTPClientConfiguration(retry: .never, purpose: "alerts"), logger: ground.logger)
            return AlertWebhook(url: url, client: client).send
        }
    }
}
