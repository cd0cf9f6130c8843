package import Events
package import HTTPClient
import HTTPMessages

/// Posts stored events to an address, as a JSON array of their envelopes. A status from 200 to 299 says that they are taken.
package struct EventWebhook: EventSink {
    package var name: String { "webhook" }
    private let url: String
    private let key: String?
    private let client: HTTPClient

    /// - Parameters:
    ///   - url: from the installation's settings: it may be any server, also on this machine.
    ///   - key: shown as a bearer token.
    package init(url: String, key: String?, client: HTTPClient) {
        self.url = url
        self.key = key
        self.client = client
    }

    package func take(_ events: [Event]) async throws {
        let body = "[" + events.map(\.tracedJSON).joined(separator: ",") + "]"
        var request = ClientRequest(.post, url, headers: ["Content-Type": "application/json"], body: .bytes(Array(body.utf8)))
        if let key { request.headers["Authorization"] = "Bearer \(key)" }
        // Each event has its id.
        request.isIdempotent = true
        let response = try await client.send(request).successful()
        // Read to its end, so that the connection serves again.
        _ = try await response.body.collect(upTo: 64 << 10)
    }
}
