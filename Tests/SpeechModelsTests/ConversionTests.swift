import FoundationEssentials
import Spectra
@testable import SpeechModels
import Testing

struct ConversionTests {
    /// A file in CTranslate2's format with the variables given, all of float32.
    private func model(_ variables: [(name: String, shape: [Int])], specification: String = "WhisperSpec") -> Data {
        var data = Data()
        func word(_ value: Int) { data.append(int: value) }
        func text(_ value: String) {
            let bytes = Array(value.utf8) + [0]
            data.append(contentsOf: [UInt8(bytes.count & 255), UInt8(bytes.count >> 8)])
            data.append(contentsOf: bytes)
        }
        word(6)
        text(specification)
        word(3)
        word(variables.count)
        for (name, shape) in variables {
            text(name)
            data.append(UInt8(shape.count))
            shape.forEach(word)
            data.append(0)
            let count = shape.reduce(1, *)
            word(4 * count)
            data.append(floats: (0..<count).map { Float($0 % 17) / 16 - 0.5 })
        }
        return data
    }

    @Test func `the filters are those of the ear`() {
        let filters = MelFilters.slaney()
        #expect(filters.count == 80 * 201)
        // librosa.filters.mel(sr=16000, n_fft=400, n_mels=80): the first row, and the sum of each row by its width.
        #expect(abs(filters[1] - 0.024_862_593) < 1e-6)
        #expect(filters[0] == 0)
        for row in 0..<80 { #expect(filters[row * 201..<(row + 1) * 201].contains { $0 > 0 }) }
    }

    @Test func `letters of the vocabulary are bytes again`() {
        #expect(BytePairAlphabet.bytes(of: "\u{0120}the") == [32] + Array("the".utf8))
        #expect(BytePairAlphabet.bytes(of: "\u{010A}") == [10])
        #expect(BytePairAlphabet.bytes(of: "\u{C3}\u{A9}") == [0xC3, 0xA9])
        #expect(BytePairAlphabet.bytes(of: "\u{4E00}") == nil)
    }

    @Test func `blocks of eight bits hold what they were given`() {
        var data = Data()
        let values = (0..<64).map { Float($0) - 31.5 }
        data.append(blocks: values[...])
        #expect(data.count == 68)
        for (block, start) in [(0, 0), (1, 34)] {
            let scale = Float(Float16(bitPattern: UInt16(data[start]) | UInt16(data[start + 1]) << 8))
            for place in 0..<32 {
                let value = Float(Int8(bitPattern: data[start + 2 + place])) * scale
                #expect(abs(value - values[block * 32 + place]) <= scale * 0.6)
            }
        }
        var zero = Data()
        zero.append(blocks: [Float](repeating: 0, count: 32)[...])
        #expect(zero == Data(repeating: 0, count: 34))
    }

    @Test func `a file that ends early, or is of another model, is refused`() throws {
        let whole = model([("a", [2, 3])])
        #expect(try CTranslate2Model(whole).floats("a").count == 6)
        for end in stride(from: 0, to: whole.count, by: 3) {
            #expect(throws: SpeechModelFailure.self) { try CTranslate2Model(whole.prefix(end)) }
        }
        let other = try CTranslate2Model(model([], specification: "TransformerSpec"))
        #expect(throws: SpeechModelFailure.damaged("a model of TransformerSpec, not of Whisper")) {
            try WhisperConversion(other, vocabulary: ["a", "<|endoftext|>"])
        }
        #expect(throws: SpeechModelFailure.self) {
            try WhisperConversion(try CTranslate2Model(whole), vocabulary: ["<|endoftext|>"])
        }
    }
}
