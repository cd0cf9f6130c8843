import HTTPServing
import Synchronization

/// Gives bytes in steps and counts what was taken.
final class CountingSource: HTTPBodySource {
    private let bytes: [UInt8]
    private let step: Int
    private let index = Mutex(0)

    init(_ bytes: [UInt8], step: Int) {
        self.bytes = bytes
        self.step = step
    }

    var taken: Int { index.withLock { $0 } }

    func limit(to bytes: Int) {}

    func next() async throws -> [UInt8]? {
        index.withLock { index in
            guard index < bytes.count else { return nil }
            let end = min(bytes.count, index + step)
            defer { index = end }
            return Array(bytes[index..<end])
        }
    }
}
