import FoundationEssentials
package import HTTPClient
import HTTPMessages

/// Posts a sentence as `{"text": …}`: what the incoming webhooks of Slack, Mattermost, Rocket.Chat and Microsoft Teams take.
package struct AlertWebhook: Sendable {
    private struct Message: Encodable {
        let text: String
    }

    private let url: String
    private let client: HTTPClient

    /// - Parameter url: from the installation's settings: it may be any server, also on this machine.
    package init(url: String, client: HTTPClient) { (self.url, self.client) = (url, client) }

    package func send(_ text: String) async throws {
        let request = ClientRequest(
            .post, url, headers: ["Content-Type": "application/json"],
            body: .bytes(Array(try JSONEncoder().encode(Message(text: text)))))
        let response = try await client.send(request).successful()
        // Read to its end, so that the connection serves again.
        _ = try await response.body.collect(upTo: 64 << 10)
    }
}
