/// Reads numbers and bytes one after the other, and never beyond the end.
struct ByteReader {
    let bytes: UnsafeRawBufferPointer
    /// Of the file, for errors.
    let path: String
    private var at = 0

    init(bytes: UnsafeRawBufferPointer, path: String) {
        self.bytes = bytes
        self.path = path
    }

    mutating func bytes(_ count: Int) throws -> Slice<UnsafeRawBufferPointer> {
        guard count >= 0, count <= bytes.count - at else {
            throw EmbeddingFailure(.damagedModel, "\(path): \(count) bytes at \(at) where the file has \(bytes.count)")
        }
        defer { at += count }
        return bytes[at..<at + count]
    }

    mutating func number<Number: FixedWidthInteger>(_ type: Number.Type) throws -> Number {
        let raw = UnsafeRawBufferPointer(rebasing: try bytes(MemoryLayout<Number>.size))
        return Number(littleEndian: raw.loadUnaligned(as: Number.self))
    }

    /// How many of something there are.
    mutating func count() throws -> Int {
        let count = try number(Int32.self)
        guard count >= 0 else { throw EmbeddingFailure(.damagedModel, "\(path): a count of \(count)") }
        return Int(count)
    }

    mutating func numbers<Number: FixedWidthInteger>(_ type: Number.Type, count: Int) throws -> [Number] {
        let size = MemoryLayout<Number>.size
        // Of a damaged count the product might not fit.
        guard count <= bytes.count / size else { throw EmbeddingFailure(.damagedModel, "\(path): a list of \(count)") }
        let raw = UnsafeRawBufferPointer(rebasing: try bytes(count * size))
        return (0..<count).map { Number(littleEndian: raw.loadUnaligned(fromByteOffset: $0 * size, as: Number.self)) }
    }
}
