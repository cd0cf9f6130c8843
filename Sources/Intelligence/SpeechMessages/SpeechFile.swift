/// The files that the program in the sandbox may be given, by the names under which it finds them. libtranscribe has others beside it.
package enum SpeechFile: String, Sendable, CaseIterable {
    case transcribe = "libtranscribe.so"
    case recognition = "whisper.bin"
    case activity = "silero.bin"
    case runtime = "libonnxruntime.so"
    case voice = "voice.onnx"
    case speakers = "speakers.onnx"
}
