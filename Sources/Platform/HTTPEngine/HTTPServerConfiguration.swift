/// Where the server listens and what a client may take: bytes, connections, time.
package struct HTTPServerConfiguration: Sendable {
    /// A numeric IPv4 or IPv6 address, or a name; `::` takes IPv4 as well.
    package var host: String
    /// 0 lets the system choose; `HTTPServer.port` says what it chose.
    package var port: Int
    /// Event loops, each a thread with its own listener; nil for one per core.
    package var loops: Int?
    /// Open connections over all loops. Further ones wait in the system's queue.
    package var maximumConnections = 10_000
    /// The largest body that any request may have; a handler's own limit is usually lower.
    package var maximumBodyBytes = 1 << 30
    package var maximumHeadBytes = 64 * 1024
    package var maximumFields = 100

    /// From the first byte of a request to the end of its head; then 408.
    package var headDeadline: Duration = .seconds(10)
    /// Between two requests; then the connection closes without a word.
    package var idleDeadline: Duration = .seconds(60)
    /// Without one more byte of a body that is asked for.
    package var bodyDeadline: Duration = .seconds(30)
    /// Without the client taking one more byte of what is to be sent.
    package var writeDeadline: Duration = .seconds(30)
    /// How long a connection that was refused is read on, so that the client sees the answer and not a reset.
    package var lingerDeadline: Duration = .seconds(2)
    /// What a shutdown gives the requests in hand.
    package var drainDeadline: Duration = .seconds(10)

    /// Body bytes held for a handler that does not read; above it the socket is left alone until a quarter is left.
    package var bodyHighWater = 256 * 1024
    /// Response bytes held for a client that does not read; above it `write` waits until half is left.
    package var writeHighWater = 128 * 1024

    package init(host: String = "127.0.0.1", port: Int = 8080, loops: Int? = nil) {
        self.host = host
        self.port = port
        self.loops = loops
    }

    var parserLimits: ParserLimits { ParserLimits(head: maximumHeadBytes, fields: maximumFields) }
}

extension Duration {
    var nanoseconds: UInt64 {
        let (seconds, attoseconds) = components
        return seconds < 0 ? 0 : UInt64(seconds) * 1_000_000_000 + UInt64(max(0, attoseconds)) / 1_000_000_000
    }
}
