import Concurrency
package import Sandbox
package import Telemetry

/// The engines of speech of one process, on the models of one folder.
package struct SpeechEquipment: Sendable {
    package let folder: SpeechFolder
    package let narrator: Narrator
    package let recognizer: WhisperRecognizer
    package let ear: LiveEar
    package let speakers: VoiceSpeakerFinder
    package let tool: AudioTool
    package let sandbox: Sandbox
    /// Those that read aloud, the first preferred.
    package let engines: [any SpeechSynthesizer]
    private let flite: FliteSynthesizer
    private let espeak: Espeak
    private let piper: PiperSynthesizer

    /// The programs that it runs in the sandbox.
    package static let programs: Set<String> = [SpeechWorker.program, Espeak.program, AudioTool.program, AudioTool.prober]

    /// - Parameters:
    ///   - memory: what programs that end by themselves may take together with others.
    ///   - width: how many stretches of recordings are written down side by side, and sentences spoken.
    ///   - services: providers, by the names of their engines, made with what decodes what they send.
    ///   - order: names of engines, the most preferred first; those that it leaves out are not used. nil for all, the best first.
    package init(
        folder: SpeechFolder, memory: SandboxMemory? = nil, width: Int, services: (AudioTool) -> [ServiceSynthesizer] = { _ in [] },
        order: [String]? = nil, logger: Logger
    ) {
        let sandbox = Sandbox(
            programs: Self.programs, memory: memory, pool: BlockingPool(name: "speech", threads: 4), logger: logger)
        self.sandbox = sandbox
        let espeak = Espeak(sandbox: sandbox)
        self.espeak = espeak
        self.folder = folder
        flite = FliteSynthesizer(sandbox: sandbox)
        piper = PiperSynthesizer(folder: folder, sandbox: sandbox, espeak: espeak, width: min(2, width))
        ear = LiveEar(folder: folder, sandbox: sandbox, logger: logger.labelled("speech"))
        speakers = VoiceSpeakerFinder(folder: folder, sandbox: sandbox)
        tool = AudioTool(sandbox: sandbox)
        let all: [any SpeechSynthesizer] =
            services(tool).map { $0 as any SpeechSynthesizer } + [piper, flite, EspeakSynthesizer(espeak)]
        let chosen = order.map { names in names.compactMap { name in all.first { $0.engine == name } } }
        narrator = Narrator(chosen ?? all, keepsOrder: chosen != nil, logger: logger)
        engines = chosen ?? all
        recognizer = WhisperRecognizer(folder: folder, sandbox: sandbox, width: width, logger: logger)
    }

    /// Ends engines that nobody has asked for so long.
    package func retire(afterIdle limit: Duration) async {
        for worker in [flite.worker] + piper.standing + recognizer.workers + ear.workers + [speakers.worker] {
            await worker.retire(afterIdle: limit)
        }
        espeak.retire(afterIdle: limit)
    }
}
