import Glibc
import Testing

@testable import Embedding

@Suite struct EncoderKernelsTests {
    @Test func `The exponential is right to 3e-7 below zero`() {
        for step in 0..<8000 {
            let x = -Float(step) * 0.01
            let found = EncoderKernels.exponential(.init(repeating: x))[step % 16]
            #expect(abs(found - exp(x)) <= 3e-7 * exp(x) + 1e-37)
        }
    }

    @Test(arguments: [1, 3, 15, 16, 17, 33, 256]) func `Softmax's rows sum to one and keep their order`(columns: Int) {
        let stride = (columns + 15) / 16 * 16
        var scores = (0..<3 * stride).map { Float(($0 * 37) % 101) / 7 - 5 }
        let before = scores
        scores.withUnsafeMutableBufferPointer { buffer in
            if let base = buffer.baseAddress { EncoderKernels.softmax(base, rows: 3, columns: columns, stride: stride) }
        }
        for row in 0..<3 {
            let raw = before[row * stride..<row * stride + columns].map { Double($0) }
            let top = raw.max() ?? 0
            let sum = raw.reduce(0) { $0 + exp($1 - top) }
            for column in 0..<columns {
                #expect(abs(Double(scores[row * stride + column]) - exp(raw[column] - top) / sum) < 1e-6)
            }
        }
    }

    @Test func `bf16 rounds to the nearest, to even at a tie`() {
        func narrowed(_ value: Float) -> UInt16 {
            var target = [UInt16](repeating: 0, count: 16)
            target.withUnsafeMutableBufferPointer { buffer in
                if let base = buffer.baseAddress { EncoderKernels.storeNarrow(.init(repeating: value), base) }
            }
            return target[5]
        }
        #expect(narrowed(1) == 0x3F80)
        #expect(narrowed(-2) == 0xC000)
        #expect(narrowed(Float(bitPattern: 0x3F80_8000)) == 0x3F80)
        #expect(narrowed(Float(bitPattern: 0x3F81_8000)) == 0x3F82)
        #expect(narrowed(Float(bitPattern: 0x3F80_8001)) == 0x3F81)
    }
}
