/// Where stored events are told beyond this installation: another program, a broker. Passing events are not.
///
/// `EventForwarder` brings them, from one process at a time.
package protocol EventSink: Sendable {
    /// Under which is kept how far it has come: `webhook`.
    var name: String { get }

    /// Takes some events, in their order, and returns once it has them for good. When it throws, or the process dies, the same come
    /// again: each at least once, and known by its id.
    func take(_ events: [Event]) async throws
}
