import Concurrency
import FoundationEssentials
import Manuscript
import Sandbox

/// LaTeX by pandoc, which tells what commands it does not know; it reads again with these defined as what their arguments say.
///
/// Journals, packages and the document's other files define commands that stand around words: `\pkg{vegan}`, `\todo{…}`. pandoc drops
/// them with the words.
struct LaTeXExtractor {
    let sandbox: Sandbox

    /// How often it is read anew, where unknown commands stand within each other.
    private static let rounds = 3

    func extract(path: String) async throws -> ExtractedDocument {
        let (charset, text) = try await ManuscriptExtractor(sandbox: sandbox).decode(path: path, form: .latex)
        let pandoc = PandocExtractor(sandbox: sandbox)
        var definitions = LaTeXDefinitions()
        var output = try await run(text, pandoc)
        for _ in 0..<Self.rounds {
            let (known, log) = (definitions, output.diagnostics)
            definitions = await BlockingPool.shared.run { known.learning(from: PandocLog(log).skipped, in: text) }
            guard definitions.count > known.count else { break }
            output = try await run(definitions.text + text, pandoc)
        }
        var document = try await pandoc.document(output.bytes, keepsLines: false)
        document.charset = charset
        let missing = PandocLog(output.diagnostics).missingFiles
        if missing > 0 { document.notes.append(ReadingNote(.parts, pages: [], count: missing)) }
        return document
    }

    private func run(_ text: String, _ pandoc: PandocExtractor) async throws -> Sandbox.Output {
        let copy = try await BlockingPool.shared.run { try ScratchText(text) }
        return try await copy.use { try await pandoc.run(path: $0, reader: "latex", arguments: ["--verbose"]) }
    }
}
