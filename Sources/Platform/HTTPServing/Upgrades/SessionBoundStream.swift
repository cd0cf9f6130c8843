/// An upgraded connection that is also to end when the session of the person on it does.
struct SessionBoundStream: HTTPUpgradedStream {
    let base: any HTTPUpgradedStream
    let session: @Sendable () async -> Void

    func read() async throws -> [UInt8]? { try await base.read() }
    func write(_ bytes: [UInt8]) async throws { try await base.write(bytes) }

    func ending() async -> HTTPUpgradeEnd {
        await withTaskGroup(of: HTTPUpgradeEnd.self) { group in
            group.addTask { await base.ending() }
            group.addTask {
                await session()
                return Task.isCancelled ? .cancelled : .sessionEnded
            }
            defer { group.cancelAll() }
            return await group.next() ?? .cancelled
        }
    }
}
