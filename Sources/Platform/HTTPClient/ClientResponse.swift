package import HTTPMessages

/// A response whose head has come; the body is read as it arrives.
package struct ClientResponse: Sendable {
    package let status: Int
    package let headers: HTTPHeaders
    package let body: ResponseBody

    /// Throws `badGateway` unless the status is in 200..<300.
    package func successful() throws(HTTPClientFailure) -> ClientResponse {
        guard (200..<300).contains(status) else { throw HTTPClientFailure(.status(status), host: body.host) }
        return self
    }
}

/// The bytes of a response, read once, in order. What is not read is not fetched: the transfer pauses at 256 KB.
///
/// Dropping it, or cancelling the task that reads it, ends the transfer at once.
package final class ResponseBody: AsyncSequence, Sendable {
    package typealias Element = [UInt8]

    let host: String
    private let transfer: CurlTransfer
    /// Kept, because the end of the client stops the thread that carries the transfer.
    private let client: HTTPClient

    init(transfer: CurlTransfer, host: String, client: HTTPClient) {
        self.client = client
        self.transfer = transfer
        self.host = host
    }

    deinit { transfer.abandon() }

    /// The whole body. The limit on top of the request's own throws `tooLarge`.
    package func collect(upTo limit: Int = .max) async throws -> [UInt8] {
        var bytes: [UInt8] = []
        for try await part in self {
            guard bytes.count + part.count <= limit else { throw HTTPClientFailure(.tooLarge(limit: limit), host: host) }
            bytes += part
        }
        return bytes
    }

    package struct AsyncIterator: AsyncIteratorProtocol {
        let body: ResponseBody
        package mutating func next() async throws -> [UInt8]? { try await body.transfer.nextChunk() }
    }

    package func makeAsyncIterator() -> AsyncIterator { AsyncIterator(body: self) }
}
