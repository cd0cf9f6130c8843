import FoundationEssentials
package import HTTPMessages
package import HTTPServing
import Synchronization

/// A whole response: streams are run to their end, files are read.
package struct TestAnswer: Sendable {
    package let status: Int
    package let headers: HTTPHeaders
    package let body: [UInt8]

    package init(_ response: HTTPResponse, to method: HTTPMethod = .get) async throws {
        status = response.status
        headers = response.headers
        // The engine sends no body in answer to HEAD.
        if method == .head {
            body = []
            return
        }
        switch response.body {
        case .empty: body = []
        case .upgrade: body = []
        case .bytes(let bytes): body = bytes
        case .file(let path, let offset, let length):
            let data = try Data(contentsOf: URL(filePath: path))
            body = Array(data.dropFirst(offset).prefix(length))
        case .stream(let write):
            let writer = CollectingBodyWriter()
            try await write(writer)
            body = writer.bytes
        }
    }

    package var text: String { String(decoding: body, as: UTF8.self) }

    /// The body as a value.
    package func json<Value: Decodable>(_ type: Value.Type = Value.self) throws -> Value {
        try JSONCoding.decoder.decode(type, from: Data(body))
    }

    /// The error answer's fields.
    package func error() throws -> TestError { try json() }
}

/// The fields of an error answer.
package struct TestError: Decodable, Sendable {
    package let error: String
    package let message: String
    package let details: [String: String]
    package let requestID: String
    package let timestamp: String

    enum CodingKeys: String, CodingKey {
        case error, message, details, timestamp
        case requestID = "request_id"
    }
}

/// Keeps what a stream writes.
package final class CollectingBodyWriter: HTTPBodyWriter {
    private let state = Mutex<[UInt8]>([])

    package init() {}

    package var bytes: [UInt8] { state.withLock { $0 } }
    package var text: String { String(decoding: bytes, as: UTF8.self) }

    package func write(_ bytes: [UInt8]) async throws { state.withLock { $0 += bytes } }
}
