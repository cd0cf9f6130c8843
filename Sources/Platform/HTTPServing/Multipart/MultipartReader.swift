import Failures
import HTTPMessages

/// The parts of a `multipart/form-data` body, one after another, without holding any of them in memory (RFC 7578).
///
///     for try await part in try MultipartReader(call.request) {
///         if part.name == "file" { for try await bytes in part.body { … } }
///     }
package struct MultipartReader: Sendable, AsyncSequence {
    package typealias Element = MultipartPart
    private let stream: MultipartStream

    /// Throws `unsupportedMediaType` if the request is no form, `badRequest` if its boundary is missing or malformed.
    package init(_ request: HTTPRequest, limits: MultipartLimits = MultipartLimits()) throws(HTTPFailure) {
        let type = request.headers["Content-Type"] ?? ""
        guard MediaType.essence(type) == "multipart/form-data" else {
            throw HTTPFailure(
                .unsupportedMediaType, "The body must be multipart/form-data.",
                details: ["Content-Type": "must be multipart/form-data"])
        }
        guard let boundary = MediaType.parameter("boundary", of: type),
            let parser = MultipartParser(boundary: boundary, limits: limits)
        else { throw HTTPFailure(.badRequest, "The form's Content-Type has no usable boundary.") }
        stream = MultipartStream(body: request.body, parser: parser)
    }

    package struct AsyncIterator: AsyncIteratorProtocol {
        let stream: MultipartStream
        package mutating func next() async throws -> MultipartPart? { try await stream.nextPart() }
    }

    package func makeAsyncIterator() -> AsyncIterator { AsyncIterator(stream: stream) }
}
