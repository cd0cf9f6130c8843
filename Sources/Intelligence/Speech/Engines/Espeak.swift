import Concurrency
import Glibc
package import Sandbox
import Synchronization

/// espeak-ng as a program of its own, for its licence (GPL-3) is not ours: sound in a hundred languages, and phonemes for other engines.
package final class Espeak: Sendable {
    /// What it is asked to make of a text.
    enum Work: Hashable {
        case phonemes(voice: String)
        /// A WAV file. `rate` is in words a minute.
        case sound(voice: String, rate: Int)

        fileprivate var arguments: [String] {
            switch self {
            case .phonemes(let voice): ["-q", "--ipa", "-v", voice]
            case .sound(let voice, let rate): ["-v", voice, "-s", "\(rate)", "--stdout"]
            }
        }
    }

    /// One that was started before it was needed, and waits for its text.
    private struct Waiting {
        let program: StandingProgram
        let since: ContinuousClock.Instant
    }

    package static let program = "espeak-ng"
    private static let folder = "/usr/lib/x86_64-linux-gnu/espeak-ng-data"

    private let sandbox: Sandbox
    private let waiting = Mutex<[Work: Waiting]>([:])

    package init(sandbox: Sandbox) { self.sandbox = sandbox }

    package static var isInstalled: Bool { access("/usr/bin/\(program)", X_OK) == 0 }

    private static let limits = SandboxLimits(
        memory: 256 << 20, processorSeconds: 30, wallClock: .seconds(30), output: 64 << 20)

    /// What makes the sound of a text, as a WAV file.
    ///
    /// - Parameter voice: as espeak-ng names it.
    static func sound(voice: String, speed: Double) -> Work { .sound(voice: voice, rate: Int(min(max(165 * speed, 80), 450))) }

    /// The phonemes of each line, words apart by spaces. Lines must have no marks inside.
    func phonemes(of lines: [String], voice: String) async throws -> [String] {
        if lines.isEmpty { return [] }
        // A line is a clause of its own only if a mark ends it.
        let text = lines.joined(separator: ".\n") + ".\n"
        let output = String(decoding: try await run(.phonemes(voice: voice), on: text), as: UTF8.self)
        let found = output.split(separator: "\n").map { Self.withoutLanguages($0.drop { $0 == " " }) }
        if found.count == lines.count { return found }
        if lines.count == 1 { return [found.joined(separator: " ")] }
        // One of them gave nothing, or was cut: it is found by halves.
        let middle = lines.count / 2
        let first = try await phonemes(of: Array(lines[..<middle]), voice: voice)
        return first + (try await phonemes(of: Array(lines[middle...]), voice: voice))
    }

    /// Makes something of a text, by one that waits for it if there is one.
    func run(_ work: Work, on text: String) async throws -> [UInt8] {
        let spare = waiting.withLock { $0.removeValue(forKey: work) }
        // A piece of sound seldom comes alone; phonemes are asked for when there is more to do than to start another.
        if case .sound = work { await prepare(work) }
        if let spare, let answer = try await answer(of: spare.program, to: text) { return answer }
        return try await start(work, on: text)
    }

    /// nil if it ended otherwise than well, as one that waited too long may.
    private func answer(of program: StandingProgram, to text: String) async throws -> [UInt8]? {
        let watch = Task {
            guard (try? await Task.sleep(for: Self.limits.wallClock)) != nil else { return false }
            program.end()
            return true
        }
        defer { watch.cancel() }
        return try await withTaskCancellationHandler {
            do {
                try await program.write(Array(text.utf8))
            } catch is SandboxFailure {
                return nil
            }
            program.finishInput()
            var bytes: [UInt8] = []
            for await part in program.output { bytes += part }
            try Task.checkCancellation()
            watch.cancel()
            let isLate = await watch.value
            return await program.ending() == nil && !isLate ? bytes : nil
        } onCancel: {
            program.end()
        }
    }

    /// Starts one that waits for its text: to start it within its walls takes longer than what it is asked.
    func prepare(_ work: Work) async {
        guard waiting.withLock({ $0[work] == nil }) else { return }
        var limits = Self.limits
        // It works as little as any other, but waits.
        limits.wallClock = .seconds(1 << 30)
        guard let program = try? await sandbox.start(SandboxCommand(Self.program, work.arguments + ["--stdin"], limits: limits))
        else {
            return
        }
        let isSpare = waiting.withLock { waiting in
            guard waiting[work] == nil else { return false }
            waiting[work] = Waiting(program: program, since: .now)
            return true
        }
        if !isSpare { program.end() }
    }

    /// Ends those that have waited for so long.
    package func retire(afterIdle limit: Duration) {
        let idle = waiting.withLock { waiting in
            let idle = waiting.filter { $1.since.advanced(by: limit) <= .now }
            for work in idle.keys { waiting[work] = nil }
            return idle.values.map(\.program)
        }
        for program in idle { program.end() }
    }

    /// "(en)": the marks of words that it takes for another language's.
    private static func withoutLanguages(_ line: some StringProtocol) -> String {
        var (result, depth) = ("", 0)
        for character in line {
            if character == "(" {
                depth += 1
            } else if character == ")" {
                depth = max(0, depth - 1)
            } else if depth == 0 {
                result.append(character)
            }
        }
        return result
    }

    private func start(_ work: Work, on text: String) async throws -> [UInt8] {
        do {
            return try await ScratchFile.with(Array(text.utf8)) { path in
                let command = SandboxCommand(Self.program, work.arguments + ["-f", "text"], limits: Self.limits).reading(
                    path, as: "text")
                return try await sandbox.run(command).bytes
            }
        } catch let failure as SandboxFailure {
            let reason: SpeechFailure.Reason = failure.reason == .missing || failure.reason == .unavailable ? .missing : .broken
            throw SpeechFailure(reason, "espeak-ng did not speak.", underlying: failure)
        }
    }
}
