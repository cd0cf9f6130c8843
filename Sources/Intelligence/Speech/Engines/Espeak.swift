import Glibc
package import Sandbox

/// espeak-ng as a program of its own, for its licence (GPL-3) is not ours: sound in a hundred languages, and phonemes for other engines.
package struct Espeak: Sendable {
    package static let program = "espeak-ng"
    private static let folder = "/usr/lib/x86_64-linux-gnu/espeak-ng-data"

    private let sandbox: Sandbox

    package init(sandbox: Sandbox) { self.sandbox = sandbox }

    package static var isInstalled: Bool { access("/usr/bin/\(program)", X_OK) == 0 }

    private static let limits = SandboxLimits(
        memory: 256 << 20, processorSeconds: 30, wallClock: .seconds(30), output: 64 << 20)

    /// The sound of a text as a WAV file.
    ///
    /// - Parameter voice: as espeak-ng names it.
    func wave(of text: String, voice: String, speed: Double) async throws -> [UInt8] {
        let rate = Int(min(max(165 * speed, 80), 450))
        return try await run(["-v", voice, "-s", "\(rate)", "-f", "text", "--stdout"], on: text)
    }

    /// The phonemes of each line, words apart by spaces. Lines must have no marks inside.
    func phonemes(of lines: [String], voice: String) async throws -> [String] {
        if lines.isEmpty { return [] }
        // A line is a clause of its own only if a mark ends it.
        let output = String(
            decoding: try await run(["-q", "--ipa", "-v", voice, "-f", "text"], on: lines.joined(separator: ".\n") + ".\n"),
            as: UTF8.self)
        let found = output.split(separator: "\n").map { Self.withoutLanguages($0.drop { $0 == " " }) }
        if found.count == lines.count { return found }
        if lines.count == 1 { return [found.joined(separator: " ")] }
        // One of them gave nothing, or was cut: it is found by halves.
        let middle = lines.count / 2
        let first = try await phonemes(of: Array(lines[..<middle]), voice: voice)
        return first + (try await phonemes(of: Array(lines[middle...]), voice: voice))
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

    private func run(_ arguments: [String], on text: String) async throws -> [UInt8] {
        do {
            return try await ScratchFile.with(Array(text.utf8)) { path in
                let command = SandboxCommand(Self.program, arguments, limits: Self.limits).reading(path, as: "text")
                return try await sandbox.run(command).bytes
            }
        } catch let failure as SandboxFailure {
            let reason: SpeechFailure.Reason = failure.reason == .missing || failure.reason == .unavailable ? .missing : .broken
            throw SpeechFailure(reason, "espeak-ng did not speak.", underlying: failure)
        }
    }
}
