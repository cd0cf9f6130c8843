import HTTPClient
import HTTPMessages

/// Brings a page's picture to a service, and what the service says of it back.
struct RecognitionUpload: Sendable {
    /// Bytes that an answer may have.
    private static let most = 32 << 20

    /// Of the service, for people.
    let service: String
    let client: HTTPClient

    /// The body of the answer.
    ///
    /// - Throws: `RecognitionServiceFailure` with what the service said where it refuses; `HTTPClientFailure`.
    func post(_ body: [UInt8], to url: String, headers: [String: String]) async throws -> [UInt8] {
        var fields = HTTPHeaders()
        for (name, value) in headers { fields.append(name, value) }
        var request = ClientRequest(.post, url, headers: fields, body: .bytes(body))
        // Reading a page changes nothing there.
        request.isIdempotent = true
        let response = try await client.send(request)
        let bytes = try await response.body.collect(upTo: Self.most)
        guard response.status == 200 else {
            let words = String(decoding: bytes.prefix(300), as: UTF8.self).singleLine
            throw RecognitionServiceFailure(service: service, reason: "status \(response.status) \(words)")
        }
        return bytes
    }
}
