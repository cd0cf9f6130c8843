import FoundationEssentials
import Glibc

/// Fetches what speech needs into a folder, and converts the recogniser's model. What is there already is not fetched again, and what is
/// half done when it is stopped is done again.
package struct SpeechFetch: Sendable {
    /// How far it is. `total` is 0 where that is not known.
    package struct Progress: Sendable, Equatable {
        package let stage: String
        package let done: Int
        package let total: Int
    }

    private let folder: String

    package init(folder: String) { self.folder = folder }

    /// Whether all of the plan is there.
    package func isDone(_ plan: FetchPlan) -> Bool { missing(plan).parts.isEmpty }

    private func missing(_ plan: FetchPlan) -> FetchPlan {
        FetchPlan(parts: plan.parts.filter { !FileManager.default.fileExists(atPath: "\(folder)/\($0.mark)") })
    }

    /// Blocks for minutes.
    ///
    /// - Throws: `SpeechModelFailure`; `.unwritable` too while another process fetches into the folder.
    package func run(_ plan: FetchPlan, progress: (Progress) -> Void) throws(SpeechModelFailure) {
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        } catch {
            throw .unwritable("\(folder) cannot be made")
        }
        let lock = open("\(folder)/lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard lock >= 0 else { throw .unwritable("\(folder) cannot be written to") }
        defer { close(lock) }
        guard flock(lock, LOCK_EX | LOCK_NB) == 0 else { throw .unwritable("another process is at it") }
        do throws(SpeechModelFailure) {
            try work(on: plan) { step in
                FetchNews.progress(stage: step.stage, done: step.done, total: step.total).write(in: folder)
                progress(step)
            }
            FetchNews.clear(in: folder)
        } catch {
            FetchNews.problem(error.message).write(in: folder)
            throw error
        }
    }

    private func work(on plan: FetchPlan, _ progress: (Progress) -> Void) throws(SpeechModelFailure) {
        let missing = missing(plan)
        // The source may have come before a conversion that was stopped.
        let hasSource = FileManager.default.fileExists(atPath: "\(folder)/\(FetchPlan.source)/model.bin")
        let wanted = FetchPlan(parts: missing.parts.filter { $0.mark != FetchPlan.model || !hasSource })
        if !wanted.parts.isEmpty { try fetch(wanted, progress) }
        if missing.parts.contains(where: { $0.mark == FetchPlan.model }) {
            progress(Progress(stage: "converting", done: 0, total: 0))
            try convert()
        }
        // Of use, and not needed: one that somebody brought may have other tokens.
        let (model, short) = ("\(folder)/\(FetchPlan.model)", "\(folder)/\(ShortWindow.file)")
        if FileManager.default.fileExists(atPath: model), !FileManager.default.fileExists(atPath: short) {
            try? ShortWindow.make(from: model, to: short)
        }
        progress(Progress(stage: "done", done: 1, total: 1))
    }

    private func fetch(_ plan: FetchPlan, _ progress: (Progress) -> Void) throws(SpeechModelFailure) {
        let script = String(decoding: PackageResources.fetch_py, as: UTF8.self)
        guard let json = try? JSONEncoder().encode(plan) else { throw .damaged("the plan") }
        var complaint = "python3 is missing, or its venv"
        let status = try ScriptProcess.run(
            "/usr/bin/python3", ["-c", script, folder, String(decoding: json, as: UTF8.self)]
        ) { line in
            let words = line.split(separator: " ", maxSplits: 3)
            if words.first == "progress", words.count == 4, let done = Int(words[1]), let total = Int(words[2]) {
                progress(Progress(stage: String(words[3]), done: done, total: total))
            } else if words.first == "error" {
                complaint = String(line.dropFirst(6))
            }
        }
        guard status == 0 else { throw .unreachable(complaint) }
    }

    private func convert() throws(SpeechModelFailure) {
        let source = "\(folder)/\(FetchPlan.source)"
        let part = "\(folder)/\(FetchPlan.model).part"
        do {
            let bytes = try Data(contentsOf: URL(filePath: source + "/model.bin"), options: .alwaysMapped)
            let conversion = try WhisperConversion(CTranslate2Model(bytes), vocabulary: try vocabulary(in: source))
            guard let file = fopen(part, "wb") else { throw SpeechModelFailure.unwritable("\(folder) cannot be written to") }
            var isOpen = true
            defer { if isOpen { fclose(file) } }
            try conversion.write { piece in
                let count = piece.withUnsafeBytes { fwrite($0.baseAddress, 1, $0.count, file) }
                guard count == piece.count else { throw SpeechModelFailure.unwritable("the disk is full") }
            }
            isOpen = false
            guard fclose(file) == 0 else { throw SpeechModelFailure.unwritable("the disk is full") }
            let digest = try FileDigest.sha256(part)
            guard digest == FetchPlan.modelDigest else {
                unlink(part)
                try? FileManager.default.removeItem(atPath: source)
                throw SpeechModelFailure.damaged("the converted model has not the expected checksum")
            }
            guard rename(part, "\(folder)/\(FetchPlan.model)") == 0 else {
                throw SpeechModelFailure.unwritable("\(folder) cannot be written to")
            }
            try? FileManager.default.removeItem(atPath: source)
        } catch let failure as SpeechModelFailure {
            throw failure
        } catch {
            throw .damaged("\(error)")
        }
    }

    /// One token a line, or a list in JSON. Tokens hold other line breaks than "\n".
    private func vocabulary(in folder: String) throws -> [String] {
        if let json = FileManager.default.contents(atPath: folder + "/vocabulary.json") {
            return try JSONDecoder().decode([String].self, from: json)
        }
        guard let text = FileManager.default.contents(atPath: folder + "/vocabulary.txt") else {
            throw SpeechModelFailure.damaged("no vocabulary")
        }
        var lines = text.split(separator: 10, omittingEmptySubsequences: false).map { String(decoding: $0, as: UTF8.self) }
        if lines.last == "" { lines.removeLast() }
        return lines
    }
}
