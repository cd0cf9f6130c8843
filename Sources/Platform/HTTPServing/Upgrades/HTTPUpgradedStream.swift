/// A connection that has left HTTP behind after `101`: bytes both ways, with back-pressure both ways.
package protocol HTTPUpgradedStream: Sendable {
    /// The next bytes, nil when the client has sent its last. What is not asked for is not read from the socket. One task reads.
    func read() async throws -> [UInt8]?

    /// Returns once the bytes are taken; waits while the client reads slower than this writes. Bytes of one call stay together.
    func write(_ bytes: [UInt8]) async throws

    /// Returns when the connection is to end from this side, or the task is cancelled. The protocol on it then says goodbye in its own
    /// words; what does not end in time is cut off.
    func ending() async -> HTTPUpgradeEnd
}

/// Why a connection that works is to end.
package enum HTTPUpgradeEnd: Sendable {
    case serverStops
    /// The person signed out, or was signed out.
    case sessionEnded
    /// Whoever waited is no longer interested.
    case cancelled
}
