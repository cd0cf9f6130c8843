import Concurrency
import FoundationEssentials
import Manuscript
import Sandbox

/// Reads a file by `lm-read`, our own program, which parses it within the sandbox and prints paragraphs.
struct ManuscriptExtractor {
    static let program = "lm-read"
    /// A workbook of some million cells takes about a gigabyte as a tree.
    static let limits: SandboxLimits = {
        var limits = SandboxLimits(memory: 3 << 30, processorSeconds: 120, wallClock: .seconds(180), output: 256 << 20)
        limits.processes = 2  // bubblewrap's and its own
        return limits
    }()

    let sandbox: Sandbox

    func extract(path: String, form: ReadingForm) async throws -> ExtractedDocument {
        let output = try await run(path: path, form: form)
        return try await BlockingPool.shared.run {
            do {
                let manuscript = try JSONDecoder().decode(Manuscript.self, from: Data(output))
                return ExtractedDocument(manuscript)
            } catch {
                throw ExtractionFailure(.damaged, underlying: error)
            }
        }
    }

    /// A text in UTF-8, and how it was encoded.
    func decode(path: String, form: ReadingForm = .decode) async throws -> (charset: String, text: String) {
        let output = try await run(path: path, form: form)
        guard let end = output.firstIndex(of: UInt8(ascii: "\n")) else { throw ExtractionFailure(.damaged) }
        return (String(decoding: output[..<end], as: UTF8.self), String(decoding: output[(end + 1)...], as: UTF8.self))
    }

    /// What the program prints.
    ///
    /// - Parameters:
    ///   - wanted: a file that names what is asked for, where the form takes a choice.
    ///   - isAwaited: whether a request waits for it.
    func run(path: String, form: ReadingForm, wanted: String? = nil, isAwaited: Bool = false) async throws -> [UInt8] {
        // Whether it is there at all is no matter of the sandbox.
        _ = try await BlockingPool.shared.run { try FileWindow(path: path).size }
        var command = SandboxCommand(Self.program, [], limits: Self.limits).reading(path, as: "document.\(form.rawValue)")
        if let wanted { command = command.reading(wanted, as: "wanted") }
        if isAwaited { command = command.awaited() }
        do {
            return try await sandbox.run(command).bytes
        } catch let failure as SandboxFailure {
            guard case .exited(let code) = failure.reason, let fault = ReadingFault(rawValue: code) else { throw failure }
            switch fault {
            case .damaged: throw ExtractionFailure(.damaged, underlying: failure)
            case .encrypted: throw ExtractionFailure(.encrypted, underlying: failure)
            case .tooLarge: throw ExtractionFailure(.tooLarge, underlying: failure)
            case .misused: throw LibraryFailure.unreadable
            }
        }
    }
}

extension ExtractedDocument {
    /// A file's pages are kept; where it has none, its text is cut into parts.
    init(_ manuscript: Manuscript) {
        let paragraphs = manuscript.paragraphs.joiningCaptions
        let heading = paragraphs.first { $0.kind == .heading && $0.page ?? 1 == 1 }?.text.singleLine
        let metadata = DocumentMetadata(
            authors: manuscript.authors, date: manuscript.date, language: manuscript.language, doi: manuscript.doi,
            address: manuscript.address)
        guard let count = manuscript.pageCount else {
            var parts = PartBuilder()
            for paragraph in paragraphs { parts.add(paragraph) }
            self.init(
                title: manuscript.title, heading: heading, metadata: metadata, isPaged: false, pages: parts.finish(),
                charset: manuscript.charset, notes: manuscript.notes)
            return
        }
        var pages = (0..<max(count, 1)).map { _ in PageBuilder() }
        for paragraph in paragraphs {
            pages[min(max((paragraph.page ?? 1) - 1, 0), pages.count - 1)].add(paragraph)
        }
        self.init(
            title: manuscript.title, heading: heading, metadata: metadata, isPaged: true,
            pages: pages.enumerated().map { $1.page($0 + 1) }, charset: manuscript.charset,
            notes: manuscript.notes)
    }
}

extension [Manuscript.Paragraph] {
    /// With what a figure is called as the figure's own text, where it follows it.
    fileprivate var joiningCaptions: [Manuscript.Paragraph] {
        var result: [Manuscript.Paragraph] = []
        for paragraph in self {
            guard paragraph.kind == .caption, let last = result.last, last.kind == .figure, last.page == paragraph.page,
                PDFCaption.kind(paragraph.text, isSetApart: true) != .table
            else {
                result.append(paragraph)
                continue
            }
            let before = last.text.isEmpty ? 0 : last.text.unicodeScalars.count + 1
            result[result.count - 1].text += (last.text.isEmpty ? "" : "\n") + paragraph.text
            result[result.count - 1].formulas = (last.formulas ?? []) + (paragraph.formulas ?? []).map { $0 + before }
        }
        return result
    }
}

extension Manuscript {
    /// What was left out, kind by kind.
    fileprivate var notes: [ReadingNote] {
        let kinds: [(ReadingNote.Kind, [UnreadKind])] = [
            (.parts, [.unknown]), (.attachments, [.embedded]), (.recordings, [.audio, .video]), (.pictures, [.picture]),
            (.drawings, [.drawing]), (.hidden, [.hidden]), (.boilerplate, [.boilerplate]),
        ]
        return kinds.compactMap { kind, members in
            let found = unread.filter { members.contains($0.kind) }
            guard !found.isEmpty else { return nil }
            return ReadingNote(kind, pages: found.compactMap(\.page), count: found.reduce(0) { $0 + $1.count })
        }
    }
}

extension PageBuilder {
    mutating func add(_ paragraph: Manuscript.Paragraph) {
        if paragraph.kind == .heading {
            add(paragraph.text, headingLevel: max(1, paragraph.level ?? 1), blocks: paragraph.blocks)
        } else {
            add(paragraph.text, blocks: paragraph.blocks)
        }
    }
}

extension PartBuilder {
    fileprivate mutating func add(_ paragraph: Manuscript.Paragraph) {
        add(paragraph.text, headingLevel: paragraph.kind == .heading ? max(1, paragraph.level ?? 1) : nil, blocks: paragraph.blocks)
    }
}

extension Manuscript.Paragraph {
    /// What it is, and the formulas in it, by their places in its text.
    fileprivate var blocks: [TextBlock] {
        let length = text.unicodeScalars.count
        var blocks: [TextBlock] = []
        switch kind {
        case .text, .heading: break
        case .item: blocks.append(TextBlock(.item, start: 0, end: length, level: level ?? 0, marker: marker))
        case .table: blocks.append(TextBlock(.table, start: 0, end: length, headRows: headRows))
        case .code: blocks.append(TextBlock(.code, start: 0, end: length, language: language))
        case .caption: blocks.append(TextBlock(.caption, start: 0, end: length))
        case .note: blocks.append(TextBlock(.note, start: 0, end: length))
        case .figure: blocks.append(TextBlock(.figure, start: 0, end: length, picture: picture))
        }
        let places = formulas ?? []
        for index in stride(from: 0, to: places.count - 1, by: 2)
        where places[index] < places[index + 1] && places[index + 1] <= length {
            blocks.append(TextBlock(.formula, start: places[index], end: places[index + 1]))
        }
        return blocks
    }
}
