import Concurrency
import Failures
import Glibc
import Speech

/// Samples on their way into a file that has no name, so that it goes away with this.
final class ScratchSound: Sendable {
    private let descriptor: Int32

    /// Blocks.
    init() throws(ReadAloudFailure) {
        var template = Array("/tmp/lm-sound-XXXXXX".utf8CString)
        descriptor = mkstemp(&template)
        guard descriptor >= 0 else { throw Self.noRoom }
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        unlink(template)
    }

    deinit { close(descriptor) }

    private static let noRoom = ReadAloudFailure(.insufficientStorage, "The server has no room for temporary files.")

    /// - Parameter bytes: samples of 16 bits, little-endian.
    func append(_ bytes: [UInt8]) async throws {
        try await BlockingPool.shared.run { [descriptor] in
            var start = 0
            while start < bytes.count {
                let count = bytes.withUnsafeBytes {
                    Glibc.write(descriptor, $0.baseAddress.map { $0 + start }, bytes.count - start)
                }
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { throw Self.noRoom }
                start += count
            }
        }
    }

    /// The whole as a WAV file, whose head tells how long it is.
    func wave(rate: Int) -> Parts { Parts(sound: self, rate: rate) }

    private var size: Int {
        var about = stat()
        return fstat(descriptor, &about) == 0 ? Int(about.st_size) : 0
    }

    /// Blocks. Empty at the end.
    private func read(at offset: Int) throws -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: 1 << 18)
        while true {
            let count = pread(descriptor, &bytes, bytes.count, off_t(offset))
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw Self.noRoom }
            return Array(bytes.prefix(count))
        }
    }

    struct Parts: AsyncSequence {
        let sound: ScratchSound
        let rate: Int

        func makeAsyncIterator() -> Iterator { Iterator(sound: sound, rate: rate) }

        struct Iterator: AsyncIteratorProtocol {
            let sound: ScratchSound
            let rate: Int
            private var offset: Int?

            init(sound: ScratchSound, rate: Int) { (self.sound, self.rate) = (sound, rate) }

            mutating func next() async throws -> [UInt8]? {
                let (sound, rate) = (sound, rate)
                guard let start = offset else {
                    offset = 0
                    return await BlockingPool.shared.run { WaveFile.head(rate: rate, bytes: sound.size) }
                }
                let bytes = try await BlockingPool.shared.run { try sound.read(at: start) }
                offset = start + bytes.count
                return bytes.isEmpty ? nil : bytes
            }
        }
    }
}
