import Concurrency
import Failures
import FoundationEssentials
import Glibc
package import Sandbox

/// Prints notes by pandoc, and pages by WeasyPrint, both in the sandbox: what somebody typed is read by neither outside of it.
package struct NoteFile: Sendable {
    static let programs: Set<String> = ["pandoc", "weasyprint"]
    /// No HTML, no TeX and no settings out of the text: it is Markdown and formulas.
    private static let reader =
        "markdown-raw_html-raw_tex-raw_attribute-yaml_metadata_block-pandoc_title_block+lists_without_preceding_blankline"
    private static let printing = SandboxLimits(
        memory: 2 << 30, processorSeconds: 60, wallClock: .seconds(90), output: 64 << 20, diagnostics: 1 << 20, processes: 12)

    let sandbox: Sandbox

    package init(sandbox: Sandbox) { self.sandbox = sandbox }

    func file(of note: Note, as format: NoteFormat) async throws -> [UInt8] {
        switch format {
        case .markdown: return Array(NotePrint.plain(note).utf8)
        case .svg:
            guard let map = note.map else { throw NotesFailure.noMap }
            return Array(map.svg.utf8)
        case .html: return try await pandoc(note, to: "html5", ["--standalone", "--mathml", "--include-in-header", "style"])
        case .docx: return try await pandoc(note, to: "docx", [])
        case .pdf:
            let page = try await pandoc(note, to: "html5", ["--standalone", "--include-in-header", "style"])
            return try await run(
                SandboxCommand("weasyprint", ["--encoding", "utf-8", "--quiet", "page", "-"], limits: Self.printing)
                    .starting(["python3", "python3.11"]), reading: page, as: "page")
        }
    }

    private func pandoc(_ note: Note, to writer: String, _ arguments: [String]) async throws -> [UInt8] {
        let language = "en"
        let text = Array(NotePrint.footnoted(note).utf8)
        let command = SandboxCommand(
            "pandoc",
            [
                "+RTS", "-M512M", "-RTS", "--from", Self.reader, "--to", writer, "--metadata", "title=" + note.title, "--metadata",
                "lang=" + language,
            ]
                + arguments + ["--output", "-", "note"],
            limits: Self.printing)
        return try await run(
            command, reading: text, as: "note", beside: arguments.contains("style") ? Array(NotePrint.style.utf8) : nil)
    }

    private func run(
        _ command: SandboxCommand, reading bytes: [UInt8], as name: String, beside style: [UInt8]? = nil
    ) async throws -> [UInt8] {
        let input = try await BlockingPool.shared.run { try ScratchNote(bytes) }
        return try await input.use { path in
            var command = command.reading(path, as: name)
            let look = try await BlockingPool.shared.run { try style.map { try ScratchNote($0) } }
            defer { look?.remove() }
            if let look { command = command.reading(look.path, as: "style") }
            do {
                return try await sandbox.run(command).bytes
            } catch let failure as SandboxFailure {
                guard case .exited = failure.reason else { throw failure }
                throw NotesFailure.notPrinted
            }
        }
    }
}

/// Bytes in a file of their own for as long as something in the sandbox reads them.
struct ScratchNote: Sendable {
    let path: String

    /// Blocks.
    init(_ bytes: [UInt8]) throws {
        var template = Array("/tmp/lm-note-XXXXXX".utf8CString)
        let descriptor = mkstemp(&template)
        guard descriptor >= 0 else { throw NotesFailure(.internal, "There is no room for a file to be printed.") }
        close(descriptor)
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        do {
            try Data(bytes).write(to: URL(filePath: path))
        } catch {
            unlink(path)
            throw error
        }
    }

    func remove() { unlink(path) }

    func use<Result: Sendable>(_ body: (String) async throws -> Result) async throws -> Result {
        defer { remove() }
        return try await body(path)
    }
}
