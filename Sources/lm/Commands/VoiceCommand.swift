import App
import FoundationEssentials
import Glibc
import Speech
import SpeechModels

extension Command {
    static let voice = Command(
        name: "voice", operands: "list|add|remove [NAME|FILE|URL]", summary: "Add voices that read aloud, or list them.",
        options: [
            .init("--folder", "PATH", "Where they are to be; as the settings say if not given."),
            .init("--yes", nil, "With add: the voice's notice has been read."),
        ],
        details: """
            add takes the name of a voice that can be fetched (joe), or the .onnx file of any voice of Piper with its .onnx.json beside it, \
            by its path or its address. Voices whose licence is clear are found among those of rhasspy/piper-voices: en_US-ljspeech (public domain), \
            de_DE-thorsten (CC0), fr_FR-siwis (CC BY).
            """
    ) { arguments in
        let folder = try SpeechPlace.folder(arguments["--folder"])
        let operands = arguments.rest
        switch (operands.first, operands.count) {
        case ("list", 1):
            for voice in SpeechFolder(path: folder).voices { Terminal.line("\(voice.name)\t\(voice.language)") }
            Terminal.line("slt, rms, awb\ten (flite)")
            Terminal.line("espeak-CODE\ta hundred languages (espeak-ng)")
            return 0
        case ("add", 2): return try await add(operands[1], to: folder, isAccepted: arguments.has("--yes"))
        case ("remove", 2): return try remove(operands[1], from: folder)
        default: throw UsageFailure("It is `lm voice list`, `lm voice add NAME` or `lm voice remove NAME`.")
        }
    }

    private static func add(_ name: String, to folder: String, isAccepted: Bool) async throws -> Int32 {
        if let known = KnownVoice.named(name), let plan = FetchPlan.voice(known.id) {
            Terminal.say(known.notice)
            guard isAccepted || confirms("Fetch it (69 MB)?") else {
                Terminal.say("Nothing was fetched. `lm voice add \(known.id) --yes` fetches it.")
                return 1
            }
            try SpeechPlace.fetch(plan, into: folder)
            Terminal.line("Added \(known.name).")
            return 0
        }
        if ["http://", "https://"].contains(where: name.hasPrefix) {
            let file = try await VoiceDownload.fetch(name) { Terminal.say($0) }
            defer { file.remove() }
            return try add(path: file.path, to: folder)
        }
        return try add(path: name, to: folder)
    }

    private static func add(path name: String, to folder: String) throws -> Int32 {
        guard let file = PiperVoiceFile(path: name) else {
            throw UsageFailure(
                "\(name) is no voice that can be fetched, and no .onnx file of a voice of Piper with its .onnx.json beside it.")
        }
        let place = SpeechFolder(path: folder).voicesPath
        try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
        let target = "\(place)/\(file.name).onnx"
        for ending in [".json", ""] {
            if FileManager.default.fileExists(atPath: target + ending) {
                try FileManager.default.removeItem(atPath: target + ending)
            }
            try FileManager.default.copyItem(atPath: name + ending, toPath: target + ending)
        }
        Terminal.line("Added \(file.name).")
        if !SpeechFolder(path: folder).hasRuntime { try SpeechPlace.fetch(.runtimeAlone, into: folder) }
        return 0
    }

    /// Only who sits at a terminal can be asked.
    private static func confirms(_ question: String) -> Bool {
        guard isatty(STDIN_FILENO) == 1 else { return false }
        Terminal.write(question + " [y/N] ", to: STDERR_FILENO)
        return readLine()?.lowercased().hasPrefix("y") ?? false
    }

    private static func remove(_ name: String, from folder: String) throws -> Int32 {
        guard let voice = SpeechFolder(path: folder).voices.first(where: { $0.name == name || $0.name.contains("-\(name)-") })
        else {
            Terminal.complain("There is no voice \(name).")
            return 1
        }
        for ending in ["", ".json"] { try FileManager.default.removeItem(atPath: voice.path + ending) }
        Terminal.line("Removed \(voice.name).")
        return 0
    }
}
