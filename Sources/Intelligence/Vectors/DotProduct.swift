enum DotProduct {
    private typealias Lanes = SIMD16<Float>

    /// The sum of the products. Four sums run side by side, since each addition waits for the one before.
    @inline(__always)
    static func of(_ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, count: Int) -> Float {
        func load(_ base: UnsafePointer<Float>, _ index: Int) -> Lanes {
            UnsafeRawPointer(base).loadUnaligned(fromByteOffset: index * 4, as: Lanes.self)
        }
        var sums = (Lanes.zero, Lanes.zero, Lanes.zero, Lanes.zero)
        var index = 0
        while index + 64 <= count {
            sums.0 = load(a, index) * load(b, index) + sums.0
            sums.1 = load(a, index + 16) * load(b, index + 16) + sums.1
            sums.2 = load(a, index + 32) * load(b, index + 32) + sums.2
            sums.3 = load(a, index + 48) * load(b, index + 48) + sums.3
            index += 64
        }
        let sixteen = (sums.0 + sums.1) + (sums.2 + sums.3)
        let eight = sixteen.lowHalf + sixteen.highHalf
        let four = eight.lowHalf + eight.highHalf
        var sum = (four.x + four.z) + (four.y + four.w)
        while index < count {
            sum += a[index] * b[index]
            index += 1
        }
        return sum
    }
}
