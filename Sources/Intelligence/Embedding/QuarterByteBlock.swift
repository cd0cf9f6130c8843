/// 32 numbers in 18 bytes: what a step is worth, as a 16-bit float, then four bits a number, which say how many steps from -8 to 7 it is. The
/// low halves of the bytes are the first 16 numbers.
///
/// Source: the format Q4_0 of ggml.
enum QuarterByteBlock {
    private static let numbers = 32
    private static let size = 18

    /// - Parameter count: a multiple of 32.
    static func bytes(of count: Int) -> Int { count / numbers * size }

    static func unpack(_ source: UnsafeRawPointer, count: Int, into target: UnsafeMutablePointer<Float>) {
        for block in 0..<count / numbers {
            let from = source + block * size
            let step = Float(Float16(bitPattern: UInt16(littleEndian: from.loadUnaligned(as: UInt16.self))))
            let bytes = from.loadUnaligned(fromByteOffset: 2, as: SIMD16<UInt8>.self)
            let (low, high) = (bytes & SIMD16(repeating: 0x0F), bytes &>> SIMD16(repeating: 4))
            EncoderKernels.store(numbers(low, step), target, block * numbers)
            EncoderKernels.store(numbers(high, step), target, block * numbers + 16)
        }
    }

    @inline(__always)
    private static func numbers(_ halves: SIMD16<UInt8>, _ step: Float) -> SIMD16<Float> {
        (SIMD16<Float>(halves) - SIMD16(repeating: 8)) * step
    }
}
