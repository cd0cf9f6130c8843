/// Messages one after the other in a stream of bytes: each after its length, four bytes, little-endian.
package struct SpeechFrames: Sendable {
    /// Bytes of the longest message: half an hour of sound.
    package static let longest = 64 << 20

    private var bytes: [UInt8] = []
    private var start = 0

    package init() {}

    package static func framed(_ message: [UInt8]) -> [UInt8] {
        var writer = WireWriter()
        writer.put(UInt32(message.count))
        return writer.bytes + message
    }

    /// Takes in what came.
    package mutating func append(_ more: some Sequence<UInt8>) {
        if start > 0 {
            bytes.removeFirst(start)
            start = 0
        }
        bytes.append(contentsOf: more)
    }

    /// The next whole message; nil until more has come.
    ///
    /// - Throws: where one is said to be longer than any is: then nothing of the stream can be believed.
    package mutating func next() throws(WireFailure) -> [UInt8]? {
        guard bytes.count - start >= 4 else { return nil }
        var reader = WireReader(bytes[start...])
        let length = Int(try reader.number(UInt32.self))
        guard length <= Self.longest else { throw .malformed }
        guard bytes.count - start - 4 >= length else { return nil }
        defer { start += 4 + length }
        return Array(bytes[start + 4..<start + 4 + length])
    }
}
