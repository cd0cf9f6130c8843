package import BlobStorage
import Concurrency
import Failures
import FoundationEssentials
import Manuscript
package import Sandbox

/// Reads a file of questions in whatever format it is. XML and zips are parsed in the sandbox only.
package struct BankFile: Sendable {
    /// 16 MiB: some ten thousand questions.
    static let limit = 16 << 20
    static let program = "lm-read"
    private static let walls: SandboxLimits = {
        var limits = SandboxLimits(memory: 1 << 30, processorSeconds: 60, wallClock: .seconds(90), output: 64 << 20)
        limits.processes = 2  // bubblewrap's and its own
        return limits
    }()

    let blobs: any BlobStore
    let sandbox: Sandbox

    package init(blobs: any BlobStore, sandbox: Sandbox) {
        self.blobs = blobs
        self.sandbox = sandbox
    }

    /// Nothing of the file is kept.
    func read<Parts: AsyncSequence>(_ parts: Parts, filename: String) async throws -> ImportedBank where Parts.Element == [UInt8] {
        try await blobs.receive(from: parts, limit: Self.limit) { received in
            let path = received.path
            let bytes = try await BlockingPool.shared.run { try Data(contentsOf: URL(fileURLWithPath: path)) }
            if Self.isMarkup(bytes) { return try await parsed(path) }
            guard let text = Self.text(bytes) else { throw QuizzesFailure.notText }
            return try await BlockingPool.shared.run { try Self.read(text, filename: filename) }
        }
    }

    private func parsed(_ path: String) async throws -> ImportedBank {
        let output: [UInt8]
        do {
            output = try await sandbox.run(
                SandboxCommand(Self.program, [], limits: Self.walls).reading(path, as: "document.bank").awaited()
            )
            .bytes
        } catch let failure as SandboxFailure {
            guard case .exited(let code) = failure.reason, let fault = ReadingFault(rawValue: code) else { throw failure }
            throw fault == .tooLarge ? QuizzesFailure.fileTooLarge : QuizzesFailure.damagedFile
        }
        return try await BlockingPool.shared.run {
            guard let bank = try? JSONDecoder().decode(BankParts.self, from: Data(output)) else { throw QuizzesFailure.damagedFile }
            if MoodleReader.isOne(bank) { return MoodleReader.read(bank) }
            if QTIReader.isOne(bank) { return QTIReader.read(bank) }
            // Of one question that is broken nothing tells what it is.
            if bank.parts.contains(where: { $0.tree == nil }) { return MoodleReader.read(bank) }
            throw QuizzesFailure.unknownFormat
        }
    }

    static func read(_ text: String, filename: String) throws(QuizzesFailure) -> ImportedBank {
        let lines = text.split(whereSeparator: \.isNewline)
        let head = lines.first?.lowercased() ?? ""
        if filename.lowercased().hasSuffix(".csv")
            || (head.contains("type") && head.contains("question") && head.contains("correct"))
        {
            return SeparatedBank.read(text)
        }
        // No line of GIFT begins so, but a question in Aiken may have braces.
        if lines.contains(where: { $0.uppercased().hasPrefix("ANSWER:") }) { return AikenFile.read(text) }
        if lines.contains(where: { $0.contains("{") }) { return GIFTReader.read(text) }
        throw QuizzesFailure.unknownFormat
    }

    private static func isMarkup(_ bytes: Data) -> Bool {
        if bytes.starts(with: [0x50, 0x4B]) { return true }
        // With a mark of its encoding before it, or zeros between its letters.
        let first = bytes.prefix(64).first { $0 > 32 && ![0xEF, 0xBB, 0xBF, 0xFE, 0xFF].contains($0) }
        return first == UInt8(ascii: "<")
    }

    /// UTF-8, or what old editors write.
    private static func text(_ bytes: Data) -> String? {
        if bytes.contains(0) { return nil }
        if let text = String(validating: bytes, as: UTF8.self) { return text.first == "\u{FEFF}" ? String(text.dropFirst()) : text }
        return String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
    }
}
