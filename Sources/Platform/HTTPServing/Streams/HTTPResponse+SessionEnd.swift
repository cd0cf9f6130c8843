import HTTPMessages

extension HTTPResponse {
    /// The same response; a stream of events ends, as if it were over, once `session` returns. Its client comes back, and is asked to
    /// sign in. A connection that was upgraded is told so in its own protocol.
    func ending(with session: @escaping @Sendable () async -> Void) -> HTTPResponse {
        if case .upgrade(let run) = body {
            var response = self
            response.body = .upgrade { try await run(SessionBoundStream(base: $0, session: session)) }
            return response
        }
        guard case .stream(let write) = body, let type = headers["Content-Type"], MediaType.essence(type) == "text/event-stream"
        else {
            return self
        }
        var response = self
        response.body = .stream { writer in
            try await withThrowingTaskGroup(of: Bool.self) { group in
                group.addTask {
                    try await write(writer)
                    return true
                }
                group.addTask {
                    await session()
                    return false
                }
                defer { group.cancelAll() }
                if try await group.next() == true { return }
                // The client may have gone instead: that is no end to tell of.
                try Task.checkCancellation()
                group.cancelAll()
                while let rest = await group.nextResult() {
                    if case .failure(let error) = rest, !(error is CancellationError) { throw error }
                }
            }
        }
        return response
    }
}
