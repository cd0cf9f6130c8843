import Concurrency
import Sandbox
package import SpeechMessages
import Synchronization

/// A program in the sandbox that speaks or listens: started when first asked, asked one thing at a time, ended when it is too slow, and
/// when nobody has asked it for a while. What it crashes on costs that request alone.
package final class SpeechWorker: Sendable {
    private struct State {
        var program: StandingProgram?
        var lastUse = ContinuousClock.now
    }

    private let sandbox: Sandbox
    private let files: @Sendable () -> [SpeechFolder.Given]?
    private let turn = AsyncSemaphore(1)
    private let state = Mutex(State())

    static let program = "lm-speech"

    /// - Parameter files: the engines and models that it is given; nil while they are missing.
    init(sandbox: Sandbox, files: @escaping @Sendable () -> [SpeechFolder.Given]?) {
        self.sandbox = sandbox
        self.files = files
    }

    deinit { state.withLock { $0.program }?.end() }

    /// Whether it runs.
    package var isStanding: Bool { state.withLock { $0.program } != nil }

    /// - Parameter limit: how long the answer may take, its start included.
    /// - Throws: `SpeechFailure`; `CancellationError`, and then it is ended.
    package func ask(_ request: SpeechRequest, within limit: Duration) async throws -> SpeechReply {
        try await turn.withPermit {
            let program = try await standing()
            do {
                let reply = try await answer(of: program, to: SpeechFrames.framed(request.encoded()), within: limit)
                state.withLock { $0.lastUse = .now }
                guard case .failed(let reason, let text) = reply else { return reply }
                throw SpeechFailure(
                    reason == .refused ? .refused : .missing, "This cannot be done by the engine.", underlying: Said(text: text))
            } catch {
                if (error as? SpeechFailure)?.reason != .refused { await drop(program) }
                throw error
            }
        }
    }

    /// The same for what takes a moment: where the task is cancelled the answer is waited for and thrown away, since a program that is
    /// ended has to load its voice anew for the next who asks.
    func askWarm(_ request: SpeechRequest, within limit: Duration) async throws -> SpeechReply {
        try Task.checkCancellation()
        let reply = try await Task { try await ask(request, within: limit) }.value
        try Task.checkCancellation()
        return reply
    }

    /// Ends it if nobody has asked it for so long.
    package func retire(afterIdle limit: Duration) async {
        guard turn.tryAcquire() else { return }
        defer { turn.release() }
        let idle = state.withLock { $0.lastUse.advanced(by: limit) <= .now ? $0.program : nil }
        if let idle { await drop(idle) }
    }

    private func drop(_ program: StandingProgram) async {
        program.end()
        await program.ending()
        state.withLock { if $0.program === program { $0.program = nil } }
    }

    private func standing() async throws -> StandingProgram {
        if let known = state.withLock({ $0.program }) { return known }
        guard let files = files() else { throw SpeechFailure(.missing, "The models for this are not installed.") }
        // Threads take address space, not memory. The processor's time is bounded for each request by the clock.
        var command = SandboxCommand(
            Self.program, [],
            limits: SandboxLimits(
                memory: 4 << 30, processorSeconds: 36_000, wallClock: .seconds(1 << 30), fileSize: 0, output: .max, processes: 64))
        for file in files { command = command.reading(file.host, as: file.name) }
        do {
            let program = try await sandbox.start(command)
            state.withLock { $0.program = program }
            return program
        } catch let failure as SandboxFailure {
            throw SpeechFailure(.missing, failure.message, underlying: failure)
        }
    }

    private func answer(of program: StandingProgram, to bytes: [UInt8], within limit: Duration) async throws -> SpeechReply {
        try await withTaskCancellationHandler {
            try await withThrowingTaskGroup(of: SpeechReply?.self) { group in
                group.addTask { try await Self.exchange(bytes, with: program) }
                group.addTask {
                    try await Task.sleep(for: limit)
                    return nil
                }
                defer { group.cancelAll() }
                guard let first = try await group.next(), let reply = first else {
                    program.end()
                    throw SpeechFailure(.broken, "The engine took too long and was stopped.")
                }
                return reply
            }
        } onCancel: {
            program.end()
        }
    }

    private static func exchange(_ bytes: [UInt8], with program: StandingProgram) async throws -> SpeechReply {
        do {
            try await program.write(bytes)
            var frames = SpeechFrames()
            for await part in program.output {
                frames.append(part)
                if let message = try frames.next() { return try SpeechReply(message[...]) }
            }
            try Task.checkCancellation()
            throw SpeechFailure(.broken, "The engine ended without an answer.", underlying: await program.ending())
        } catch let failure as SandboxFailure {
            throw SpeechFailure(.broken, "The engine ended without an answer.", underlying: failure)
        } catch is WireFailure {
            throw SpeechFailure(.broken, "The engine's answer cannot be understood.")
        }
    }

    /// What the program says of itself, for the log.
    private struct Said: Error, CustomStringConvertible {
        let text: String
        var description: String { text }
    }
}
