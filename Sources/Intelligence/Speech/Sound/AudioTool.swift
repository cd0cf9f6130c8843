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

    /// Begins a file of sound that is made while its samples come.
    ///
    /// - Parameters:
    ///   - rate: samples a second.
    ///   - form: any but WAV, whose head tells its length.
    package func encoder(rate: Int, as form: AudioForm) async throws -> SoundEncoder {
        let codec: [String] =
            switch form {
            // At a constant rate: a player knows how long it is, and where a second lies, without a table.
            case .mp3: ["-c:a", "libmp3lame", "-b:a", "64k", "-write_xing", "0", "-id3v2_version", "0", "-f", "mp3"]
            case .opus: ["-c:a", "libopus", "-b:a", "32k", "-application", "voip", "-f", "ogg"]
            case .wav: ["-c:a", "pcm_s16le", "-f", "wav"]
            }
        let command = SandboxCommand(
            Self.program,
            // What it hears is samples and nothing to find out about.
            ["-hide_banner", "-v", "error", "-f", "s16le", "-ar", "\(rate)", "-ac", "1", "-probesize", "32", "-i", "pipe:0"]
                + ["-map_metadata", "-1", "-fflags", "+bitexact"] + codec + ["pipe:1"],
            limits: SandboxLimits(
                memory: 1 << 30, processorSeconds: 7_200, wallClock: .seconds(14_400), fileSize: 0, output: 1 << 30, processes: 32)
        ).followingAlternatives()
        do {
            return SoundEncoder(try await sandbox.start(command))
        } catch let failure as SandboxFailure {
            throw Self.failure(failure)
        }
    }

    /// A whole file of sound.
    package func encode(_ samples: [Int16], rate: Int, as form: AudioForm) async throws -> [UInt8] {
        let bytes = WaveFile.bytes(of: samples)
        if form == .wav { return WaveFile.head(rate: rate, bytes: bytes.count) + bytes }
        let encoder = try await encoder(rate: rate, as: form)
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                try await encoder.append(bytes)
                encoder.finish()
            }
            var file: [UInt8] = []
            for await part in encoder.output { file += part }
            try await group.waitForAll()
            try await encoder.check()
            return file
        }
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

    /// The sound of a short file of any form, of one channel.
    ///
    /// - Parameters:
    ///   - rate: samples a second of what comes out.
    ///   - speed: 2 for twice as fast, at the same pitch.
    func samples(of path: String, rate: Int, speed: Double = 1) async throws -> [Int16] {
        // One filter reaches from a half to twice as fast.
        let tempo = speed == 1 ? [] : ["-filter:a", "atempo=\(min(max(speed, 0.5), 2))"]
        let command = SandboxCommand(
            Self.program,
            Self.silent + ["-protocol_whitelist", "file,pipe", "-i", "sound", "-map", "0:a:0"] + tempo + [
                "-ar", "\(rate)", "-ac", "1", "-c:a", "pcm_s16le", "-f", "s16le", "pipe:1",
            ], limits: Self.limits(seconds: 60, output: 64 << 20)
        ).reading(path, as: "sound").followingAlternatives()
        let bytes = Mutex<[UInt8]>([])
        try await run(command) { part in bytes.withLock { $0 += part } }
        return bytes.withLock { ServiceLine.samples($0) }
    }

    /// Where the sound of a damaged file breaks off and goes on later: it is decoded once more, frame by frame, and each told with its time.
    ///
    /// - Parameter hasTimes: false for a stream of MPEG frames, whose times are only their lengths added up: there the bytes between
    ///   frames tell.
    package func breaks(in path: String, hasTimes: Bool) async -> [SoundBreak] {
        let command = SandboxCommand(
            Self.prober,
            [
                "-v", "quiet", "-protocol_whitelist", "file,pipe", "-select_streams", "a:0", "-show_entries",
                "frame=pts_time,pkt_duration_time,duration_time,pkt_pos,pkt_size", "-of", "compact=p=0", "recording",
            ], limits: Self.limits(seconds: 1_800, output: 1 << 30)
        ).reading(path, as: "recording").followingAlternatives()
        let scan = Mutex(FrameScan(hasTimes: hasTimes))
        // It may end badly, as the file does; what it told before holds.
        _ = try? await run(command) { part in scan.withLock { $0.take(part) } }
        return scan.withLock { $0.breaks }
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
            throw Self.failure(failure)
        }
    }

    static func failure(_ failure: SandboxFailure) -> SpeechFailure {
        switch failure.reason {
        case .missing, .unavailable, .limited:
            SpeechFailure(
                .missing,
                "Sound cannot be converted here: ffmpeg, or its sandbox, is missing. `lm doctor` says how to mend it.",
                underlying: failure)
        default:
            SpeechFailure(.refused, "The sound could not be read; the file may be damaged, or hold none.", underlying: failure)
        }
    }
}
