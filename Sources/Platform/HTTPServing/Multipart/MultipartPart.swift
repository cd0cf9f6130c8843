import Failures
package import HTTPMessages

/// One field of a form as it comes in.
package struct MultipartPart: Sendable {
    /// The field's name.
    package let name: String
    /// The file's name as a plain name without folders, safe to show and to store; nil if the field is no file.
    package let filename: String?
    /// What the client says it is; not to be trusted.
    package let contentType: String?
    package let headers: HTTPHeaders
    /// The bytes, once, in order. What is not read is skipped when the next part is asked for.
    package let body: MultipartBody
}

/// The bytes of one part; reading them reads the connection.
package struct MultipartBody: Sendable, AsyncSequence {
    package typealias Element = [UInt8]
    let stream: MultipartStream
    let part: Int

    package struct AsyncIterator: AsyncIteratorProtocol {
        let stream: MultipartStream
        let part: Int
        package mutating func next() async throws -> [UInt8]? { try await stream.bytes(of: part) }
    }

    package func makeAsyncIterator() -> AsyncIterator { AsyncIterator(stream: stream, part: part) }

    /// The whole part, at most `limit` bytes; else throws `payloadTooLarge`.
    package func collect(upTo limit: Int) async throws -> [UInt8] {
        var bytes: [UInt8] = []
        for try await piece in self {
            guard bytes.count + piece.count <= limit else {
                throw HTTPFailure(.payloadTooLarge, "A field of the form may have \(limit) bytes at most.")
            }
            bytes += piece
        }
        return bytes
    }

    /// A text field. Throws `badRequest` if it is not UTF-8.
    package func text(upTo limit: Int = 64 << 10) async throws -> String {
        guard let text = String(validating: try await collect(upTo: limit), as: UTF8.self) else {
            throw HTTPFailure(.badRequest, "A field of the form is not UTF-8 text.")
        }
        return text
    }
}
