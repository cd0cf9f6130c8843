import Concurrency
import Glibc
package import Sandbox
import Synchronization

/// ffmpeg in the sandbox: sound in and out of files of any form.
package struct AudioTool: Sendable {
    package static let program = "ffmpeg"
    /// Comes with it.
    static let prober = "ffprobe"

    private let sandbox: Sandbox

    package init(sandbox: Sandbox) { self.sandbox = sandbox }

    package static var isInstalled: Bool { access("/usr/bin/\(program)", X_OK) == 0 }

    private static let silent = ["-nostdin", "-hide_banner", "-v", "error"]

    private static func limits(seconds: Int, output: Int) -> SandboxLimits {
        SandboxLimits(
            memory: 1 << 30, processorSeconds: seconds, wallClock: .seconds(seconds * 2), fileSize: 0, output: output, processes: 32
        )
    }

    /// A file of sound from samples of one channel that lie in a file.
    ///
    /// - Parameters:
    ///   - path: of the samples, 16 bits each, little-endian.
    ///   - rate: samples a second.
    /// - Returns: what the form's file holds, as it comes; `take` is called on a thread of its own.
    package func encode(_ path: String, rate: Int, as form: AudioForm, _ take: @escaping @Sendable ([UInt8]) -> Void) async throws {
        let codec: [String] =
            switch form {
            // At a constant rate: a player knows how long it is, and where a second lies, without a table.
            case .mp3: ["-c:a", "libmp3lame", "-b:a", "64k", "-write_xing", "0", "-id3v2_version", "0", "-f", "mp3"]
            case .opus: ["-c:a", "libopus", "-b:a", "32k", "-application", "voip", "-f", "ogg"]
            case .wav: ["-c:a", "pcm_s16le", "-f", "wav"]
            }
        let command = SandboxCommand(
            Self.program,
            Self.silent + [
                "-f", "s16le", "-ar", "\(rate)", "-ac", "1", "-i", "sound", "-map_metadata", "-1", "-fflags", "+bitexact",
            ] + codec + ["pipe:1"],
            limits: Self.limits(seconds: 900, output: 1 << 30)
        ).reading(path, as: "sound").followingAlternatives()
        try await run(command, take)
    }

    /// The sound of a file as samples for recognition: 16,000 a second, of one channel, 16 bits each, little-endian.
    ///
    /// - Parameters:
    ///   - seconds: after which the rest is left out.
    ///   - take: is called with what comes, on a thread of its own.
    /// - Returns: what ffmpeg complained of; a damaged file gives what could be read of it.
    @discardableResult
    package func decode(_ path: String, atMost seconds: Int, _ take: @escaping @Sendable ([UInt8]) -> Void) async throws -> String {
        let command = SandboxCommand(
            Self.program,
            Self.silent + [
                "-protocol_whitelist", "file,pipe", "-i", "recording", "-map", "0:a:0", "-vn", "-sn", "-dn", "-t", "\(seconds)",
                "-ar", "16000",
                "-ac", "1", "-c:a", "pcm_s16le", "-f", "s16le", "pipe:1",
            ], limits: Self.limits(seconds: 1_800, output: seconds * 32_000 + 65_536)
        ).reading(path, as: "recording").followingAlternatives()
        return try await run(command, take)
    }

    /// How long a file says it is, in milliseconds; nil where it says nothing.
    package func announced(_ path: String) async -> Int? {
        let command = SandboxCommand(
            Self.prober,
            ["-v", "error", "-protocol_whitelist", "file,pipe", "-show_entries", "format=duration", "-of", "csv=p=0", "recording"],
            limits: Self.limits(seconds: 60, output: 4_096)
        ).reading(path, as: "recording").followingAlternatives()
        guard let text = try? await sandbox.run(command).text, let seconds = Double(text.prefix { $0.isNumber || $0 == "." }) else {
            return nil
        }
        return seconds.isFinite && seconds < 1e7 ? Int(seconds * 1000) : nil
    }

    @discardableResult
    private func run(_ command: SandboxCommand, _ take: @escaping @Sendable ([UInt8]) -> Void) async throws -> String {
        do {
            return try await sandbox.run(command, hearing: take).diagnostics
        } catch let failure as SandboxFailure {
            switch failure.reason {
            case .missing, .unavailable, .limited:
                throw SpeechFailure(
                    .missing,
                    "Sound cannot be converted here: ffmpeg, or its sandbox, is missing. `lm doctor` says how to mend it.",
                    underlying: failure)
            default:
                throw SpeechFailure(
                    .refused, "The sound could not be read; the file may be damaged, or hold none.", underlying: failure)
            }
        }
    }
}
