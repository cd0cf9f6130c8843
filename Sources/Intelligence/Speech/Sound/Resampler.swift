import Glibc

/// Changes how many samples a second a sound has, by windowed sinc functions.
enum Resampler {
    private static let reach = 16

    static func resample(_ samples: [Int16], from: Int, to: Int) -> [Int16] {
        guard from != to, from > 0, to > 0, !samples.isEmpty else { return samples }
        let step = Double(from) / Double(to)
        // Below half of the lower of both rates.
        let cutoff = min(1, Double(to) / Double(from)) * 0.95
        let width = Int((Double(reach) / cutoff).rounded(.up))
        // The positions between samples repeat: so many different ones there are.
        let phases = to / greatestDivisor(from, to)
        let kernels: [[Double]] = (0..<min(phases, 4_096)).map { phase in
            let offset = Double(phase) * step
            let fraction = offset - offset.rounded(.down)
            return kernel(at: fraction, cutoff: cutoff, width: width)
        }
        let count = samples.count * to / from
        // Some ten million products for half a minute: without a look at each whether it is within bounds.
        return samples.withUnsafeBufferPointer { samples in
            (0..<count).map { place in
                let position = Double(place) * step
                let centre = Int(position)
                let weights =
                    phases <= 4_096 ? kernels[place % phases] : kernel(at: position - Double(centre), cutoff: cutoff, width: width)
                let first = centre - width + 1
                let sum = weights.withUnsafeBufferPointer { weights in
                    var sum = 0.0
                    for number in max(0, -first)..<max(0, -first, min(weights.count, samples.count - first)) {
                        sum += Double(samples[first + number]) * weights[number]
                    }
                    return sum
                }
                return Int16(min(max(sum.rounded(), -32_768), 32_767))
            }
        }
    }

    private static func kernel(at fraction: Double, cutoff: Double, width: Int) -> [Double] {
        let weights = (0..<2 * width).map { number -> Double in
            let distance = Double(number - width + 1) - fraction
            let x = distance * cutoff * Double.pi
            let sinc = abs(x) < 1e-9 ? 1 : Glibc.sin(x) / x
            let window = 0.5 + 0.5 * Glibc.cos(Double.pi * distance / Double(width))
            return abs(distance) >= Double(width) ? 0 : sinc * window
        }
        let sum = weights.reduce(0, +)
        return weights.map { $0 / sum }
    }

    private static func greatestDivisor(_ one: Int, _ other: Int) -> Int { other == 0 ? one : greatestDivisor(other, one % other) }
}
