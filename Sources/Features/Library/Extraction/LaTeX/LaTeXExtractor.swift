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

    /// - Parameter works: of the BibTeX files that it names.
    func extract(path: String, citing works: LaTeXBibliography = LaTeXBibliography()) async throws -> ExtractedDocument {
        let whole = try await BlockingPool.shared.run {
            let file = try FileWindow(path: path)
            return try ScratchText(bytes: works.added(to: Array(try file.read(at: 0, count: file.size))))
        }
        let (charset, text) = try await whole.use { try await ManuscriptExtractor(sandbox: sandbox).decode(path: $0, form: .latex) }
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
