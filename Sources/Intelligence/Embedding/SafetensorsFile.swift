import FoundationEssentials

/// A file of named tensors in the safetensors format: eight bytes of little-endian header length, a JSON header, then the data.
///
/// Source: https://huggingface.co/docs/safetensors. The data is not aligned to more than four bytes.
struct SafetensorsFile: Sendable {
    /// One entry of the header.
    private struct Entry: Decodable {
        var dtype: String
        var shape: [Int]
        var dataOffsets: [Int]

        enum CodingKeys: String, CodingKey {
            case dtype, shape
            case dataOffsets = "data_offsets"
        }
    }

    /// Leaves out `__metadata__`, which is free text.
    private struct Header: Decodable {
        struct Name: CodingKey {
            var stringValue: String
            var intValue: Int? { nil }
            init(stringValue: String) { self.stringValue = stringValue }
            init?(intValue: Int) { nil }
        }
        var entries: [String: Entry] = [:]

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: Name.self)
            for key in container.allKeys where key.stringValue != "__metadata__" {
                entries[key.stringValue] = try container.decode(Entry.self, forKey: key)
            }
        }
    }

    /// No header of a model of this size is longer.
    private static let longestHeader = 1 << 20

    let file: MappedFile
    private let name: String
    private let entries: [String: Entry]
    private let dataStart: Int

    init(path: String) throws {
        file = try MappedFile(path: path)
        name = path
        let bytes = file.bytes
        guard bytes.count >= 8 else { throw EmbeddingFailure(.damagedModel, "\(path): \(bytes.count) bytes are too few") }
        let length = UInt64(littleEndian: bytes.loadUnaligned(as: UInt64.self))
        guard length <= UInt64(Self.longestHeader), Int(length) <= bytes.count - 8 else {
            throw EmbeddingFailure(.damagedModel, "\(path): a header of \(length) bytes in a file of \(bytes.count)")
        }
        dataStart = 8 + Int(length)
        do {
            entries = try JSONDecoder().decode(Header.self, from: Data(bytes[8..<dataStart])).entries
        } catch {
            throw EmbeddingFailure(.damagedModel, "\(path): the header is not what the format asks for: \(error)")
        }
    }

    /// The tensor's numbers, in row-major order; not aligned. Valid as long as the file is.
    /// - Throws: `damagedModel` unless it is there, in f32, with just this shape, and whole.
    func floats(_ tensor: String, shape: [Int]) throws -> UnsafeRawPointer {
        func damaged(_ reason: String) -> EmbeddingFailure { EmbeddingFailure(.damagedModel, "\(name): \(tensor): \(reason)") }
        guard let entry = entries[tensor] else { throw damaged("not in the file") }
        guard entry.dtype == "F32" else { throw damaged("\(entry.dtype) where F32 is expected") }
        guard entry.shape == shape else { throw damaged("shape \(entry.shape) where \(shape) is expected") }
        let size = shape.reduce(4, *)
        guard entry.dataOffsets.count == 2 else { throw damaged("no start and end") }
        let (start, end) = (entry.dataOffsets[0], entry.dataOffsets[1])
        let available = file.bytes.count - dataStart
        guard start >= 0, start <= end, end <= available else {
            throw damaged("bytes \(start)..<\(end) where the file has \(available): it is cut short")
        }
        guard end - start == size, let base = file.bytes.baseAddress else {
            throw damaged("\(end - start) bytes where \(size) are expected")
        }
        return base + dataStart + start
    }
}

extension SafetensorsFile: EncoderTensors {
    func vector(_ name: String, _ shape: [Int]) throws -> [Float] {
        let source = try floats(name, shape: shape)
        return [Float](unsafeUninitializedCapacity: shape.reduce(1, *)) { buffer, initialized in
            UnsafeMutableRawBufferPointer(buffer).copyMemory(from: .init(start: source, count: buffer.count * 4))
            initialized = buffer.count
        }
    }

    func words(count: Int) throws -> WordRows {
        WordRows(
            form: .floats, base: try floats("embeddings.word_embeddings.weight", shape: [count, EncoderShape.size]), file: file)
    }

    func release() { file.release() }
}
