import Concurrency
import Glibc

/// A program in the sandbox that stays until it is ended, and is talked to by its standard input and output.
///
/// What it prints waits here until it is read, so it must say little of itself and answer what it is asked.
package final class StandingProgram: Sendable {
    /// How it is run: blocking, until it ends, saying why where nobody ended it; and how it is ended.
    struct Life: Sendable {
        let run: @Sendable () -> SandboxFailure?
        let end: @Sendable () -> Void
    }

    private enum State: Sendable {
        case starting
        case open(InputPipe)
        case closed
        case ended(SandboxFailure?)
    }

    /// What it prints, for one reader; ends with it.
    package let output: AsyncStream<[UInt8]>
    private let program: String
    private let state: AsyncMonitor<State>
    private let life: Life

    init(_ program: String, _ make: (SandboxEars) -> Life) throws(SandboxFailure) {
        let (output, said) = AsyncStream<[UInt8]>.makeStream()
        let state = AsyncMonitor(State.starting)
        let life = make(
            SandboxEars(
                heard: { said.yield($0) },
                opened: { descriptor in
                    let pipe = InputPipe(descriptor)
                    state.signal { state, _ in if case .starting = state { state = .open(pipe) } }
                }))
        (self.program, self.output, self.state, self.life) = (program, output, state, life)
        do throws(ThreadFailure) {
            // Of its own: the kernel ends the program with the thread that started it.
            try SystemThread.start(name: "standing") {
                let failure = life.run()
                state.signal { state, _ in state = .ended(failure) }
                said.finish()
            }
        } catch {
            throw SandboxFailure(.unavailable, program: program, diagnostics: error.description)
        }
    }

    deinit { life.end() }

    /// Returns once it has taken the bytes, or its pipe has.
    ///
    /// - Throws: `SandboxFailure` if it has ended.
    package func write(_ bytes: [UInt8]) async throws {
        await state.wait { if case .starting = $0 { false } else { true } }
        try Task.checkCancellation()
        guard case .open(let pipe) = state.withLock({ $0 }) else { throw await failure() }
        guard await BlockingPool.shared.run({ pipe.write(bytes) }) else { throw await failure() }
    }

    /// Tells it that nothing more comes.
    package func finishInput() {
        state.signal { state, _ in if case .open = state { state = .closed } }
    }

    /// Kills it, and all that it started.
    package func end() { life.end() }

    /// Waits until it is gone. Returns why, unless it was ended or ended well.
    @discardableResult package func ending() async -> SandboxFailure? {
        // Each change of its state ends one wait. Where the task is cancelled nobody is waited for.
        while true {
            if case .ended(let failure) = state.withLock({ $0 }) { return failure }
            if Task.isCancelled { return nil }
            await state.wait { if case .ended = $0 { true } else { false } }
        }
    }

    private func failure() async -> SandboxFailure {
        // A broken pipe is seen before the end of who broke it.
        await ending() ?? SandboxFailure(.exited(0), program: program, diagnostics: "it has ended")
    }
}

/// The end of a pipe that is written to; closed with the last who knows it.
private final class InputPipe: Sendable {
    private let descriptor: Int32

    init(_ descriptor: Int32) { self.descriptor = descriptor }

    deinit { close(descriptor) }

    /// Blocks. Returns false if nobody reads any more.
    func write(_ bytes: [UInt8]) -> Bool {
        bytes.withUnsafeBytes { buffer in
            var start = 0
            while start < buffer.count {
                let count = Glibc.write(descriptor, buffer.baseAddress.map { $0 + start }, buffer.count - start)
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { return false }
                start += count
            }
            return true
        }
    }
}
