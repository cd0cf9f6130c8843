import Concurrency
import FoundationEssentials
import Manuscript
import Sandbox

/// Markdown and other markup by pandoc, whose syntax tree becomes a page of HTML; `lm-read` reads that as any other page.
struct PandocExtractor {
    let sandbox: Sandbox

    /// Of its processes its runtime takes six, as threads.
    static let limits = SandboxLimits(
        memory: 2 << 30, processorSeconds: 120, wallClock: .seconds(180), output: 128 << 20, diagnostics: 1 << 20, processes: 12)

    /// - Parameter reader: pandoc's name of the form, with its extensions.
    func extract(path: String, reader: String, arguments: [String] = []) async throws -> ExtractedDocument {
        try await document(try await run(path: path, reader: reader, arguments: arguments).bytes)
    }

    /// The tree as JSON, and what is told beside it.
    func run(path: String, reader: String, writer: String = "json", arguments: [String] = []) async throws -> Sandbox.Output {
        let command = SandboxCommand(
            "pandoc",
            ["+RTS", "-M512M", "-RTS", "--sandbox", "--from", reader, "--to", writer] + arguments + ["document"],
            limits: Self.limits
        ).reading(path, as: "document")
        return try await sandbox.run(command)
    }

    /// What a tree says.
    ///
    /// - Parameter keepsLines: whether the source's ends of lines may mean something.
    func document(_ json: [UInt8], keepsLines: Bool = true) async throws -> ExtractedDocument {
        // Decoding and printing recurse, so the depth is bounded before; and they take their time, so they have a thread.
        guard Self.depth(of: json) <= Self.deepest else { throw ExtractionFailure(.tooLarge) }
        let page = try await BlockingPool.shared.run {
            let tree: PandocTree
            do {
                tree = try JSONDecoder().decode(PandocTree.self, from: Data(json))
            } catch {
                throw ExtractionFailure(.damaged, underlying: error)
            }
            return try ScratchText(PandocHTML.page(tree, keepsLines: keepsLines))
        }
        return try await page.use { try await ManuscriptExtractor(sandbox: sandbox).extract(path: $0, form: .html) }
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
