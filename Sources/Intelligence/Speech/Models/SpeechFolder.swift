import FoundationEssentials
import SpeechMessages

/// The folder with the engines and models of speech: what `lm speech fetch` and `lm voice add` put there.
package struct SpeechFolder: Sendable {
    package let path: String

    package init(path: String) { self.path = path }

    /// A file that the program in the sandbox is given.
    struct Given: Sendable, Equatable {
        let host: String
        let name: String
    }

    /// What recognition needs; nil while something of it is missing.
    var recognition: [Given]? {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        let needed: [SpeechFile] = [.transcribe, .recognition, .activity]
        guard Set(names).isSuperset(of: needed.map(\.rawValue)) else { return nil }
        // One library for each kind of processor, of which libtranscribe takes the best.
        let libraries = names.filter { $0.hasPrefix("libggml") && $0.contains(".so") && !$0.contains("vulkan") }.sorted()
        guard !libraries.isEmpty else { return nil }
        return (needed.map(\.rawValue) + libraries).map { Given(host: "\(path)/\($0)", name: $0) }
    }

    /// What tells speakers apart; nil while something of it is missing.
    var speakers: [Given]? {
        guard let recognition, hasRuntime, FileManager.default.fileExists(atPath: "\(path)/\(SpeechFile.speakers.rawValue)") else {
            return nil
        }
        // Voices are described where somebody speaks; of words nothing is needed.
        return recognition.filter { $0.name != SpeechFile.recognition.rawValue }
            + [SpeechFile.runtime, .speakers].map { Given(host: "\(path)/\($0.rawValue)", name: $0.rawValue) }
    }

    /// Whether speakers can be told apart with what is here.
    package var canTellSpeakers: Bool { speakers != nil }

    /// Whether speech can be written down with what is here.
    package var canRecognise: Bool { recognition != nil }

    /// Whether voices of Piper can speak, once there is one.
    package var hasRuntime: Bool { FileManager.default.fileExists(atPath: runtime) }

    private var runtime: String { "\(path)/\(SpeechFile.runtime.rawValue)" }

    package var voicesPath: String { path + "/voices" }

    /// The voices of Piper that were added, by name.
    package var voices: [PiperVoiceFile] {
        guard hasRuntime else { return [] }
        let names = (try? FileManager.default.contentsOfDirectory(atPath: voicesPath)) ?? []
        return names.filter { $0.hasSuffix(".onnx") }.sorted().compactMap { PiperVoiceFile.known(at: "\(voicesPath)/\($0)") }
    }

    func given(for voice: PiperVoiceFile) -> [Given] {
        [Given(host: runtime, name: SpeechFile.runtime.rawValue), Given(host: voice.path, name: SpeechFile.voice.rawValue)]
    }

    /// Distinguishes models whose results differ: their sizes and times.
    func version(of files: [Given]) -> String {
        files.map { file in
            let about = try? FileManager.default.attributesOfItem(atPath: file.host)
            return "\(about?[.size] ?? 0)"
        }.joined(separator: "-")
    }
}
