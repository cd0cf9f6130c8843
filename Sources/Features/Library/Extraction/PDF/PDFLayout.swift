/// A line of a PDF page, in points from the top left corner.
struct PDFLine: Sendable {
    var text: String
    /// Counts the blocks of the page: lines of one block belong together.
    var block: Int
    var left: Double
    var right: Double
    var top: Double
    var bottom: Double
    /// Of the font, in points; the line's height where the font is not known.
    var size: Double
    var isBold = false

    var middle: Double { (top + bottom) / 2 }
}

struct PDFPage: Sendable {
    var width: Double
    var height: Double
    /// In reading order.
    var lines: [PDFLine]
}

/// A run of text in one font, as `pdftohtml -xml` has it.
struct PDFRun: Sendable {
    var left: Double
    var right: Double
    var middle: Double
    var size: Double
    var isBold: Bool
    var characters: Int
}

/// An entry of the PDF's own table of contents.
struct PDFOutlineEntry: Sendable, Equatable {
    var level: Int
    var title: String
    /// From 1.
    var page: Int
}

enum PDFLayout {
    /// Reads what `pdftotext -bbox-layout` prints: pages of flows, blocks, lines and words, in reading order.
    static func pages(fromBoundingBoxes bytes: [UInt8]) -> [PDFPage] {
        var reader = MarkupReader(bytes)
        var pages: [PDFPage] = []
        var (block, words, line) = (0, [String](), PDFLine(text: "", block: 0, left: 0, right: 0, top: 0, bottom: 0, size: 0))
        var isWord = false
        while let token = reader.next() {
            switch token {
            case .tag("page"):
                pages.append(PDFPage(width: reader.number("width"), height: reader.number("height"), lines: []))
                block = 0
            case .tag("block"): block += 1
            case .tag("line"):
                words = []
                line = PDFLine(
                    text: "", block: block, left: reader.number("xMin"), right: reader.number("xMax"), top: reader.number("yMin"),
                    bottom: reader.number("yMax"), size: 0)
                line.size = line.bottom - line.top
            case .tag("word"): isWord = true
            case .tag("/word"): isWord = false
            case .tag("/line"):
                line.text = words.joined(separator: " ").replacingLigatures
                if !pages.isEmpty, !line.text.isEmpty { pages[pages.count - 1].lines.append(line) }
            case .text(let text): if isWord { words.append(text) }
            case .tag: break
            }
        }
        return pages
    }

    /// Reads what `pdftohtml -xml` prints: by page, the runs of text with their fonts; and the outline.
    static func runs(fromXML bytes: [UInt8]) -> (pages: [[PDFRun]], outline: [PDFOutlineEntry]) {
        // The tool draws at 108 dots an inch.
        let scale = 1.5
        var reader = MarkupReader(bytes)
        var pages: [[PDFRun]] = []
        var outline: [PDFOutlineEntry] = []
        var fonts: [String: Double] = [:]
        var run: PDFRun?
        var (depth, itemPage, item) = (0, 0, "")
        var isItem = false
        while let token = reader.next() {
            switch token {
            case .tag("page"): pages.append([])
            case .tag("fontspec"): if let id = reader.attribute("id") { fonts[id] = reader.number("size") / scale }
            case .tag("text"):
                let (left, width) = (reader.number("left") / scale, reader.number("width") / scale)
                run = PDFRun(
                    left: left, right: left + width, middle: (reader.number("top") + reader.number("height") / 2) / scale,
                    size: reader.attribute("font").flatMap { fonts[$0] } ?? 0, isBold: false, characters: 0)
            case .tag("b"): run?.isBold = true
            case .tag("/text"):
                if let run, !pages.isEmpty, run.characters > 0 { pages[pages.count - 1].append(run) }
                run = nil
            case .tag("outline"): depth += 1
            case .tag("/outline"): depth -= 1
            case .tag("item"):
                isItem = true
                itemPage = Int(reader.number("page"))
                item = ""
            case .tag("/item"):
                isItem = false
                let title = item.replacingLigatures.singleLine
                if !title.isEmpty, itemPage > 0 {
                    outline.append(PDFOutlineEntry(level: max(1, depth), title: title, page: itemPage))
                }
            case .text(let text):
                if isItem { item += text } else { run?.characters += text.count }
            case .tag: break
            }
        }
        return (pages, outline)
    }

    /// Gives each line the size and weight of the runs that lie in it.
    static func apply(_ runs: [PDFRun], to page: inout PDFPage) {
        let sorted = runs.sorted { $0.middle < $1.middle }
        for index in page.lines.indices {
            let line = page.lines[index]
            var (characters, bold, size) = (0, 0, 0.0)
            // Binary search for the first run that may lie in the line.
            var (low, high) = (0, sorted.count)
            while low < high {
                let probe = (low + high) / 2
                if sorted[probe].middle < line.top { low = probe + 1 } else { high = probe }
            }
            for run in sorted[low...].prefix(while: { $0.middle <= line.bottom })
            where run.left < line.right && run.right > line.left && run.size > 0 {
                characters += run.characters
                if run.isBold { bold += run.characters }
                size += run.size * Double(run.characters)
            }
            guard characters > 0 else { continue }
            page.lines[index].size = size / Double(characters)
            page.lines[index].isBold = bold * 10 >= characters * 9
        }
    }
}

extension String {
    /// fi, fl and their like as letters, no-break spaces as spaces, composed characters; soft hyphens at a line's end as hyphens.
    var replacingLigatures: String {
        guard utf8.contains(where: { $0 >= 0x80 }) else { return self }
        var out = String.UnicodeScalarView()
        for scalar in unicodeScalars {
            switch scalar.value {
            case 0xFB00: out.append(contentsOf: "ff".unicodeScalars)
            case 0xFB01: out.append(contentsOf: "fi".unicodeScalars)
            case 0xFB02: out.append(contentsOf: "fl".unicodeScalars)
            case 0xFB03: out.append(contentsOf: "ffi".unicodeScalars)
            case 0xFB04: out.append(contentsOf: "ffl".unicodeScalars)
            case 0xFB05, 0xFB06: out.append(contentsOf: "st".unicodeScalars)
            case 0xA0, 0x2007, 0x202F: out.append(" ")
            case 0xAD: out.append("-")
            case 0, 0xFEFF, 0xFFFE, 0xFFFF: break
            default: out.append(scalar)
            }
        }
        return String(out)
    }
}
