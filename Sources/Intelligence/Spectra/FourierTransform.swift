import Glibc

/// How strong each frequency is in a short stretch of sound.
package struct FourierTransform: Sendable {
    /// Samples of a stretch, a power of two.
    package let length: Int
    private let cosines, sines: [Float]
    private let places: [Int]

    package init(length: Int) {
        precondition(length > 1 && length & (length - 1) == 0, "a power of two")
        self.length = length
        let angles = (0..<length / 2).map { -2 * Double.pi * Double($0) / Double(length) }
        cosines = angles.map { Float(cos($0)) }
        sines = angles.map { Float(sin($0)) }
        let bits = length.trailingZeroBitCount
        places = (0..<length).map { place in
            (0..<bits).reduce(0) { $0 << 1 | place >> $1 & 1 }
        }
    }

    /// The squares of the amplitudes of `length / 2 + 1` frequencies, from none to half of the rate.
    package func power(of samples: [Float]) -> [Float] {
        var real = places.map { $0 < samples.count ? samples[$0] : 0 }
        var imaginary = [Float](repeating: 0, count: length)
        var half = 1
        while half < length {
            let step = length / (2 * half)
            for start in stride(from: 0, to: length, by: 2 * half) {
                for number in 0..<half {
                    let (low, high) = (start + number, start + number + half)
                    let (turn, turned) = (cosines[number * step], sines[number * step])
                    let (x, y) = (
                        real[high] * turn - imaginary[high] * turned, real[high] * turned + imaginary[high] * turn
                    )
                    (real[high], imaginary[high]) = (real[low] - x, imaginary[low] - y)
                    (real[low], imaginary[low]) = (real[low] + x, imaginary[low] + y)
                }
            }
            half *= 2
        }
        return (0...length / 2).map { real[$0] * real[$0] + imaginary[$0] * imaginary[$0] }
    }
}
