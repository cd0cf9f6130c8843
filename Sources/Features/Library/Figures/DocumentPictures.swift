import Concurrency
import FoundationEssentials
import Manuscript
package import Sandbox

/// Makes pictures of what a file holds when somebody looks: nothing of them is kept.
package struct DocumentPictures: Sendable {
    package struct Picture: Sendable {
        package let bytes: [UInt8]
        package let mediaType: String
    }

    private static let programs: Set<String> = ["tiff2pdf", "pdftoppm"]

    private let reader: ManuscriptExtractor
    private let drawing: Sandbox

    /// - Parameter sandbox: for `lm-read`.
    package init(sandbox: Sandbox) {
        reader = ManuscriptExtractor(sandbox: sandbox)
        drawing = Sandbox(programs: Self.programs, memory: sandbox.memory, pool: BlockingPool(name: "drawing", threads: 2))
    }

    /// A picture within a zipped document.
    ///
    /// - Parameter name: the file's own.
    /// - Throws: `LibraryFailure.noPicture` if it is not there, or none that a browser shows.
    func picture(_ name: String, inFileAt path: String) async throws -> Picture {
        let wanted = try await BlockingPool.shared.run { try ScratchText(name) }
        let bytes = try await wanted.use { wanted in
            do {
                return try await reader.run(path: path, form: .member, wanted: wanted, isAwaited: true)
            } catch is ExtractionFailure {
                throw LibraryFailure.noPicture
            }
        }
        guard let mediaType = Self.mediaType(bytes) else { throw LibraryFailure.noPicture }
        return Picture(bytes: bytes, mediaType: mediaType)
    }

    /// A stretch of a PDF's page as PNG, as a reader sees it.
    ///
    /// - Parameters:
    ///   - box: left, top, right and bottom in points from the top left corner.
    ///   - page: from 1.
    func stretch(_ box: [Double], ofPage page: Int, ofPDFAt path: String) async throws -> Picture {
        let (width, height) = (box[2] - box[0] + 2 * Self.margin, box[3] - box[1] + 2 * Self.margin)
        let resolution = min(Self.fine, Self.longest / max(width, height, 1) * 72)
        func dots(_ points: Double) -> String { "\(Int((points * resolution / 72).rounded()))" }
        let place = [
            "-x", dots(max(0, box[0] - Self.margin)), "-y", dots(max(0, box[1] - Self.margin)), "-W", dots(width), "-H",
            dots(height),
        ]
        let range = ["-f", "\(page)", "-l", "\(page)", "-singlefile"]
        let limits = SandboxLimits(memory: 1 << 30, processorSeconds: 30, wallClock: .seconds(60), output: 32 << 20, processes: 2)
        let command = SandboxCommand(
            "pdftoppm", ["-q", "-png", "-cropbox", "-r", "\(Int(resolution))"] + range + place + ["document.pdf"], limits: limits)
        do {
            let drawn = try await drawing.run(command.reading(path, as: "document.pdf").awaited())
            guard Self.mediaType(drawn.bytes) == "image/png" else { throw LibraryFailure.noPicture }
            return Picture(bytes: drawn.bytes, mediaType: "image/png")
        } catch let failure as SandboxFailure {
            switch failure.reason {
            case .unavailable, .missing, .limited: throw failure
            default: throw LibraryFailure.noPicture
            }
        }
    }

    /// Points around a figure that are shown with it.
    private static let margin = 4.0
    /// Dots an inch.
    private static let fine = 150.0
    /// Dots of the longer side.
    private static let longest = 1_400.0

    /// A page of a TIFF, which no browser shows, as PNG.
    ///
    /// - Parameter number: from 1.
    func page(_ number: Int, ofTIFFAt path: String) async throws -> Picture {
        do {
            let limits = SandboxLimits(
                memory: 2 << 30, processorSeconds: 60, wallClock: .seconds(90), output: 256 << 20, processes: 2)
            let sheets = try await drawing.run(
                SandboxCommand("tiff2pdf", ["page.tiff"], limits: limits).reading(path, as: "page.tiff").awaited())
            let copy = try await BlockingPool.shared.run { try ScratchText(bytes: sheets.bytes) }
            let drawn = try await copy.use { copy in
                let page = ["-f", "\(number)", "-l", "\(number)"]
                let command = SandboxCommand(
                    "pdftoppm", ["-q", "-png", "-scale-to", "2000", "-singlefile"] + page + ["page.pdf"], limits: limits)
                return try await drawing.run(command.reading(copy, as: "page.pdf").awaited())
            }
            guard Self.mediaType(drawn.bytes) == "image/png" else { throw LibraryFailure.noPicture }
            return Picture(bytes: drawn.bytes, mediaType: "image/png")
        } catch let failure as SandboxFailure {
            switch failure.reason {
            case .missing: throw LibraryFailure.noTIFFReader
            case .unavailable, .limited: throw failure
            default: throw LibraryFailure.noPicture
            }
        }
    }

    /// By its first bytes; nil for what is no picture that browsers show as nothing else.
    private static func mediaType(_ bytes: [UInt8]) -> String? {
        if bytes.starts(with: Array("GIF8".utf8)) { return "image/gif" }
        let format = PictureFile.format(head: Array(bytes.prefix(16)))
        return format == .tiff ? nil : format?.mediaType
    }
}
