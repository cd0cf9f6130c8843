/// A voice of Piper (VITS): sound, and how long each phoneme of it lasts.
///
/// Several threads may let one voice speak at once.
final class PiperVoice: @unchecked Sendable {
    // Unchecked: the runtime's sessions may be run by several threads at once, and nothing here changes after `init`.

    struct Speech {
        /// One channel, between -1 and 1.
        let samples: [Float]
        /// How many samples each phoneme id lasts, those of pauses between them included.
        let durations: [Int]
    }

    /// Samples in each of the model's frames.
    private static let frame = 256
    private let runtime: ONNXRuntime
    private let session: OpaquePointer

    /// - Parameter model: the bytes of the voice's `.onnx`.
    init(_ runtime: ONNXRuntime, model: [UInt8]) throws(SpeechEngineFailure) {
        self.runtime = runtime
        // Messages of protocol buffers merge when one follows another, so this makes the durations one more output of the graph:
        // field 7 (graph) { field 12 (output) { name, type { tensor { float } } } }.
        let name = Array(Self.durations.utf8)
        let type: [UInt8] = [0x12, 0x04, 0x0A, 0x02, 0x08, 0x01]
        let output: [UInt8] = [0x0A, UInt8(name.count)] + name + type
        let graph: [UInt8] = [0x62, UInt8(output.count)] + output
        session = try runtime.session(model + [0x3A, UInt8(graph.count)] + graph, threads: Self.threads)
    }

    /// Two would wait for each other by spinning: on a busy machine they took ten times as long as one.
    private static let threads = 1
    private static let durations = "/Ceil_output_0"

    deinit { runtime.end(session) }

    /// - Parameters:
    ///   - ids: the voice's own numbers of phonemes, with its marks of beginning, end and between.
    ///   - speed: 1 as it was recorded, 2 twice as fast.
    func speak(_ ids: [Int64], speed: Float = 1) throws(SpeechEngineFailure) -> Speech {
        let results = try runtime.run(
            session,
            [
                ("input", .integers(ids, shape: [1, Int64(ids.count)])),
                ("input_lengths", .integers([Int64(ids.count)], shape: [1])),
                // How varied the sound is, how slow, how varied the durations are.
                ("scales", .floats([0.667, 1 / speed, 0.8], shape: [3])),
            ],
            outputs: ["output", Self.durations])
        guard results.count == 2 else { throw .unusable("a voice that tells no durations") }
        return Speech(samples: results[0], durations: results[1].map { Int($0) * Self.frame })
    }
}
