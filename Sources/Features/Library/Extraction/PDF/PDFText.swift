import Manuscript

/// Makes readable text of laid-out lines: running heads dropped, paragraphs and broken words joined, headings found.
struct PDFText {
    private let pages: [PDFPage]
    let outline: [PDFOutlineEntry]
    /// What is drawn on pages, by their numbers.
    private let drawn: [Int: PDFFrame.Page]
    /// Places of pictures that are on page after page.
    private let logos: Set<String>
    /// The size in which most of the text is set, in points.
    let bodySize: Double
    /// How far apart lines of one paragraph mostly stand, in points: more than usual in a manuscript.
    let lineGap: Double
    /// Sizes of headings, largest first.
    private let headingSizes: [Double]
    /// Words that stand somewhere unbroken, in lower case: they tell a word broken at a line's end from a hyphenated one.
    private let vocabulary: Set<String>
    /// Whether all of it is in a typewriter's letters, which then do not tell program code.
    let isTypewritten: Bool
    /// What stands aside on page after page: a stamp or a watermark.
    private let repeated: Set<String>

    init(pages: [PDFPage], outline: [PDFOutlineEntry], drawn: [PDFFrame.Page] = []) {
        let pages = RunningHeads.removed(from: Watermarks.setAside(in: pages))
        self.pages = pages
        self.outline = outline
        self.drawn = Dictionary(drawn.map { ($0.number, $0) }, uniquingKeysWith: { first, _ in first })
        logos = PDFFigures.repeated(in: drawn)
        var characters: [Double: Int] = [:]
        var vocabulary: Set<String> = []
        for page in pages {
            for line in page.lines {
                characters[Self.rounded(line.size), default: 0] += line.text.utf8.count
                for word in line.text.split(separator: " ").dropLast() { vocabulary.insert(Self.bare(word)) }
            }
        }
        self.vocabulary = vocabulary
        let typed = pages.reduce(0) { $0 + $1.lines.reduce(0) { $0 + ($1.isMonospaced ? $1.text.utf8.count : 0) } }
        isTypewritten = typed * 2 > characters.values.reduce(0, +) && !PDFCode.isCode(pages)
        var asides: [String: Int] = [:]
        for page in pages { for aside in Set(page.asides) { asides[aside, default: 0] += 1 } }
        repeated = Set(asides.filter { $0.value >= 3 || $0.value == pages.count && pages.count == 2 }.keys)
        let body = characters.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? 0
        bodySize = body
        let gaps = pages.flatMap { page in
            zip(page.lines, page.lines.dropFirst()).compactMap { above, below in
                let gap = below.top - above.bottom
                return abs(above.left - below.left) < 2 && gap > 0 && gap < body * 2 && abs(above.size - body) < 1 ? gap : nil
            }
        }.sorted()
        lineGap = gaps.isEmpty ? 0 : gaps[gaps.count / 2]
        var sizes: [Double] = []
        for size in Set(pages.flatMap { $0.lines.map { Self.rounded($0.size) } }).sorted(by: >) where size >= body * 1.12 {
            // Sizes within a twelfth of each other are one level.
            if sizes.last.map({ size < $0 * 0.92 }) ?? true { sizes.append(size) }
        }
        headingSizes = Array(sizes.prefix(4))
    }

    func extracted() -> [ExtractedPage] {
        let entries = Dictionary(grouping: outline, by: \.page)
        return pages.enumerated().map { index, page in extract(page, number: index + 1, outline: entries[index + 1] ?? []) }
    }

    private func extract(_ page: PDFPage, number: Int, outline: [PDFOutlineEntry]) -> ExtractedPage {
        var builder = PageBuilder()
        var open = outline
        let paragraphs = paragraphs(of: page)
        // An entry of the outline whose words do not stand on the page still says what the page is about.
        let written = Set(paragraphs.map { Self.key(Self.plain($0.lines)) })
        for entry in open where !written.contains(where: { Self.matches($0, Self.key(entry.title)) }) {
            builder.addSilentHeading(entry.title, level: entry.level)
        }
        let deepest = outline.isEmpty && self.outline.isEmpty ? 0 : self.outline.map(\.level).max() ?? 0
        let figures = placedFigures(among: paragraphs, on: page, number: number)
        for (index, paragraph) in paragraphs.enumerated() where !figures.labels.contains(index) {
            if let block = paragraph.block {
                let text = block.text.withoutNULs
                builder.add(
                    text, blocks: [TextBlock(block.kind, start: 0, end: text.unicodeScalars.count, headRows: block.headRows)])
                continue
            }
            if let term = paragraph.term {
                builder.add(term.text + "\n" + join(paragraph.lines))
                continue
            }
            let text = join(paragraph.lines)
            let key = Self.key(text)
            if let at = open.firstIndex(where: { Self.matches(key, Self.key($0.title)) }) {
                builder.add(text, headingLevel: open[at].level)
                open.remove(at: at)
            } else if let kind = PDFCaption.kind(text, isSetApart: isSetApart(paragraph.lines)) {
                let place = figures.places[index]
                let length = text.withoutNULs.unicodeScalars.count
                builder.add(
                    text.withoutNULs,
                    blocks: [TextBlock(place == nil || kind == .table ? .caption : .figure, start: 0, end: length, box: place)])
                if let words = figures.words[index] { builder.add(words) }
            } else if let level = headingLevel(paragraph.lines, text: text) {
                builder.add(text, headingLevel: min(6, deepest + level))
            } else {
                builder.add(text)
            }
        }
        for place in figures.unnamed {
            builder.add("", blocks: [TextBlock(.figure, start: 0, end: 0, box: place)])
        }
        for aside in page.asides where !repeated.contains(aside) { builder.add(aside) }
        return builder.page(number)
    }

    /// The figures of a page: by the paragraphs that are their captions.
    private struct PlacedFigures {
        /// Where each stands, as the viewer has it.
        var places: [Int: [Double]] = [:]
        /// The words within each.
        var words: [Int: String] = [:]
        /// Paragraphs that are such words, and nothing else.
        var labels: Set<Int> = []
        var unnamed: [[Double]] = []
    }

    private func placedFigures(among paragraphs: [Paragraph], on page: PDFPage, number: Int) -> PlacedFigures {
        var placed = PlacedFigures()
        guard var figures = drawn[number].flatMap({ PDFFigures(page, $0) }) else { return placed }
        var regions: [(caption: Int, box: PDFBox)] = []
        for (index, paragraph) in paragraphs.enumerated() where paragraph.block == nil && paragraph.term == nil {
            guard PDFCaption.kind(join(paragraph.lines), isSetApart: isSetApart(paragraph.lines)) == .figure,
                let place = figures.place(ofCaption: paragraph.lines), let box = figures.found.last
            else { continue }
            placed.places[index] = place
            regions.append((index, box))
        }
        // Names of nodes and axes say something together, and are no paragraphs, let alone headings.
        for (index, paragraph) in paragraphs.enumerated() where placed.places[index] == nil && paragraph.block == nil {
            let lines = (paragraph.term.map { [$0] } ?? []) + paragraph.lines
            guard let region = regions.first(where: { region in lines.allSatisfy { $0.box.isWithin(region.box) } }) else {
                continue
            }
            placed.labels.insert(index)
            let words = Self.plain(lines)
            placed.words[region.caption] = placed.words[region.caption].map { "\($0) · \(words)" } ?? words
        }
        placed.unnamed = figures.unnamed(without: logos)
        return placed
    }

    /// Whether lines are set in other type than the text, as captions mostly are.
    private func isSetApart(_ lines: [PDFLine]) -> Bool {
        lines.allSatisfy { $0.size < bodySize * 0.96 } || lines.first?.isBold == true
    }

    // MARK: - Headings

    private func headingLevel(_ lines: [PDFLine], text: String) -> Int? {
        guard let first = lines.first, lines.count <= 3, text.count <= 160, text.count >= 3,
            text.unicodeScalars.reduce(0, { $0 + ($1.properties.isAlphabetic ? 1 : 0) }) >= 3,
            let last = text.last, !",;".contains(last)
        else { return nil }
        let size = lines.map { Self.rounded($0.size) }.min() ?? 0
        if let level = headingSizes.firstIndex(where: { size >= $0 * 0.92 }) {
            return last == "." && !Self.isNumbered(text) ? nil : level + 1
        }
        let isSection = first.isBold && lines.allSatisfy(\.isBold) && size >= bodySize * 0.95 && text.count <= 100
        guard isSection, last != ".", last != ":", text.contains(where: \.isLetter) else { return nil }
        return headingSizes.count + 1
    }

    /// `2`, `2.1`, `IV.` before the words.
    private static func isNumbered(_ text: String) -> Bool {
        guard let word = text.split(separator: " ").first, word.count <= 8 else { return false }
        return word.allSatisfy { $0.isNumber || $0 == "." || "IVXLC".contains($0) }
    }

    static func key(_ text: String) -> String {
        String(text.lowercased().unicodeScalars.filter { $0.properties.isAlphabetic || $0.properties.numericType != nil })
    }

    /// An outline often leaves out the number that stands on the page, or adds one.
    private static func matches(_ line: String, _ title: String) -> Bool {
        guard !title.isEmpty, line.count <= title.count + 12, title.count <= line.count + 12, line.count >= 2 else {
            return line == title && !title.isEmpty
        }
        return line == title || (line.count >= 4 && title.count >= 4 && (line.hasSuffix(title) || title.hasSuffix(line)))
    }

    /// The lines as one text, with words that were broken at a line's end joined.
    private func join(_ lines: [PDFLine]) -> String {
        var out = ""
        for line in lines {
            guard let last = out.last else {
                out = line.text
                continue
            }
            let next = line.text.prefix { !$0.isWhitespace }
            switch BrokenWord(end: out.suffix(80), last: last, next: next).join(vocabulary) {
            case .apart: out += " " + line.text
            case .together: out += line.text
            case .withoutHyphen:
                out.removeLast()
                out += line.text
            }
        }
        return out
    }

    private static func plain(_ lines: [PDFLine]) -> String { lines.map(\.text).joined(separator: " ") }

    static func bare(_ word: some StringProtocol) -> String {
        word.lowercased().filter { $0.isLetter || $0 == "-" || $0.isNumber }
    }

    private static func rounded(_ size: Double) -> Double { (size * 2).rounded() / 2 }
}
