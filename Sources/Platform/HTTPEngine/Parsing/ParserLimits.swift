/// How much a request's framing may take.
struct ParserLimits: Sendable, Equatable {
    /// Bytes from the request line to the empty line, both included.
    var head = 64 * 1024
    /// Header fields.
    var fields = 100
    /// Bytes of one chunk's extension.
    var chunkExtension = 256
    /// Bytes of all chunk extensions of one body: one-byte chunks must not carry a second body beside the first.
    var chunkExtensions = 16 * 1024
    /// Bytes of the trailer section.
    var trailers = 8 * 1024
}
