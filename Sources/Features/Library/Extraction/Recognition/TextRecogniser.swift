import Concurrency
import Failures
import FoundationEssentials
import Glibc
import HTTPClient
package import Sandbox
package import Telemetry

/// Reads the words of a page's picture: `pdftoppm` draws it, `tesseract` makes out what stands there, both in the sandbox.
package struct TextRecogniser: Sendable {
    package static let programs: Set<String> = ["pdftoppm", "tesseract", "tiff2pdf"]
    /// Pages that are read at a time in one process: each takes a processor for one or two seconds.
    static let width = 2

    /// Enough for print of eight points; twice as fine takes a third more time and reads no better.
    private static let fine = 200.0
    /// Enough to see whether there is anything.
    private static let coarse = 40.0
    /// Points across.
    private static let paper = 595.0
    /// Of the longer side: larger pages are drawn coarser.
    private static let mostPixels = 4200.0
    /// Below this it is worth the time to find out the page's script and which way it stands.
    private static let doubtful = 62

    private let sandbox: Sandbox
    private let languages: RecognitionLanguages
    /// Asked first, where there is one.
    private let service: (any RecognitionService)?
    private let logger: Logger

    package init(
        languages: RecognitionLanguages, service: (any RecognitionService)? = nil, sandbox: Sandbox = Self.sandbox(),
        logger: Logger = .silent
    ) {
        self.service = service
        self.logger = logger.labelled("library")
        self.languages = languages
        self.sandbox = sandbox
    }

    /// Its threads bound how many pages are read at a time, whatever number of documents wait.
    package static func sandbox(memory: SandboxMemory? = nil) -> Sandbox {
        Sandbox(programs: programs, memory: memory, pool: BlockingPool(name: "recognition", threads: width))
    }

    /// Whether pages can be read at all.
    package var isInstalled: Bool { service != nil || isHere }

    /// Whether it can be had on this machine: the program and at least one language.
    private var isHere: Bool { access("/usr/bin/tesseract", X_OK) == 0 && languages.first != nil }

    /// - Parameters:
    ///   - path: of a PDF, or of a picture where `isPicture` says so.
    ///   - number: the page, from 1.
    ///   - language: what the pages before it are in, if that is known.
    /// - Throws: `SandboxFailure`, `LibraryFailure`, `CancellationError`. A page on which the tool fails is one without words.
    func read(
        _ path: String, page number: Int, picture: PagePicture, isPicture: Bool, language: String?
    ) async throws -> RecognisedPage {
        guard let service else {
            return try await readHere(path, page: number, picture: picture, isPicture: isPicture, language: language)
        }
        do {
            if let page = try await read(path, page: number, picture: picture, isPicture: isPicture, by: service) { return page }
        } catch let failure where failure is HTTPClientFailure || failure is RecognitionServiceFailure {
            logger.failure("a recognition service did not read a page", failure, ["recogniser": service.name])
            guard isHere else {
                throw LibraryFailure(.unavailable, "The service that reads scanned pages does not answer just now.")
            }
        }
        var page = try await readHere(path, page: number, picture: picture, isPicture: isPicture, language: language)
        if !page.isBlank { page.isFallback = true }
        return page
    }

    /// nil for a picture of a kind that services do not take.
    private func read(
        _ path: String, page number: Int, picture: PagePicture, isPicture: Bool, by service: any RecognitionService
    ) async throws -> RecognisedPage? {
        if isPicture {
            let bytes = try await BlockingPool.shared.run {
                let file = try FileWindow(path: path)
                return try file.read(at: 0, count: file.size)
            }
            guard let format = PictureFile.format(head: Array(bytes.prefix(16))), format == .png || format == .jpeg,
                let size = PictureFile.size(bytes)
            else { return nil }
            return try await service.read(bytes, width: Self.paper, height: Self.paper * Double(size.height) / Double(size.width))
        }
        let blank = try await look(path, page: number, picture: picture)
        if blank.isBlank { return blank }
        let image = try await draw(path, page: number, resolution: Self.resolution(Self.fine, picture), form: ["-jpeg"])
        return image.isEmpty ? nil : try await service.read(image, width: blank.width, height: blank.height)
    }

    private func readHere(
        _ path: String, page number: Int, picture: PagePicture, isPicture: Bool, language: String?
    ) async throws -> RecognisedPage {
        if isPicture {
            let page = RecognisedPage(width: 0, height: 0, language: language ?? languages.first ?? "", lines: [])
            let orientation = try await BlockingPool.shared.run {
                PictureFile.orientation(head: try FileWindow(path: path).read(at: 0, count: 1 << 17))
            }
            var seen = try await read(path, number: number, into: page, isKnown: language != nil, resolution: nil)
            if seen.confidence ?? 0 >= Self.doubtful { try await findUnread(on: &seen, path, page: number) }
            return seen.turned(by: orientation)
        }
        let resolution = Self.resolution(Self.fine, picture)
        let (image, blank) = try await see(path, page: number, picture: picture, resolution: resolution)
        guard !blank.isBlank, !image.isEmpty, let first = language ?? languages.first else { return blank }
        var page = blank
        page.language = first
        var seen = try await withFile(image) { [page] file in
            try await read(file, number: 1, into: page, isKnown: language != nil, resolution: resolution)
        }
        guard seen.confidence ?? 0 >= Self.doubtful else { return seen }
        await mark(image, resolution: resolution, on: &seen)
        return seen
    }

    private func mark(_ image: [UInt8], resolution: Int, on page: inout RecognisedPage) async {
        let regions = await BlockingPool.shared.run { [page] in UnreadInk.regions(image, page, resolution: resolution) }
        if !regions.isEmpty { page.unread = regions }
    }

    /// The same for a picture, which is drawn as the page of a PDF.
    private func findUnread(on page: inout RecognisedPage, _ path: String, page number: Int) async throws {
        let (format, sheet) = try await BlockingPool.shared.run {
            let file = try FileWindow(path: path)
            let bytes = try file.read(at: 0, count: file.size)
            return (PictureFile.format(head: Array(bytes.prefix(16))), PictureSheet.pdf(bytes))
        }
        var pages = sheet
        if format == .tiff {
            let limits = SandboxLimits(
                memory: 2 << 30, processorSeconds: 60, wallClock: .seconds(90), output: 256 << 20, processes: 2)
            pages = try await passingOver {
                try await sandbox.run(SandboxCommand("tiff2pdf", ["page.tiff"], limits: limits).reading(path, as: "page.tiff"))
                    .bytes
            }
        }
        guard let pages else { return }
        let picture = PagePicture(reason: .noText, width: page.width, height: page.height)
        // A TIFF's pages have their own size: the words are where they are as shares of it.
        let resolution = Self.resolution(Self.fine, picture)
        let image = try await withFile(pages) { try await draw($0, page: format == .tiff ? number : 1, resolution: resolution) }
        let drawn = await BlockingPool.shared.run { PageImage(image, dust: 0) }
        guard let drawn, page.width > 0 else { return }
        await mark(image, resolution: Int((Double(drawn.width) / page.width * 72).rounded()), on: &page)
    }

    /// Looks whether anything is drawn on a page, and reads nothing.
    func look(_ path: String, page number: Int, picture: PagePicture) async throws -> RecognisedPage {
        try await see(path, page: number, picture: picture, resolution: Self.resolution(Self.coarse, picture)).page
    }

    private static func resolution(_ wanted: Double, _ picture: PagePicture) -> Int {
        Int(min(wanted, mostPixels / (max(picture.width, picture.height, 1) / 72)))
    }

    private func see(
        _ path: String, page number: Int, picture: PagePicture, resolution: Int
    ) async throws -> (image: [UInt8], page: RecognisedPage) {
        var page = RecognisedPage(width: picture.width, height: picture.height, language: "", lines: [])
        let image = try await draw(path, page: number, resolution: resolution)
        // Dust takes so many points of a page that is drawn fine, and fewer where it is drawn coarse.
        let dust = 120 * resolution * resolution / Int(Self.fine * Self.fine)
        guard let drawn = await BlockingPool.shared.run({ PageImage(image, dust: dust) }) else { return ([], page) }
        page.isBlank = drawn.isBlank
        let scale = 72 / Double(resolution)
        (page.width, page.height) = (Double(drawn.width) * scale, Double(drawn.height) * scale)
        return (image, page)
    }

    /// - Parameter resolution: nil where it is the tool's to guess.
    private func read(
        _ file: String, number: Int, into empty: RecognisedPage, isKnown: Bool, resolution: Int?
    ) async throws -> RecognisedPage {
        var best = try await recognise(file, number, as: empty.language, resolution: resolution, empty)
        if !isKnown {
            let words = best.lines.flatMap { $0.words.map(\.text) }
            if let other = languages.language(of: words), other != best.language {
                let again = try await recognise(file, number, as: other, resolution: resolution, empty)
                if again.sureLetters >= best.sureLetters { best = again }
            }
        }
        guard best.confidence ?? 0 < Self.doubtful else { return best }
        // Another script, or a page that lies on its side or stands on its head.
        let script = try await script(file, number, resolution: resolution)
        let other = script.flatMap(languages.languages(ofScript:)) ?? best.language
        let turned = try await recognise(file, number, as: other, resolution: resolution, isTurned: true, empty)
        return turned.sureLetters > best.sureLetters ? turned : best
    }

    private func draw(_ path: String, page: Int, resolution: Int, form: [String] = []) async throws -> [UInt8] {
        var limits = SandboxLimits(memory: 1 << 30, processorSeconds: 60, wallClock: .seconds(120), output: 96 << 20)
        limits.processes = 2
        let command = SandboxCommand(
            "pdftoppm",
            [
                "-q", "-gray", "-cropbox", "-r", "\(resolution)", "-f", "\(page)", "-l", "\(page)", "-singlefile",
            ] + form + ["document.pdf"],
            limits: limits)
        return try await passingOver { try await sandbox.run(command.reading(path, as: "document.pdf")).bytes } ?? []
    }

    private func recognise(
        _ file: String, _ number: Int, as language: String, resolution: Int?, isTurned: Bool = false, _ empty: RecognisedPage
    ) async throws -> RecognisedPage {
        // 1 finds out which way the page stands, 3 takes it for upright.
        let table = try await tesseract(file, number, ["-l", language, "--psm", isTurned ? "1" : "3"], resolution, form: ["tsv"])
        var page = empty
        page.language = language
        if let resolution {
            page.lines = TesseractTable.lines(table, scale: 72 / Double(resolution))
        } else if let size = TesseractTable.size(table) {
            // A picture is as wide as a sheet of paper, whatever it was of.
            let scale = Self.paper / size.width
            (page.width, page.height) = (Self.paper, size.height * scale)
            page.lines = TesseractTable.lines(table, scale: scale)
        }
        return page
    }

    /// The script that most of the page is in; nil where there is too little of it.
    private func script(_ file: String, _ number: Int, resolution: Int?) async throws -> String? {
        let found = try await tesseract(file, number, ["--psm", "0"], resolution, form: [])
        return found.split(separator: "\n").first { $0.hasPrefix("Script:") }.map { $0.dropFirst(7).trimmingSpaces() }
    }

    private func tesseract(_ file: String, _ number: Int, _ options: [String], _ resolution: Int?, form: [String]) async throws
        -> String
    {
        let limits = SandboxLimits(memory: 2 << 30, processorSeconds: 90, wallClock: .seconds(180), output: 16 << 20)
        var arguments = ["page", "stdout"] + options
        if let resolution { arguments += ["--dpi", "\(resolution)"] }
        // Of a TIFF's pages the one that is meant; other pictures have no more than one.
        arguments += ["-c", "tessedit_page_number=\(number - 1)"] + form
        let command = SandboxCommand("tesseract", arguments, limits: limits).reading(file, as: "page")
        return try await passingOver { try await sandbox.run(command).text } ?? ""
    }

    /// nil where the program could make nothing of the page; what keeps it from running at all is thrown.
    private func passingOver<Value>(_ body: () async throws -> Value) async throws -> Value? {
        do {
            return try await body()
        } catch let failure as SandboxFailure {
            switch failure.reason {
            case .unavailable, .missing, .limited: throw failure
            default: return nil
            }
        }
    }

    /// Keeps the picture in a temporary file for as long as `body` runs.
    private func withFile<Value: Sendable>(_ bytes: [UInt8], _ body: (String) async throws -> Value) async throws -> Value {
        let path = try await BlockingPool.shared.run { () throws -> String in
            var template = Array("/tmp/lm-page-XXXXXX".utf8CString)
            let descriptor = mkstemp(&template)
            guard descriptor >= 0 else { throw LibraryFailure.noScratch }
            close(descriptor)
            let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
            do {
                try Data(bytes).write(to: URL(filePath: path))
            } catch {
                unlink(path)
                throw LibraryFailure.noScratch
            }
            return path
        }
        defer { unlink(path) }
        return try await body(path)
    }
}
