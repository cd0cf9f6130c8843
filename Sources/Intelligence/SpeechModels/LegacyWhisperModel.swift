import FoundationEssentials

/// A Whisper model in whisper.cpp's format: what its head tells, and where in its file everything is.
///
/// Source of the format: whisper.cpp, `models/convert-pt-to-ggml.py`.
struct LegacyWhisperModel {
    struct Tensor {
        let name: String
        /// The innermost dimension first, as ggml has them.
        let sizes: [Int]
        /// ggml's number of how its numbers are written.
        let type: Int
        let bytes: Data
    }

    let vocabulary, audioContext, audioState, audioHeads, audioLayers: Int
    let textContext, textState, textHeads, textLayers, mels: Int
    /// How many frequencies each of the mel filters has.
    let frequencies: Int
    let filters: Data
    /// The tokens that are text; those with a meaning of their own follow them by number alone.
    let tokens: [Data]
    let tensors: [Tensor]

    /// - Throws: `SpeechModelFailure.damaged` where the file is of another format or ends early.
    init(_ file: Data) throws(SpeechModelFailure) {
        var reader = Reader(file: file)
        guard try reader.number() == 0x6767_6d6c else { throw .damaged("no model in whisper.cpp's format") }
        vocabulary = try reader.number()
        audioContext = try reader.number()
        audioState = try reader.number()
        audioHeads = try reader.number()
        audioLayers = try reader.number()
        textContext = try reader.number()
        textState = try reader.number()
        textHeads = try reader.number()
        textLayers = try reader.number()
        mels = try reader.number()
        _ = try reader.number()
        guard try reader.number() == mels, mels > 0 else { throw .damaged("its filters are not those that it tells of") }
        frequencies = try reader.number()
        filters = try reader.take(mels * frequencies * 4)
        var tokens: [Data] = []
        for _ in 0..<(try reader.number()) {
            let length = try reader.number()
            tokens.append(try reader.take(length))
        }
        self.tokens = tokens
        var tensors: [Tensor] = []
        while !reader.isAtEnd { tensors.append(try reader.tensor()) }
        self.tensors = tensors
    }

    private struct Reader {
        let file: Data
        var place = 0

        var isAtEnd: Bool { place == file.count }

        mutating func take(_ count: Int) throws(SpeechModelFailure) -> Data {
            guard count >= 0, count <= file.count - place else { throw .damaged("it ends early") }
            defer { place += count }
            return file[file.startIndex + place..<file.startIndex + place + count]
        }

        /// No number in the format is less than nothing.
        mutating func number() throws(SpeechModelFailure) -> Int {
            let bytes = try take(4)
            let value = bytes.withUnsafeBytes { Int32(littleEndian: $0.loadUnaligned(as: Int32.self)) }
            guard value >= 0 else { throw .damaged("a length below nothing") }
            return Int(value)
        }

        mutating func tensor() throws(SpeechModelFailure) -> Tensor {
            let (rank, length, type) = (try number(), try number(), try number())
            // Numbers and bytes of a block, by ggml's number of the type: whisper.cpp's models have no others.
            let blocks: [Int: (numbers: Int, bytes: Int)] = [
                0: (1, 4), 1: (1, 2), 2: (32, 18), 3: (32, 20), 6: (32, 22), 7: (32, 24), 8: (32, 34),
            ]
            guard (1...4).contains(rank), let block = blocks[type] else { throw .damaged("a tensor of an unknown type") }
            var (sizes, count) = ([Int](), 1)
            for _ in 0..<rank {
                sizes.append(try number())
                let (product, isTooLarge) = count.multipliedReportingOverflow(by: sizes[sizes.count - 1])
                guard !isTooLarge else { throw .damaged("a tensor beyond all bounds") }
                count = product
            }
            let name = String(decoding: try take(length), as: UTF8.self)
            let (size, isTooLarge) = (count / block.numbers).multipliedReportingOverflow(by: block.bytes)
            guard !isTooLarge, count % block.numbers == 0 else { throw .damaged("\(name) has no whole blocks") }
            return Tensor(name: name, sizes: sizes, type: type, bytes: try take(size))
        }
    }
}
