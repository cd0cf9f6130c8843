import Glibc

/// Adam (Kingma and Ba 2014) on the 21 parameters, each kept within its bounds.
struct AdamDescent {
    private(set) var weights: [Double]
    /// How many steps were taken.
    private(set) var taken = 0
    private var first = SIMD32<Double>.zero
    private var second = SIMD32<Double>.zero

    init(weights: [Double]) { self.weights = weights }

    mutating func step(_ slopes: SIMD32<Double>, rate: Double) {
        taken += 1
        first = first * 0.9 + slopes * 0.1
        second = second * 0.999 + slopes * slopes * 0.001
        let (early, late) = (1 - pow(0.9, Double(taken)), 1 - pow(0.999, Double(taken)))
        for index in weights.indices {
            let bound = SpacingParameters.bounds[index]
            let moved = weights[index] - rate * (first[index] / early) / ((second[index] / late).squareRoot() + 1e-8)
            weights[index] = min(max(moved, bound.lowerBound), bound.upperBound)
        }
    }
}
