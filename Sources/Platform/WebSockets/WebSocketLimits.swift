/// What a client may send over a WebSocket, and how long it may be silent.
package struct WebSocketLimits: Sendable {
    /// The largest message, bytes, whether in one frame or in many.
    package var message = 1 << 20
    /// How often a silent client is asked whether it is still there.
    package var ping = Duration.seconds(20)
    /// How long nothing at all may come while something is waited for; then 1011.
    package var silence = Duration.seconds(60)
    /// How long the client may take to answer our close frame.
    package var farewell = Duration.seconds(2)
    /// How long a handler may go on once the server stops.
    package var grace = Duration.seconds(5)

    package init() {}
}
