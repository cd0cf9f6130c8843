/// What is pushed to a browser, and how the service on the way treats it (RFC 8030).
package struct PushMessage: Sendable, Hashable {
    package enum Urgency: String, Sendable { case low, normal, high }

    package var body: [UInt8]
    /// Seconds that the service keeps it for a browser that is away.
    package var lifetime: Int
    package var urgency: Urgency
    /// Another message of this topic takes its place while it waits: up to 32 letters of base64url.
    package var topic: String?

    package init(body: [UInt8], lifetime: Int, urgency: Urgency = .normal, topic: String? = nil) {
        (self.body, self.lifetime, self.urgency, self.topic) = (body, lifetime, urgency, topic)
    }
}
