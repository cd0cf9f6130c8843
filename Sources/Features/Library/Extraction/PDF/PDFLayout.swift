enum PDFLayout {
    /// Reads what `pdftotext -bbox-layout` prints: pages of flows, blocks, lines and words, in reading order.
    static func pages(fromBoundingBoxes bytes: [UInt8]) -> [PDFPage] {
        var reader = MarkupReader(bytes)
        var pages: [PDFPage] = []
        var (block, words, box) = (0, [PDFWord](), PDFBox(left: 0, top: 0, right: 0, bottom: 0))
        var isWord = false
        while let token = reader.next() {
            switch token {
            case .tag("page"):
                pages.append(PDFPage(width: reader.number("width"), height: reader.number("height"), lines: []))
                block = 0
            case .tag("block"): block += 1
            case .tag("line"): words = []
            case .tag("word"):
                isWord = true
                box = reader.box
            case .tag("/word"): isWord = false
            case .tag("/line"):
                if !pages.isEmpty, let line = PDFLine(words, block: block) { pages[pages.count - 1].lines.append(line) }
            case .text(let text):
                let plain = text.replacingLigatures
                if isWord, !plain.isEmpty { words.append(PDFWord(text: plain, box: box)) }
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
        var fonts: [String: (size: Double, isMonospaced: Bool, isMusic: Bool)] = [:]
        var run: PDFRun?
        var (depth, itemPage, item) = (0, 0, "")
        var isItem = false
        while let token = reader.next() {
            switch token {
            case .tag("page"): pages.append([])
            case .tag("fontspec"):
                if let id = reader.attribute("id") {
                    let family = reader.attribute("family") ?? ""
                    fonts[id] = (reader.number("size") / scale, Self.isMonospaced(family), MusicSigns.isFont(family))
                }
            case .tag("text"):
                let (left, width) = (reader.number("left") / scale, reader.number("width") / scale)
                let top = reader.number("top")
                let font = reader.attribute("font").flatMap { fonts[$0] }
                run = PDFRun(
                    left: left, right: left + width, top: top / scale, middle: (top + reader.number("height") / 2) / scale,
                    size: font?.size ?? 0, isBold: false, isMonospaced: font?.isMonospaced ?? false,
                    isMusic: font?.isMusic ?? false, characters: 0, text: "")
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
                if isItem {
                    item += text
                } else if run != nil {
                    run?.characters += text.utf8.count
                    run?.text += text
                }
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
            if line.direction != .level {
                if let run = runs.first(where: { $0.isTurned && lies($0, in: line) }) {
                    (page.lines[index].size, page.lines[index].isBold) = (run.size, run.isBold)
                }
                continue
            }
            var (characters, bold, typed, size) = (0, 0, 0, 0.0)
            // Binary search for the first run that may lie in the line.
            var (low, high) = (0, sorted.count)
            while low < high {
                let probe = (low + high) / 2
                if sorted[probe].middle < line.top { low = probe + 1 } else { high = probe }
            }
            for run in sorted[low...].prefix(while: { $0.middle <= line.bottom })
            where run.left < line.right && run.right > line.left && run.size > 0 && !isForeign(run, to: line) {
                characters += run.characters
                if run.isBold { bold += run.characters }
                if run.isMonospaced { typed += run.characters }
                size += run.size * Double(run.characters)
            }
            guard characters > 0 else { continue }
            page.lines[index].size = size / Double(characters)
            page.lines[index].isBold = bold * 10 >= characters * 9
            page.lines[index].isMonospaced = typed * 10 >= characters * 9
        }
    }

    private static func isMonospaced(_ family: String) -> Bool {
        let name = family.lowercased()
        return [
            "mono", "courier", "consol", "menlo", "typewriter", "cmtt", "lmtt", "inconsolata", "monaco", "nimbusmon", "sourcecode",
        ].contains(
            where: name.contains)
    }

    /// Whether the run is of another line, in much larger or smaller letters, that stands across this one.
    private static func isForeign(_ run: PDFRun, to line: PDFLine) -> Bool {
        let height = line.bottom - line.top
        return run.size > height * 2 || run.size < height * 0.35
    }

    private static func lies(_ run: PDFRun, in line: PDFLine) -> Bool {
        run.left > line.left - run.size && run.left < line.right + run.size && run.top > line.top - run.size
            && run.top < line.bottom + run.size
    }
}
