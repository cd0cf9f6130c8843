/// A layer that gives for each number the greatest of three sums, and brings each row to mean 0 and variance 1.
struct MaxoutLayer: Sendable {
    static let size = 96
    private static let pieces = 3

    private let dense: DenseLayer
    private let scale: [Float]
    private let shift: [Float]

    init(_ file: LayerFile, maxout: LayerFile.Layer, norm: LayerFile.Layer, inputs: Int) throws {
        let (size, pieces) = (Self.size, Self.pieces)
        // All first pieces, then all second ones: the greatest is found sixteen at a time.
        let order = (0..<pieces).flatMap { piece in (0..<size).map { $0 * pieces + piece } }
        dense = DenseLayer(
            weights: try file.values("W", of: maxout, shape: [size, pieces, inputs]),
            bias: try file.values("b", of: maxout, shape: [size, pieces]), inputs: inputs, order: order)
        scale = try file.values("G", of: norm, shape: [size])
        shift = try file.values("b", of: norm, shape: [size])
    }

    /// Adds to `target` where `isResidual`, else replaces it.
    func apply(
        _ source: UnsafePointer<Float>, stride: Int, rows: Int, into target: UnsafeMutablePointer<Float>, isResidual: Bool
    ) {
        let size = Self.size
        withUnsafeTemporaryAllocation(of: Float.self, capacity: rows * dense.outputs) { sums in
            guard let base = sums.baseAddress else { return }
            dense.apply(source, stride: stride, rows: rows, into: base)
            for row in 0..<rows {
                let line = base + row * dense.outputs
                var total = DenseLayer.Lanes.zero
                for index in Swift.stride(from: 0, to: size, by: 16) {
                    var best = DenseLayer.load(line + index)
                    for piece in 1..<Self.pieces {
                        let other = DenseLayer.load(line + piece * size + index)
                        best.replace(with: other, where: other .> best)
                    }
                    DenseLayer.store(best, line + index)
                    total += best
                }
                let mean = DenseLayer.Lanes(repeating: total.sum() / Float(size))
                var squares = DenseLayer.Lanes.zero
                for index in Swift.stride(from: 0, to: size, by: 16) {
                    let offset = DenseLayer.load(line + index) - mean
                    squares += offset * offset
                }
                let factor = DenseLayer.Lanes(repeating: 1 / (squares.sum() / Float(size) + 1e-8).squareRoot())
                scale.withUnsafeBufferPointer { scale in
                    shift.withUnsafeBufferPointer { shift in
                        guard let scale = scale.baseAddress, let shift = shift.baseAddress else { return }
                        for index in Swift.stride(from: 0, to: size, by: 16) {
                            let value =
                                (DenseLayer.load(line + index) - mean) * factor * DenseLayer.load(scale + index)
                                + DenseLayer.load(shift + index)
                            let place = target + row * size + index
                            DenseLayer.store(isResidual ? value + DenseLayer.load(place) : value, place)
                        }
                    }
                }
            }
        }
    }
}
