package import FoundationEssentials

/// The variables of a model in CTranslate2's binary format, read from one file.
///
/// Layout (little-endian): version 6, the specification's name, its revision, the number of variables; then of each its name, rank,
/// dimensions, type, and size in bytes before its data. Source: CTranslate2, `python/ctranslate2/specs/model_spec.py`.
package struct CTranslate2Model: Sendable {
    /// One array of numbers.
    package struct Variable: Sendable {
        package let shape: [Int]
        package let type: ElementType
        /// Where its bytes are in the file.
        let range: Range<Int>
    }

    package enum ElementType: UInt8, Sendable {
        case float32, int8, int16, int32, float16
    }

    /// The name of what the model is, such as "WhisperSpec".
    package let specification: String
    package let variables: [String: Variable]
    private let bytes: Data

    /// - Throws: `SpeechModelFailure.damaged` where the file is of another format or ends early.
    package init(_ bytes: Data) throws(SpeechModelFailure) {
        self.bytes = bytes
        var reader = Reader(bytes: bytes)
        guard try reader.word() == 6 else { throw .damaged("a model of another version than 6") }
        specification = try reader.string()
        _ = try reader.word()
        var variables: [String: Variable] = [:]
        for _ in 0..<(try reader.word()) {
            let name = try reader.string()
            let rank = Int(try reader.byte())
            var shape: [Int] = []
            for _ in 0..<rank { shape.append(Int(try reader.word())) }
            guard let type = ElementType(rawValue: try reader.byte()) else { throw .damaged("an unknown type of numbers") }
            variables[name] = Variable(shape: shape, type: type, range: try reader.skip(Int(try reader.word())))
        }
        self.variables = variables
    }

    /// The numbers of a variable that holds float16 or float32, row by row.
    package func floats(_ name: String) throws(SpeechModelFailure) -> [Float] {
        guard let variable = variables[name] else { throw .damaged("no \(name) in it") }
        let count = variable.shape.reduce(1, *)
        let start = bytes.startIndex + variable.range.lowerBound
        switch variable.type {
        case .float16 where variable.range.count == 2 * count:
            return bytes.withUnsafeBytes { raw in
                (0..<count).map {
                    Float(
                        Float16(bitPattern: raw.loadUnaligned(fromByteOffset: start - bytes.startIndex + 2 * $0, as: UInt16.self)))
                }
            }
        case .float32 where variable.range.count == 4 * count:
            return bytes.withUnsafeBytes { raw in
                (0..<count).map { raw.loadUnaligned(fromByteOffset: start - bytes.startIndex + 4 * $0, as: Float.self) }
            }
        default: throw .damaged("\(name) does not hold \(count) numbers")
        }
    }

    private struct Reader {
        let bytes: Data
        var place = 0

        mutating func skip(_ count: Int) throws(SpeechModelFailure) -> Range<Int> {
            guard count >= 0, count <= bytes.count - place else { throw .damaged("it ends early") }
            defer { place += count }
            return place..<place + count
        }

        mutating func byte() throws(SpeechModelFailure) -> UInt8 {
            bytes[bytes.startIndex + (try skip(1)).lowerBound]
        }

        mutating func word() throws(SpeechModelFailure) -> UInt32 {
            let range = try skip(4)
            return bytes.withUnsafeBytes {
                UInt32(littleEndian: $0.loadUnaligned(fromByteOffset: range.lowerBound, as: UInt32.self))
            }
        }

        /// A text with its length, which counts a zero byte at its end.
        mutating func string() throws(SpeechModelFailure) -> String {
            let range = try skip(2)
            let length = bytes.withUnsafeBytes {
                UInt16(littleEndian: $0.loadUnaligned(fromByteOffset: range.lowerBound, as: UInt16.self))
            }
            let text = try skip(Int(length))
            let start = bytes.startIndex + text.lowerBound
            return String(decoding: bytes[start..<start + max(0, text.count - 1)], as: UTF8.self)
        }
    }
}
