import Failures
import Synchronization

/// A body that is all there: tests and small bodies.
package final class BufferedBodySource: HTTPBodySource {
    private let state: Mutex<(bytes: [UInt8]?, limit: Int)>

    package init(_ bytes: [UInt8]) { state = Mutex((bytes.isEmpty ? nil : bytes, .max)) }

    package func limit(to bytes: Int) { state.withLock { $0.limit = bytes } }

    package func next() async throws -> [UInt8]? {
        let (bytes, limit) = state.withLock { state in
            defer { state.bytes = nil }
            return (state.bytes, state.limit)
        }
        guard let bytes else { return nil }
        guard bytes.count <= limit else { throw HTTPFailure(.payloadTooLarge, "The body may have \(limit) bytes at most.") }
        return bytes
    }
}
