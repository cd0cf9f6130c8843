import Failures
import HTTPClient
import ReadAloud
import Settings
import Speech

extension Doctor {
    /// Whether texts can be read aloud, by a word that is really spoken, and whether speech can be written down.
    func speech() async -> [Finding] {
        do {
            let client = try HTTPClient(SpeechServiceSettings.clientConfiguration, logger: logger)
            let equipment = SpeechEquipment(
                folder: SpeechFolder(path: try Application.speechFolder(source, data: configuration.storage.dataDirectory)),
                width: 1,
                services: try SpeechServiceSettings.services(source, client: client, ambient: ambient),
                order: try SpeechServiceSettings.order(source), logger: logger)
            let findings = [await readingAloud(equipment), writingDown(equipment.folder)]
            await equipment.retire(afterIdle: .zero)
            return findings
        } catch {
            return [
                .broken(
                    "reading aloud", (error as? any Failure)?.message ?? "\(error)", "`lm settings` says what each setting takes.")
            ]
        }
    }

    private func readingAloud(_ equipment: SpeechEquipment) async -> Finding {
        let part = "reading aloud"
        for engine in equipment.engines {
            guard let trouble = await engine.trouble() else { continue }
            return .advice(
                part, "\(engine.engine): \(trouble) Other engines read in its place.",
                "Check the LM_TTS settings of \(engine.engine).")
        }
        do {
            _ = try await equipment.narrator.narrate(SpokenText("Ready.", language: "en")) { _ in }
        } catch {
            return .broken(
                part, (error as? any Failure)?.message ?? "\(error)",
                "Install flite and espeak-ng, and see that the sandbox is well.")
        }
        guard AudioTool.isInstalled else {
            return .advice(part, "ffmpeg is not installed: sound is had as WAV alone", "Install ffmpeg.")
        }
        let voices = equipment.narrator.voices()
        let engines = equipment.engines.compactMap { engine -> String? in
            let own = voices.filter { $0.engine == engine.engine }
            guard let first = own.first else { return nil }
            let languages = Set(own.map(\.language)).count
            return
                "\(engine.engine) (\(own.count == 1 ? first.name : languages == 1 ? "\(own.count) voices" : "\(languages) languages"))"
        }
        guard voices.contains(where: { $0.language == "de" || $0.language == Voice.manyLanguages }) else {
            return .advice(part, engines.joined(separator: ", ") + "; no other languages", "Install espeak-ng.")
        }
        return .good(part, engines.joined(separator: ", "))
    }

    private func writingDown(_ folder: SpeechFolder) -> Finding {
        let part = "writing speech down"
        if folder.canRecognise { return .good(part, "Whisper, \(folder.path)") }
        let isComing = (try? source.value(ReadAloudFeature.fetching)) ?? true
        return isComing
            ? .good(part, "its models are fetched after the first start")
            : .advice(
                part, "its models are not here, and LM_SPEECH is off", "`lm speech fetch` brings them, or LM_SPEECH_DIR names them."
            )
    }
}
