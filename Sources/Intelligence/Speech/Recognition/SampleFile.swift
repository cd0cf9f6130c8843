import Glibc

/// Sound as samples in a file: 16,000 a second, of one channel, 16 bits each, little-endian. Read a stretch at a time, however long it is.
package final class SampleFile: Sendable {
    /// Samples a second.
    package static let rate = 16_000

    package let count: Int
    private let descriptor: Int32

    /// Blocks shortly.
    /// - Throws: `SpeechFailure` if it cannot be read.
    package init(path: String) throws(SpeechFailure) {
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        var about = stat()
        guard descriptor >= 0, fstat(descriptor, &about) == 0 else {
            throw SpeechFailure(.broken, "The recording's sound is not there any more.")
        }
        count = Int(about.st_size) / 2
    }

    deinit { close(descriptor) }

    package var milliseconds: Int { count * 1000 / Self.rate }

    /// Blocks. What lies beyond the end is left out.
    func samples(_ range: Range<Int>) throws(SpeechFailure) -> [Int16] {
        let range = range.clamped(to: 0..<count)
        var bytes = [UInt8](repeating: 0, count: range.count * 2)
        var done = 0
        while done < bytes.count {
            let more = bytes.withUnsafeMutableBytes {
                pread(descriptor, $0.baseAddress.map { $0 + done }, $0.count - done, off_t(range.lowerBound * 2 + done))
            }
            if more < 0, errno == EINTR { continue }
            guard more > 0 else { throw SpeechFailure(.broken, "The recording's sound cannot be read any more.") }
            done += more
        }
        return bytes.withUnsafeBytes { raw in
            (0..<range.count).map { Int16(littleEndian: raw.loadUnaligned(fromByteOffset: $0 * 2, as: Int16.self)) }
        }
    }
}
