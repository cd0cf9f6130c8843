import Concurrency
import FoundationEssentials
import Glibc
package import Sandbox

/// Reads a file's text. Everything but plain text is parsed by a program in the sandbox.
package struct DocumentExtractor: Sendable {
    /// What the sandbox must be allowed to run.
    package static let programs: Set<String> = ["pdfinfo", "pdftotext", "pdftohtml", "pdfimages", "pdfdetach", "pandoc"]

    /// The most that one of them needs.
    package static let needs = PandocExtractor.limits

    /// Told how many pages of how many are read.
    package typealias Progress = @Sendable (_ done: Int, _ total: Int) async throws -> Void

    private let sandbox: Sandbox

    package init(sandbox: Sandbox) { self.sandbox = sandbox }

    /// - Throws: `ExtractionFailure` if the file is at fault; `SandboxFailure` or `LibraryFailure` if nothing can be read here, whatever the file; `CancellationError`.
    package func extract(path: String, format: DocumentFormat, progress: @escaping Progress) async throws -> ExtractedDocument {
        do {
            var document: ExtractedDocument
            switch format {
            case .pdf: document = try await PDFExtractor(sandbox: sandbox).extract(path: path, progress: progress)
            case .docx: document = try await PandocExtractor(sandbox: sandbox).extract(path: path, reader: "docx")
            case .html: document = try await reencoded(path, reader: "html")
            case .markdown: document = try await reencoded(path, reader: "commonmark_x+yaml_metadata_block")
            case .text: document = try await BlockingPool.shared.run { try Self.plain(path) }
            }
            guard document.pages.contains(where: { $0.picture != nil || $0.text.contains { $0.isLetter || $0.isNumber } }) else {
                throw ExtractionFailure(.empty)
            }
            document.title = document.title?.withoutNULs
            return document
        } catch let failure as SandboxFailure {
            switch failure.reason {
            case .unavailable, .missing, .limited: throw failure
            case .memory, .processorTime, .wallClock, .output, .fileSize: throw ExtractionFailure(.tooLarge, underlying: failure)
            case .exited, .crashed: throw ExtractionFailure(.damaged, underlying: failure)
            }
        }
    }

    /// pandoc reads UTF-8 alone, so a text in another encoding is given to it as a copy.
    private func reencoded(_ path: String, reader: String) async throws -> ExtractedDocument {
        let (encoding, copy) = try await BlockingPool.shared.run { try Self.copyInUTF8(of: path) }
        defer { if let copy { unlink(copy) } }
        var document = try await PandocExtractor(sandbox: sandbox).extract(path: copy ?? path, reader: reader)
        document.charset = encoding.charset
        return document
    }

    private static func plain(_ path: String) throws -> ExtractedDocument {
        let (bytes, encoding) = try text(of: path)
        var document = PlainTextExtractor.extract(encoding.decode(bytes))
        document.charset = encoding.charset
        return document
    }

    /// How a text is encoded, and a temporary file with the same in UTF-8, nil if that is what it is.
    private static func copyInUTF8(of path: String) throws -> (TextEncoding, copy: String?) {
        let (bytes, encoding) = try text(of: path)
        if encoding == .utf8 { return (encoding, nil) }
        var template = Array("/tmp/lm-text-XXXXXX".utf8CString)
        let descriptor = mkstemp(&template)
        guard descriptor >= 0 else { throw LibraryFailure.noScratch }
        close(descriptor)
        let copy = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        do {
            try Data(encoding.decode(bytes).utf8).write(to: URL(filePath: copy))
        } catch {
            unlink(copy)
            throw LibraryFailure.noScratch
        }
        return (encoding, copy)
    }

    private static func text(of path: String) throws -> ([UInt8], TextEncoding) {
        let file = try FileWindow(path: path)
        let bytes = try file.read(at: 0, count: file.size)
        guard let encoding = TextEncoding.detect(bytes) else { throw ExtractionFailure(.damaged) }
        return (bytes, encoding)
    }
}
