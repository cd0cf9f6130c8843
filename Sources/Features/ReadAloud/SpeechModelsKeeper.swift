import Concurrency
import Failures
import FoundationEssentials
package import Lifecycle
package import Speech
import SpeechModels
import Synchronization
package import Telemetry

/// Sees to it that the models of speech come into their folder: behind the start, with little priority, in a process of its own, and again
/// after a while where it fails. Another process that does so already is let do it.
package final class SpeechModelsKeeper: Service {
    package let name = "speech-models"

    /// How things stand with the models.
    package enum Standing: Sendable, Equatable {
        case ready
        /// It is fetched or converted: the stage, and bytes of how many.
        case coming(stage: String, done: Int, total: Int)
        /// It failed for this reason, and is tried again.
        case failed(String)
        /// It is not there, and nobody fetches it.
        case missing
    }

    private static let pauses: [Duration] = [.seconds(60), .seconds(600), .seconds(3_600)]

    package let folder: SpeechFolder
    let isOn: Bool
    private let fetch: SpeechFetch
    private let logger: Logger
    private let wanted = WakeSignal()
    private let voices = Mutex<[String]>([])

    package init(folder: SpeechFolder, isOn: Bool, logger: Logger) {
        self.folder = folder
        self.isOn = isOn
        self.logger = logger.labelled("speech")
        fetch = SpeechFetch(folder: folder.path)
    }

    /// Blocks shortly.
    package func standing() -> Standing {
        if let news = FetchNews.read(in: folder.path) {
            switch news {
            case .progress(let stage, let done, let total): return .coming(stage: stage, done: done, total: total)
            case .problem(let text) where !fetch.isDone(.unasked): return .failed(text)
            case .problem: break
            }
        }
        return folder.canRecognise ? .ready : .missing
    }

    package func summary() async -> String {
        let standing = await BlockingPool.shared.run { self.standing() }
        switch standing {
        case .ready: return "ready"
        case .coming(let stage, let done, let total):
            return total > 0 ? "the models are coming: \(stage), \(done * 100 / total) %" : "the models are coming: \(stage)"
        case .failed(let reason): return "the models could not be fetched: \(reason)"
        case .missing: return isOn ? "the models are missing" : "the models are missing, and LM_SPEECH is off"
        }
    }

    /// Has a voice fetched that somebody asked for, knowing its terms.
    func want(_ voice: KnownVoice) {
        voices.withLock { if !$0.contains(voice.id) { $0.append(voice.id) } }
        wanted.wake()
    }

    package func run(until shutdown: ShutdownSignal) async throws {
        let isOver = Atomic(false)
        shutdown.onTrigger { [wanted] in
            isOver.store(true, ordering: .releasing)
            wanted.wake()
        }
        // What is asked first belongs to who asks.
        await wanted.wait(atMost: .seconds(15))
        var failures = 0
        while !isOver.load(ordering: .acquiring), !Task.isCancelled {
            let voice = voices.withLock { $0.first }
            let isOpen = await BlockingPool.shared.run { [self] in isOn && !fetch.isDone(.unasked) }
            guard isOpen || voice != nil else {
                await wanted.wait(atMost: .seconds(3_600))
                continue
            }
            let isDone = await run(voice.map { ["voice", "add", $0, "--yes"] } ?? ["speech", "fetch"], until: shutdown)
            if isDone || failures > 2 { voices.withLock { $0.removeAll { $0 == voice } } }
            if isDone {
                failures = 0
                continue
            }
            await wanted.wait(atMost: Self.pauses[min(failures, Self.pauses.count - 1)])
            failures += 1
        }
    }

    /// Runs `lm` with these words as a process of its own.
    private func run(_ words: [String], until shutdown: ShutdownSignal) async -> Bool {
        let child = QuietProcess()
        shutdown.onTrigger { child.end() }
        logger.info("models of speech are fetched", ["command": words.joined(separator: " ")])
        let folder = folder.path
        let status = try? await withTaskCancellationHandler {
            try await BlockingPool.shared.run { try child.run("/proc/self/exe", words + ["--folder", folder]) }
        } onCancel: {
            child.end()
        }
        if status == 0 {
            logger.info("models of speech are there")
        } else if !shutdown.isTriggered {
            logger.warning("models of speech could not be fetched", ["status": "\(status ?? -1)"])
        }
        return status == 0
    }
}
