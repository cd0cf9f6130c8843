import Failures
import FoundationEssentials
import Testing

@testable import Embedding

@Suite struct SafetensorsFileTests {
    /// Runs `body` on a file with these bytes.
    private func withFile(_ bytes: [UInt8], _ body: (String) throws -> Void) throws {
        let url = FileManager.default.temporaryDirectory.appending(path: "tensors-\(UUID().uuidString)")
        try Data(bytes).write(to: url)
        defer { try? FileManager.default.removeItem(at: url) }
        try body(url.path)
    }

    private func file(_ header: String, data: [UInt8]) -> [UInt8] {
        withUnsafeBytes(of: UInt64(header.utf8.count).littleEndian) { Array($0) } + Array(header.utf8) + data
    }

    private let header =
        #"{"__metadata__":{"format":"pt"},"a":{"dtype":"F32","shape":[2,2],"data_offsets":[0,16]},"h":{"dtype":"F16","shape":[2],"data_offsets":[0,4]}}"#

    @Test func `A tensor's numbers are read at whatever address they stand`() throws {
        let numbers: [Float] = [1, -2.5, 3e9, 0]
        try withFile(file(header + " ", data: numbers.withUnsafeBytes { Array($0) })) { path in
            let file = try SafetensorsFile(path: path)
            let start = try file.floats("a", shape: [2, 2])
            #expect((0..<4).map { start.loadUnaligned(fromByteOffset: $0 * 4, as: Float.self) } == numbers)
        }
    }

    @Test(arguments: [
        ("b", [2, 2], "not in the file"), ("a", [4], "shape [2, 2]"), ("h", [2], "F16 where F32"),
    ]) func `A tensor that is not what is expected is refused by name`(name: String, shape: [Int], reason: String) throws {
        try withFile(file(header, data: [UInt8](repeating: 0, count: 16))) { path in
            let file = try SafetensorsFile(path: path)
            let failure = try #require(throws: EmbeddingFailure.self) { _ = try file.floats(name, shape: shape) }
            #expect(failure.reason.contains(reason) && failure.kind == .damagedModel && failure.code == .unavailable)
            #expect(!failure.message.contains(path))
        }
    }

    @Test func `A file cut short is refused`() throws {
        try withFile(file(header, data: [UInt8](repeating: 0, count: 15))) { path in
            let file = try SafetensorsFile(path: path)
            let failure = try #require(throws: EmbeddingFailure.self) { _ = try file.floats("a", shape: [2, 2]) }
            #expect(failure.reason.contains("cut short"))
        }
    }

    @Test(arguments: [
        #"{"a":{"dtype":"F32","shape":[2,2],"data_offsets":[8,4]}}"#,
        #"{"a":{"dtype":"F32","shape":[2,2],"data_offsets":[-4,12]}}"#,
        #"{"a":{"dtype":"F32","shape":[2,2],"data_offsets":[0]}}"#, #"{"a":{"dtype":"F32","shape":[2,2],"data_offsets":[0,8]}}"#,
    ]) func `Offsets that make no sense are refused`(header: String) throws {
        try withFile(file(header, data: [UInt8](repeating: 0, count: 16))) { path in
            let file = try SafetensorsFile(path: path)
            #expect(throws: EmbeddingFailure.self) { _ = try file.floats("a", shape: [2, 2]) }
        }
    }

    @Test(
        arguments: [
            [], [1, 2, 3], [255, 255, 255, 255, 255, 255, 255, 255], [9, 0, 0, 0, 0, 0, 0, 0, 123],
            [4, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4],
            Array("version https://git-lfs.github.com/spec/v1".utf8),
        ] as [[UInt8]]) func `What is not such a file is refused`(bytes: [UInt8]) throws
    {
        try withFile(bytes) { path in
            let failure = try #require(throws: EmbeddingFailure.self) { _ = try SafetensorsFile(path: path) }
            #expect(failure.kind == .damagedModel)
        }
    }

    @Test func `A model that is not there is said to be missing, and how to get it`() throws {
        let failure = try #require(throws: EmbeddingFailure.self) { _ = try MiniLMEmbedder(directory: "/nowhere", workers: 1) }
        #expect(failure.kind == .missingModel && failure.message.contains("make setup"))
    }
}
