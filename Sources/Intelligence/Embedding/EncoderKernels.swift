/// The encoder's arithmetic beside its matrix products, sixteen numbers at a time. Row lengths are multiples of 16.
///
/// `a * b + c` throughout: the compiler vectorises it, and `addingProduct` it does not.
enum EncoderKernels {
    typealias Lanes = SIMD16<Float>
    static let width = 16

    @inline(__always)
    static func load(_ base: UnsafeRawPointer, _ index: Int) -> Lanes {
        base.loadUnaligned(fromByteOffset: index * 4, as: Lanes.self)
    }

    @inline(__always)
    static func store(_ value: Lanes, _ base: UnsafeMutablePointer<Float>, _ index: Int) {
        UnsafeMutableRawPointer(base + index).storeBytes(of: value, as: Lanes.self)
    }

    @inline(__always)
    static func total(_ value: Lanes) -> Float {
        let eight = value.lowHalf + value.highHalf
        let four = eight.lowHalf + eight.highHalf
        let two = four.lowHalf + four.highHalf
        return two.x + two.y
    }

    /// The greater of each pair; `pointwiseMax` goes lane by lane.
    @inline(__always)
    static func greater(_ a: Lanes, _ b: Lanes) -> Lanes { a.replacing(with: b, where: b .> a) }

    @inline(__always)
    static func greatest(_ value: Lanes) -> Float {
        let (low, high) = (value.lowHalf, value.highHalf)
        let eight = low.replacing(with: high, where: high .> low)
        let four = eight.lowHalf.replacing(with: eight.highHalf, where: eight.highHalf .> eight.lowHalf)
        let two = four.lowHalf.replacing(with: four.highHalf, where: four.highHalf .> four.lowHalf)
        return two.x > two.y ? two.x : two.y
    }

    /// e to the power of each, for x <= 0; within 2e-7. Below -87 it is 0 to this purpose.
    ///
    /// Source: the range reduction and polynomial of Cephes' expf.
    @inline(__always)
    static func exponential(_ value: Lanes) -> Lanes {
        let x = greater(value, Lanes(repeating: -87))
        // Adding 1.5 * 2^23 rounds to a whole number and leaves it in the low bits.
        let magic = Lanes(repeating: 12_582_912)
        let shifted = x * Float(1.442_695_04) + magic
        let whole = shifted - magic
        let r = x - whole * Float(0.693_359_375) - whole * Float(-2.121_944_4e-4)
        var y = Lanes(repeating: 1.987_569_15e-4)
        y = y * r + Float(1.398_199_95e-3)
        y = y * r + Float(8.333_451_9e-3)
        y = y * r + Float(4.166_579_6e-2)
        y = y * r + Float(1.666_666_55e-1)
        y = y * r + Float(5.000_000_1e-1)
        y = y * (r * r) + r + Float(1)
        let bits = unsafeBitCast(shifted, to: SIMD16<Int32>.self) &+ SIMD16<Int32>(repeating: 127)
        return y * unsafeBitCast(bits &<< SIMD16<Int32>(repeating: 23), to: Lanes.self)
    }

    /// Turns each row of scores into shares that sum to 1.
    /// - Parameter stride: the distance between rows; a multiple of 16. What stands between `columns` and `stride` becomes 0.
    static func softmax(_ scores: UnsafeMutablePointer<Float>, rows: Int, columns: Int, stride: Int) {
        let padded = (columns + width - 1) / width * width
        for row in 0..<rows {
            let line = scores + row * stride
            for index in columns..<padded { line[index] = -.infinity }
            var top = load(line, 0)
            var index = width
            while index < padded {
                top = greater(top, load(line, index))
                index += width
            }
            let greatest = Lanes(repeating: greatest(top))
            var sum = Lanes.zero
            index = 0
            while index < padded {
                let share = exponential(load(line, index) - greatest)
                store(share, line, index)
                sum += share
                index += width
            }
            // Lanes past the end hold e^-87 at most: nothing beside the 1 of the greatest.
            let scale = Lanes(repeating: 1 / total(sum))
            index = 0
            while index < padded {
                store(load(line, index) * scale, line, index)
                index += width
            }
        }
    }

    /// Normalises each row to mean 0 and variance 1, then scales and shifts it, in place; where `narrow` is given, writes it there too
    /// as bf16.
    static func layerNorm(
        _ rows: UnsafeMutablePointer<Float>, count: Int, size: Int, scale: UnsafePointer<Float>, shift: UnsafePointer<Float>,
        narrow: UnsafeMutablePointer<UInt16>?
    ) {
        let share = 1 / Float(size)
        for row in 0..<count {
            let line = rows + row * size
            var sum = Lanes.zero
            var index = 0
            while index < size {
                sum += load(line, index)
                index += width
            }
            let mean = Lanes(repeating: total(sum) * share)
            var squares = Lanes.zero
            index = 0
            while index < size {
                let offset = load(line, index) - mean
                squares = offset * offset + squares
                index += width
            }
            let factor = Lanes(repeating: 1 / (total(squares) * share + 1e-12).squareRoot())
            index = 0
            while index < size {
                let value = (load(line, index) - mean) * factor * load(scale, index) + load(shift, index)
                store(value, line, index)
                if let narrow { storeNarrow(value, narrow + row * size + index) }
                index += width
            }
        }
    }

    /// Rounds to bf16, to the nearest and to even at a tie.
    @inline(__always)
    static func storeNarrow(_ value: Lanes, _ target: UnsafeMutablePointer<UInt16>) {
        let bits = unsafeBitCast(value, to: SIMD16<UInt32>.self)
        let odd = (bits &>> SIMD16<UInt32>(repeating: 16)) & SIMD16<UInt32>(repeating: 1)
        let rounded = (bits &+ SIMD16<UInt32>(repeating: 0x7FFF) &+ odd) &>> SIMD16<UInt32>(repeating: 16)
        UnsafeMutableRawPointer(target).storeBytes(of: SIMD16<UInt16>(truncatingIfNeeded: rounded), as: SIMD16<UInt16>.self)
    }

    static func narrow(_ source: UnsafePointer<Float>, _ target: UnsafeMutablePointer<UInt16>, count: Int) {
        var index = 0
        while index < count {
            storeNarrow(load(source, index), target + index)
            index += width
        }
    }

    /// target = a + b.
    static func add(_ a: UnsafeRawPointer, _ b: UnsafePointer<Float>, into target: UnsafeMutablePointer<Float>, size: Int) {
        var index = 0
        while index < size {
            store(load(a, index) + load(b, index), target, index)
            index += width
        }
    }

    /// The mean of the rows, scaled to length 1.
    static func pooled(_ rows: UnsafePointer<Float>, count: Int, size: Int) -> [Float] {
        [Float](unsafeUninitializedCapacity: size) { buffer, initialized in
            initialized = size
            guard let target = buffer.baseAddress else { return }
            var squares = Lanes.zero
            var index = 0
            while index < size {
                var sum = Lanes.zero
                for row in 0..<count { sum += load(rows, row * size + index) }
                store(sum, target, index)
                squares = sum * sum + squares
                index += width
            }
            let scale = Lanes(repeating: 1 / max(total(squares).squareRoot(), 1e-12))
            index = 0
            while index < size {
                store(load(UnsafePointer(target), index) * scale, target, index)
                index += width
            }
        }
    }
}
