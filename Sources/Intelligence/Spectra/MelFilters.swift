import FoundationEssentials
import Glibc

/// Triangular filters that sum the bands of a spectrum as the ear does, on Slaney's mel scale.
///
/// Whisper's own are librosa's `filters.mel(sr=16000, n_fft=400, n_mels=80)`: linear to 1,000 Hz, logarithmic above, each filter of
/// area one.
package enum MelFilters {
    /// `count` rows of `length / 2 + 1` weights.
    package static func slaney(count: Int = 80, rate: Double = 16_000, length: Int = 400) -> [Float] {
        let bins = length / 2 + 1
        let frequencies = (0..<bins).map { Double($0) * rate / Double(length) }
        let top = mel(rate / 2)
        let edges = (0..<count + 2).map { hertz(top * Double($0) / Double(count + 1)) }
        var weights: [Float] = []
        for row in 0..<count {
            let (low, middle, high) = (edges[row], edges[row + 1], edges[row + 2])
            for frequency in frequencies {
                let rising = (frequency - low) / (middle - low)
                let falling = (high - frequency) / (high - middle)
                weights.append(Float(max(0, min(rising, falling)) * 2 / (high - low)))
            }
        }
        return weights
    }

    private static let step = 200.0 / 3
    private static let knee = 1_000.0
    private static let growth = Glibc.log(6.4) / 27

    private static func mel(_ hertz: Double) -> Double {
        hertz < knee ? hertz / step : knee / step + Glibc.log(hertz / knee) / growth
    }

    private static func hertz(_ mel: Double) -> Double {
        mel < knee / step ? mel * step : knee * Glibc.exp((mel - knee / step) * growth)
    }
}
