import Concurrency
import FoundationEssentials
import Sandbox

/// Word, HTML and Markdown by pandoc, whose syntax tree is walked here: headings, paragraphs, lists, tables as text, code, formulas.
struct PandocExtractor {
    let sandbox: Sandbox

    /// Of its processes its runtime takes six, as threads.
    static let limits = SandboxLimits(
        memory: 2 << 30, processorSeconds: 120, wallClock: .seconds(180), output: 128 << 20, processes: 12)

    func extract(path: String, reader: String) async throws -> ExtractedDocument {
        let command = SandboxCommand(
            "pandoc", ["+RTS", "-M512M", "-RTS", "--sandbox", "--from", reader, "--to", "json", "document"],
            limits: Self.limits
        ).reading(path, as: "document")
        let output = try await sandbox.run(command)
        // Decoding and walking recurse, so the depth is bounded before; and they take their time, so they have a thread.
        guard Self.depth(of: output.bytes) <= Self.deepest else { throw ExtractionFailure(.tooLarge) }
        return try await BlockingPool.shared.run {
            let tree: PandocTree
            do {
                tree = try JSONDecoder().decode(PandocTree.self, from: Data(output.bytes))
            } catch {
                throw ExtractionFailure(.damaged, underlying: error)
            }
            var parts = PartBuilder()
            var walker = PandocWalker()
            walker.walk(tree.blocks)
            for paragraph in walker.paragraphs { parts.add(paragraph.text, headingLevel: paragraph.headingLevel) }
            let title = tree.title ?? walker.paragraphs.first { $0.headingLevel != nil }?.text.singleLine
            return ExtractedDocument(title: title, isPaged: false, pages: parts.finish())
        }
    }

    /// Arrays and objects within each other. A list's item adds four levels, a table's cell twelve; a thread's stack holds some hundreds.
    private static let deepest = 256

    private static func depth(of json: [UInt8]) -> Int {
        var (depth, deepest) = (0, 0)
        var (isText, isEscaped) = (false, false)
        for byte in json {
            if isText {
                if isEscaped {
                    isEscaped = false
                } else if byte == UInt8(ascii: "\\") {
                    isEscaped = true
                } else if byte == UInt8(ascii: "\"") {
                    isText = false
                }
                continue
            }
            switch byte {
            case UInt8(ascii: "\""): isText = true
            case UInt8(ascii: "["), UInt8(ascii: "{"):
                depth += 1
                deepest = max(deepest, depth)
            case UInt8(ascii: "]"), UInt8(ascii: "}"): depth -= 1
            default: break
            }
        }
        return deepest
    }
}

/// Turns pandoc's tree into paragraphs of text.
struct PandocWalker {
    struct Paragraph: Equatable {
        var text: String
        var headingLevel: Int?
    }

    private(set) var paragraphs: [Paragraph] = []
    /// Footnotes of the paragraph in hand; they follow it.
    private var notes: [[PandocBlock]] = []

    mutating func walk(_ blocks: [PandocBlock], prefix: String = "") {
        var prefix = prefix
        func take() -> String {
            defer { prefix = String(repeating: " ", count: prefix.count) }
            return prefix
        }
        for block in blocks {
            switch block {
            case .paragraph(let inlines): add(take() + text(inlines).trimmingSpaces())
            case .lines(let lines): add(take() + lines.map { text($0) }.joined(separator: "\n"))
            case .code(let code): add(take() + code)
            case .heading(let level, let inlines): add(text(inlines).singleLine, headingLevel: level)
            case .group(let blocks): walk(blocks, prefix: take())
            case .list(let items, let first):
                let indent = take()
                for (index, item) in items.enumerated() {
                    walk(item, prefix: indent + (first.map { "\($0 + index). " } ?? "• "))
                }
            case .definitions(let entries):
                for entry in entries {
                    add(take() + text(entry.term))
                    for definition in entry.definitions { walk(definition, prefix: "  ") }
                }
            case .table(let table):
                if !table.caption.isEmpty { walk(table.caption) }
                let rows = table.rows.map { row in
                    row.map { cell in
                        var inner = PandocWalker()
                        inner.walk(cell)
                        return inner.paragraphs.map(\.text).joined(separator: " ").singleLine
                    }.joined(separator: " | ")
                }
                add(rows.joined(separator: "\n"))
            case .nothing: break
            }
        }
    }

    private mutating func add(_ text: String, headingLevel: Int? = nil) {
        let text = text.normalisedLineEnds
        if !text.allSatisfy(\.isWhitespace) { paragraphs.append(Paragraph(text: text, headingLevel: headingLevel)) }
        let notes = self.notes
        self.notes = []
        for note in notes { walk(note) }
    }

    private mutating func text(_ inlines: [PandocInline]) -> String {
        var out = ""
        for inline in inlines {
            switch inline {
            case .text(let text): out += text
            case .space: out += " "
            case .lineBreak: out += "\n"
            case .group(let inlines): out += text(inlines)
            case .quoted(let inlines, let isSingle):
                out += isSingle ? "‘\(text(inlines))’" : "“\(text(inlines))”"
            case .note(let blocks): notes.append(blocks)
            case .nothing: break
            }
        }
        return out
    }
}
