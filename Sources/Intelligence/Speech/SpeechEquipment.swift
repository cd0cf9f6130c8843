import Concurrency
package import Sandbox
package import Telemetry

/// The engines of speech of one process, on the models of one folder.
package struct SpeechEquipment: Sendable {
    package let folder: SpeechFolder
    package let narrator: Narrator
    package let recognizer: WhisperRecognizer
    package let tool: AudioTool
    package let sandbox: Sandbox
    private let flite: FliteSynthesizer
    private let piper: PiperSynthesizer

    /// The programs that it runs in the sandbox.
    package static let programs: Set<String> = [SpeechWorker.program, Espeak.program, AudioTool.program, AudioTool.prober]

    /// - Parameters:
    ///   - memory: what programs that end by themselves may take together with others.
    ///   - width: how many stretches of recordings are written down side by side.
    package init(folder: SpeechFolder, memory: SandboxMemory? = nil, width: Int, logger: Logger) {
        let sandbox = Sandbox(
            programs: Self.programs, memory: memory, pool: BlockingPool(name: "speech", threads: 4), logger: logger)
        self.sandbox = sandbox
        let espeak = Espeak(sandbox: sandbox)
        self.folder = folder
        flite = FliteSynthesizer(sandbox: sandbox)
        piper = PiperSynthesizer(folder: folder, sandbox: sandbox, espeak: espeak)
        narrator = Narrator([piper, flite, EspeakSynthesizer(espeak)], logger: logger)
        recognizer = WhisperRecognizer(folder: folder, sandbox: sandbox, width: width, logger: logger)
        tool = AudioTool(sandbox: sandbox)
    }

    /// Ends engines that nobody has asked for so long.
    package func retire(afterIdle limit: Duration) async {
        for worker in [flite.worker] + piper.standing + recognizer.workers { await worker.retire(afterIdle: limit) }
    }
}
