import HTTPServing

extension WebSocket {
    /// Sends a value as a text message, in JSON as the rest of the API speaks it.
    package func send(json value: some Encodable & Sendable) async throws {
        try await send(String(decoding: try JSONCoding.bytes(value), as: UTF8.self))
    }
}
