import Concurrency
import Failures
import FoundationEssentials
import Glibc
package import Sandbox

/// Prints notes by pandoc, and pages by WeasyPrint, both in the sandbox: what somebody typed is read by neither outside of it.
package struct NoteFile: Sendable {
    static let programs: Set<String> = ["pandoc", "python3"]
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
        case .docx:
            // A picture is fetched before any filter is asked, so the text goes without them to what would.
            let tree = try await pandoc(note, to: "json", [])
            return try await run(command(["--from", "json", "--to", "docx", "tree"]), reading: ["tree": tree])
        case .pdf:
            let page = try await pandoc(note, to: "html5", ["--standalone", "--include-in-header", "style"])
            return try await run(
                SandboxCommand("python3", ["-I", "print.py"], limits: Self.printing),
                reading: [
                    "page": page, "print.py": Array(NotePrint.pageProgram.utf8), "fonts.conf": Array(NotePrint.fonts.utf8),
                ])
        }
    }

    private func pandoc(_ note: Note, to writer: String, _ arguments: [String]) async throws -> [UInt8] {
        let command = command(
            ["--from", Self.reader, "--to", writer, "--metadata", "title=" + note.title, "--lua-filter", "pictures.lua"] + arguments
                + ["note"])
        var files = ["note": Array(NotePrint.footnoted(note).utf8), "pictures.lua": Array(NotePrint.pictures.utf8)]
        if arguments.contains("style") { files["style"] = Array(NotePrint.style.utf8) }
        return try await run(command, reading: files)
    }

    private func command(_ arguments: [String]) -> SandboxCommand {
        SandboxCommand(
            "pandoc", ["+RTS", "-M512M", "-RTS", "--output", "-"] + arguments, limits: Self.printing)
    }

    private func run(_ command: SandboxCommand, reading files: [String: [UInt8]]) async throws -> [UInt8] {
        let scratch = try await BlockingPool.shared.run { try ScratchNotes(files) }
        defer { scratch.remove() }
        let command = scratch.paths.reduce(command) { $0.reading($1.path, as: $1.name) }
        do {
            return try await sandbox.run(command).bytes
        } catch let failure as SandboxFailure {
            guard case .exited(let code) = failure.reason else { throw failure }
            throw code == NotePrint.isMissing ? NotesFailure.noPrinter : NotesFailure.notPrinted
        }
    }
}

/// Bytes in files of their own for as long as something in the sandbox reads them.
struct ScratchNotes: Sendable {
    private(set) var paths: [(name: String, path: String)] = []

    /// Blocks.
    init(_ files: [String: [UInt8]]) throws {
        do {
            for (name, bytes) in files {
                var template = Array("/tmp/lm-note-XXXXXX".utf8CString)
                let descriptor = mkstemp(&template)
                guard descriptor >= 0 else { throw NotesFailure(.internal, "There is no room for a file to be printed.") }
                close(descriptor)
                let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
                paths.append((name, path))
                try Data(bytes).write(to: URL(filePath: path))
            }
        } catch {
            remove()
            throw error
        }
    }

    func remove() { for each in paths { unlink(each.path) } }
}
