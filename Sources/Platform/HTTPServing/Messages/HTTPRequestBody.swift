import Failures

/// Where the bytes of a request body come from; the engine's side of back-pressure.
package protocol HTTPBodySource: Sendable {
    /// The next bytes, nil at the end. Waits until there are some; what is not asked for is not read from the socket.
    ///
    /// Throws if the client goes away, is too slow, breaks the framing or sends more than the limit.
    func next() async throws -> [UInt8]?

    /// Sets how many bytes may come in all; beyond it `next` throws `payloadTooLarge`. Called before the first `next`.
    func limit(to bytes: Int)
}

/// The bytes of a request body, read once, in order.
package struct HTTPRequestBody: Sendable, AsyncSequence {
    package typealias Element = [UInt8]

    /// The announced length; nil if chunked.
    package let length: Int?
    private let source: any HTTPBodySource

    package init(length: Int?, source: any HTTPBodySource) {
        self.length = length
        self.source = source
    }

    package static let empty = HTTPRequestBody(bytes: [])

    package init(bytes: [UInt8]) { self.init(length: bytes.count, source: BufferedBodySource(bytes)) }

    package func limited(to bytes: Int) throws(HTTPFailure) -> HTTPRequestBody {
        if let length, length > bytes { throw HTTPFailure(.payloadTooLarge, "The body may have \(bytes) bytes at most.") }
        source.limit(to: bytes)
        return self
    }

    /// The whole body, at most `limit` bytes.
    package func collect(upTo limit: Int) async throws -> [UInt8] {
        var bytes: [UInt8] = []
        if let length { bytes.reserveCapacity(Swift.min(length, limit)) }
        for try await part in try limited(to: limit) {
            guard bytes.count + part.count <= limit else {
                throw HTTPFailure(.payloadTooLarge, "The body may have \(limit) bytes at most.")
            }
            bytes += part
        }
        return bytes
    }

    package struct AsyncIterator: AsyncIteratorProtocol {
        let source: any HTTPBodySource
        package mutating func next() async throws -> [UInt8]? { try await source.next() }
    }

    package func makeAsyncIterator() -> AsyncIterator { AsyncIterator(source: source) }
}
