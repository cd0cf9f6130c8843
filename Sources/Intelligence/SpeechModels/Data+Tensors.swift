import FoundationEssentials

/// Numbers as ggml writes them, little-endian.
extension Data {
    mutating func append(int value: Int) {
        Swift.withUnsafeBytes(of: Int32(truncatingIfNeeded: value).littleEndian) { append(contentsOf: $0) }
    }

    mutating func append(floats values: some Sequence<Float>) {
        for value in values { Swift.withUnsafeBytes(of: value.bitPattern.littleEndian) { append(contentsOf: $0) } }
    }

    mutating func append(halves values: some Sequence<Float>) {
        for value in values { Swift.withUnsafeBytes(of: Float16(value).bitPattern.littleEndian) { append(contentsOf: $0) } }
    }

    /// Blocks of 32 numbers: a scale in float16, then each as a signed byte (Q8_0).
    mutating func append(blocks values: ArraySlice<Float>) {
        precondition(values.count % 32 == 0, "a matrix of \(values.count) numbers has no whole blocks")
        reserveCapacity(count + values.count / 32 * 34)
        var bytes = [UInt8](repeating: 0, count: 34)
        for start in stride(from: values.startIndex, to: values.endIndex, by: 32) {
            let block = values[start..<start + 32]
            let greatest = block.reduce(0) { Swift.max($0, abs($1)) }
            let scale = greatest / 127
            let inverse = scale == 0 ? 0 : 1 / scale
            let bits = Float16(scale).bitPattern
            bytes[0] = UInt8(bits & 255)
            bytes[1] = UInt8(bits >> 8)
            for (place, value) in block.enumerated() {
                bytes[2 + place] = UInt8(bitPattern: Int8((value * inverse).rounded(.toNearestOrAwayFromZero)))
            }
            append(contentsOf: bytes)
        }
    }
}
