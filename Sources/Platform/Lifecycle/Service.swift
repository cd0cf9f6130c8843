/// A long-running part of the program: the HTTP server, the job worker, the event relay.
package protocol Service: Sendable {
    /// For logs: `http`, `jobs`.
    var name: String { get }

    /// Runs until `shutdown` comes, then finishes what is in hand and returns.
    ///
    /// Returning earlier, or throwing, means that the part failed, and the whole program stops.
    func run(until shutdown: ShutdownSignal) async throws
}
