/// Rows of numbers times a matrix, plus a bias: sixteen columns at a time, four rows at a time.
struct DenseLayer: Sendable {
    typealias Lanes = SIMD16<Float>

    let inputs: Int
    /// A multiple of 16; columns beyond the layer's own are 0.
    let outputs: Int
    /// `inputs` rows of `outputs`.
    private let weights: [Float]
    private let bias: [Float]

    /// - Parameters:
    ///   - weights: a row of `inputs` for each output.
    ///   - order: which output stands in each column.
    init(weights source: [Float], bias sourceBias: [Float]?, inputs: Int, order: [Int]) {
        let padded = (order.count + 15) / 16 * 16
        var weights = [Float](repeating: 0, count: inputs * padded)
        var bias = [Float](repeating: 0, count: padded)
        for (column, output) in order.enumerated() {
            for input in 0..<inputs { weights[input * padded + column] = source[output * inputs + input] }
            if let sourceBias { bias[column] = sourceBias[output] }
        }
        self.inputs = inputs
        outputs = padded
        self.weights = weights
        self.bias = bias
    }

    /// - Parameter stride: from one row of `source` to the next; less than `inputs` where rows overlap.
    func apply(_ source: UnsafePointer<Float>, stride: Int, rows: Int, into target: UnsafeMutablePointer<Float>) {
        weights.withUnsafeBytes { weights in
            bias.withUnsafeBytes { bias in
                var row = 0
                while row < rows {
                    let count = min(4, rows - row)
                    let from = source + row * stride
                    let to = target + row * outputs
                    var column = 0
                    while column < outputs {
                        if count == 4 {
                            four(from, stride, to, column, weights, bias)
                        } else {
                            for index in 0..<count { one(from + index * stride, to + index * outputs, column, weights, bias) }
                        }
                        column += 16
                    }
                    row += count
                }
            }
        }
    }

    @inline(__always)
    private func four(
        _ source: UnsafePointer<Float>, _ stride: Int, _ target: UnsafeMutablePointer<Float>, _ column: Int,
        _ weights: UnsafeRawBufferPointer, _ bias: UnsafeRawBufferPointer
    ) {
        let start = bias.loadUnaligned(fromByteOffset: column * 4, as: Lanes.self)
        var (a, b, c, d) = (start, start, start, start)
        var offset = column * 4
        for input in 0..<inputs {
            let weight = weights.loadUnaligned(fromByteOffset: offset, as: Lanes.self)
            a = Lanes(repeating: source[input]) * weight + a
            b = Lanes(repeating: source[input + stride]) * weight + b
            c = Lanes(repeating: source[input + stride * 2]) * weight + c
            d = Lanes(repeating: source[input + stride * 3]) * weight + d
            offset += outputs * 4
        }
        Self.store(a, target + column)
        Self.store(b, target + outputs + column)
        Self.store(c, target + outputs * 2 + column)
        Self.store(d, target + outputs * 3 + column)
    }

    @inline(__always)
    private func one(
        _ source: UnsafePointer<Float>, _ target: UnsafeMutablePointer<Float>, _ column: Int, _ weights: UnsafeRawBufferPointer,
        _ bias: UnsafeRawBufferPointer
    ) {
        var sum = bias.loadUnaligned(fromByteOffset: column * 4, as: Lanes.self)
        var offset = column * 4
        for input in 0..<inputs {
            sum = Lanes(repeating: source[input]) * weights.loadUnaligned(fromByteOffset: offset, as: Lanes.self) + sum
            offset += outputs * 4
        }
        Self.store(sum, target + column)
    }

    @inline(__always)
    static func load(_ source: UnsafePointer<Float>) -> Lanes { UnsafeRawPointer(source).loadUnaligned(as: Lanes.self) }

    @inline(__always)
    static func store(_ value: Lanes, _ target: UnsafeMutablePointer<Float>) {
        UnsafeMutableRawPointer(target).storeBytes(of: value, as: Lanes.self)
    }
}
