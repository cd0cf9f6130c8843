import HTTPServing
import Synchronization

/// SplitMix64, for mutations that are the same on every run.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}

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
