import FoundationEssentials
@testable import SpeechModels
import Testing

@Suite("A model of a short window")
struct ShortWindowTests {
    private static let state = 4

    /// A model in whisper.cpp's format with as many tokens as Whisper's for many languages, and a few of its tensors.
    private func model(vocabulary: Int = 51_865, places: Int = 1_500, tensor name: String = "encoder.blocks.0.attn.query.weight")
        -> Data
    {
        var data = Data()
        for number in [0x6767_6d6c, vocabulary, places, Self.state, 1, 1, 448, Self.state, 1, 1, 2, 0, 2, 3] {
            data.append(int: number)
        }
        data.append(floats: (0..<6).map(Float.init))
        data.append(int: 50_257)
        for token in 0..<50_257 {
            data.append(int: 1)
            data.append(UInt8(token % 256))
        }
        func add(_ name: String, _ sizes: [Int]) {
            data.append(int: sizes.count)
            data.append(int: name.utf8.count)
            data.append(int: 0)
            for size in sizes { data.append(int: size) }
            data.append(contentsOf: name.utf8)
            data.append(floats: (0..<sizes.reduce(1, *)).map(Float.init))
        }
        add("encoder.positional_embedding", [Self.state, places])
        add("encoder.conv1.bias", [1, Self.state])
        add(name, [Self.state, Self.state])
        return data
    }

    private func made(of data: Data, seconds: Int = 8) throws -> Data {
        let folder = FileManager.default.temporaryDirectory.path + "/short-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try data.write(to: URL(filePath: folder + "/whisper.bin"))
        try ShortWindow.make(from: folder + "/whisper.bin", to: folder + "/short.gguf", seconds: seconds)
        // Nothing half done is left beside it.
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder).sorted() == ["short.gguf", "whisper.bin"])
        return try Data(contentsOf: URL(filePath: folder + "/short.gguf"))
    }

    /// The tensors that the head of a file tells of: sizes, and where the bytes are from the end of the head.
    private func tensors(of file: Data) throws -> [String: (sizes: [Int], place: Int)] {
        var place = 8
        func number(_ bytes: Int) -> Int {
            defer { place += bytes }
            return file[place..<place + bytes].reversed().reduce(0) { $0 << 8 | Int($1) }
        }
        func text() -> String {
            let length = number(8)
            defer { place += length }
            return String(decoding: file[place..<place + length], as: UTF8.self)
        }
        let (count, keys) = (number(8), number(8))
        for _ in 0..<keys {
            _ = text()
            switch number(4) {
            case 4, 6: place += 4
            case 7: place += 1
            case 8: _ = text()
            default:
                let (type, count) = (number(4), number(8))
                for _ in 0..<count { if type == 8 { _ = text() } else { place += 4 } }
            }
        }
        var found: [String: (sizes: [Int], place: Int)] = [:]
        for _ in 0..<count {
            let name = text()
            let sizes = (0..<number(4)).map { _ in number(8) }
            #expect(number(4) == 0)
            found[name] = (sizes, number(8))
        }
        let head = (place + 31) / 32 * 32
        return found.mapValues { ($0.sizes, $0.place + head) }
    }

    @Test("it has the same tensors under their other names, and fewer places")
    func tensors() throws {
        let file = try made(of: model())
        #expect(file.prefix(4) == Data("GGUF".utf8))
        let tensors = try tensors(of: file)
        #expect(
            tensors.mapValues(\.sizes) == [
                "frontend.mel_filterbank": [3, 2], "frontend.window": [400], "enc.pos_emb.weight": [Self.state, 400],
                "enc.conv.0.bias": [Self.state], "enc.blocks.0.attn.q.weight": [Self.state, Self.state],
            ])
        for (name, tensor) in tensors where name.hasPrefix("enc.") {
            let bytes = file[tensor.place..<tensor.place + 16]
            let numbers = bytes.withUnsafeBytes { raw in (0..<4).map { raw.loadUnaligned(fromByteOffset: $0 * 4, as: Float.self) } }
            #expect(numbers == [0, 1, 2, 3], "\(name)")
        }
        #expect(file.count % 32 == 0)
    }

    @Test("the tokens that the one format leaves to be known stand in the other")
    func tokens() throws {
        let text = (0..<50_257).map { "\($0)" }
        let tokens = try WhisperTokens(text: text, count: 51_865)
        #expect(tokens.all.count == 51_865 && tokens.languages.count == 99)
        #expect(tokens.all[tokens.endOfText] == "<|endoftext|>" && tokens.all[tokens.start] == "<|startoftranscript|>")
        #expect(tokens.all[tokens.transcribe] == "<|transcribe|>" && tokens.all[tokens.translate] == "<|translate|>")
        #expect(tokens.all[tokens.startOfPrevious] == "<|startofprev|>" && tokens.all[tokens.noTimes] == "<|notimestamps|>")
        #expect(tokens.all[tokens.noTimes + 1] == "<|0.00|>" && tokens.all[tokens.noTimes + 6] == "<|0.10|>")
        #expect(tokens.all.last == "<|30.00|>" && tokens.suppressed.count == 88)
        #expect(try WhisperTokens(text: text, count: 51_866).languages.last == "yue")
        #expect(throws: SpeechModelFailure.self) { try WhisperTokens(text: text, count: 51_864) }
    }

    @Test("what is damaged, or of another kind, is refused")
    func refused() throws {
        let whole = model()
        for end in [0, 3, 40, 5_000, whole.count - 1] {
            #expect(throws: SpeechModelFailure.self) { try LegacyWhisperModel(whole.prefix(end)) }
        }
        #expect(throws: SpeechModelFailure.self) { try made(of: model(vocabulary: 51_864)) }
        #expect(throws: SpeechModelFailure.self) { try made(of: model(places: 300)) }
        #expect(throws: SpeechModelFailure.self) { try made(of: model(tensor: "encoder.blocks.0.other.weight")) }
    }
}
