package import FoundationEssentials
package import HTTPClient
import HTTPMessages

/// Leaves messages for browsers at their push services.
package struct PushSender: Sendable {
    private let open: HTTPClient
    private let own: HTTPClient?
    private let ownOrigins: Set<String>

    /// - Parameters:
    ///   - open: asks the open internet alone: browsers name their services themselves.
    ///   - own: asks the services that the operator has named; nil where there are none.
    ///   - ownOrigins: of those, `https://push.example.lan`.
    package init(open: HTTPClient, own: HTTPClient? = nil, ownOrigins: Set<String> = []) {
        (self.open, self.own, self.ownOrigins) = (open, own, ownOrigins)
    }

    /// Why nothing would be left at an address, as far as it can be told from the address alone; nil where it would.
    package func objection(to endpoint: String) -> String? {
        guard let url = RequestURL(endpoint), endpoint.utf8.count <= 2000 else { return "is not a web address" }
        if ownOrigins.contains(url.webOrigin) { return nil }
        guard url.scheme == "https" else { return "must begin with https://" }
        return DestinationPolicy.publicInternet.objection(to: url)
    }

    /// Returns when the service has taken it. Throws `PushFailure`, or `HTTPClientFailure` where the service cannot be asked.
    package func send(_ message: PushMessage, to subscriber: PushSubscriber, as identity: PushIdentity, at now: Date) async throws {
        if let objection = objection(to: subscriber.endpoint) {
            throw PushFailure(.refused, "The push service's address \(objection).")
        }
        guard let url = RequestURL(subscriber.endpoint) else { throw PushFailure(.refused, "That is no web address.") }
        var request = ClientRequest(
            .post, subscriber.endpoint,
            headers: [
                "Content-Type": "application/octet-stream", "Content-Encoding": "aes128gcm",
                "Authorization": try identity.authorization(for: url.webOrigin, at: now), "TTL": "\(max(0, message.lifetime))",
                "Urgency": message.urgency.rawValue,
            ], body: .bytes(try PushEncryption.sealed(message.body, for: subscriber)))
        if let topic = message.topic { request.headers["Topic"] = topic }
        let client = ownOrigins.contains(url.webOrigin) ? own ?? open : open
        let response = try await client.send(request)
        // Read to its end, so that the connection serves again.
        _ = try? await response.body.collect(upTo: 64 << 10)
        switch response.status {
        case 200..<300: return
        case 404, 410: throw PushFailure(.gone, "The browser takes no more messages at this address.")
        case 408, 429, 500...:
            let asked = RetryPolicy.retryAfter(response.headers["Retry-After"], now: now.timeIntervalSince1970)
            throw PushFailure(.temporary, "The push service \(url.host) answered \(response.status).", retryAfter: asked)
        default: throw PushFailure(.refused, "The push service \(url.host) answered \(response.status).")
        }
    }
}
