import HTTPMessages

extension HTTPResponse {
    /// A stream of server-sent events. `body` runs until it returns, throws, or is cancelled because the client is gone.
    ///
    /// While nothing is sent, a comment goes out every `heartbeat`, so proxies keep the connection and a dead client is noticed.
    ///
    /// - Parameter greets: opens with a comment, so proxies and the client see the head although the first event may be long in coming.
    package static func events(
        heartbeat: Duration = .seconds(15), clock: some Clock<Duration> = ContinuousClock(),
        greets: Bool = true,
        _ body: @escaping @Sendable (EventStreamWriter) async throws -> Void
    ) -> HTTPResponse {
        HTTPResponse(
            headers: eventHeaders,
            body: .stream { writer in
                let stream = EventStreamWriter(writer)
                if greets { try await stream.comment("ok") }
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask { try await beat(stream, every: heartbeat, clock: clock) }
                    defer { group.cancelAll() }
                    try await body(stream)
                }
            })
    }

    private static let eventHeaders: HTTPHeaders = [
        "Content-Type": "text/event-stream", "Cache-Control": "no-cache, no-transform", "X-Accel-Buffering": "no",
    ]

    private static func beat(_ stream: EventStreamWriter, every interval: Duration, clock: some Clock<Duration>) async throws {
        while true {
            let before = stream.writes
            do {
                try await clock.sleep(for: interval)
            } catch { return }
            if stream.writes == before { try await stream.comment() }
        }
    }
}
