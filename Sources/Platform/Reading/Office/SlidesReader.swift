import Manuscript

/// PowerPoint presentations: a slide is a page, with its notes.
enum SlidesReader {
    static func read(_ bytes: [UInt8]) throws(ReadingFault) -> Manuscript {
        let package = try OfficePackage(bytes)
        guard let main = try package.main(), let root = try package.xml(main) else { throw .damaged }
        let relationships = try package.relationships(of: main)
        let slides = (root.first("p:sldIdLst")?.all("p:sldId") ?? []).compactMap {
            $0["r:id"].flatMap { relationships[$0]?.target }
        }
        let builder = ManuscriptBuilder()
        for (index, slide) in slides.enumerated() {
            builder.page = index + 1
            guard let tree = package.optionalXML(slide) else {
                builder.leaveOut(.unknown)
                continue
            }
            SlideWalker(package, part: slide, into: builder).walk(tree)
        }
        builder.page = nil
        var manuscript = builder.manuscript()
        manuscript.pageCount = slides.count
        package.properties(into: &manuscript)
        if ["powerpoint presentation", "presentation", "slide 1"].contains(manuscript.title?.lowercased()) {
            manuscript.title = nil
        }
        return manuscript
    }
}

/// The shapes of one slide, in reading order: the title first, then by the order in which they were laid.
private final class SlideWalker {
    private let package: OfficePackage
    private let part: String
    private let builder: ManuscriptBuilder
    private var numbers: [Int: Int] = [:]

    init(_ package: OfficePackage, part: String, into builder: ManuscriptBuilder) {
        self.package = package
        self.part = part
        self.builder = builder
    }

    func walk(_ slide: Node) {
        // A hidden slide is one that is not shown, and read all the same.
        guard let tree = slide.deep("p:spTree") else { return }
        let shapes = Array(tree.elements)
        let titles = shapes.filter { Self.isTitle($0) }
        for title in titles { heading(title) }
        for shape in ordered(shapes) where !Self.isTitle(shape) { add(shape) }
        notes()
    }

    private static func placeholder(_ shape: Node) -> String? {
        shape.path("p:nvSpPr", "p:nvPr", "p:ph").map { $0["type"] ?? "body" }
    }

    private static func isTitle(_ shape: Node) -> Bool { ["title", "ctrTitle"].contains(placeholder(shape)) }

    /// From top to bottom and left to right. What does not say where it lies is where its layout has it: below the title.
    private func ordered(_ shapes: [Node]) -> [Node] {
        // Half an inch: shapes that begin so close stand side by side.
        let row = 457_200
        let places = shapes.enumerated().map { index, shape -> (row: Int, x: Int, index: Int) in
            let offset =
                shape.path("p:spPr", "a:xfrm", "a:off") ?? shape.path("p:xfrm", "a:off")
                ?? shape.path("p:grpSpPr", "a:xfrm", "a:off")
            guard let offset, let x = Int(offset["x"] ?? ""), let y = Int(offset["y"] ?? "") else { return (Int.min, 0, index) }
            return (y / row, x, index)
        }
        return places.sorted { $0 < $1 }.map { shapes[$0.index] }
    }

    private func heading(_ shape: Node) {
        var inline = InlineText()
        for paragraph in shape.deepAll("a:p") {
            if !inline.isBlank { inline.addBreak() }
            DrawingText.add(paragraph, to: &inline)
        }
        builder.addHeading(inline, level: 1)
    }

    private func add(_ node: Node) {
        switch node.name {
        case "p:sp":
            // Number, date and footer of each slide are no content.
            if ["sldNum", "dt", "ftr", "hdr"].contains(Self.placeholder(node)) { return }
            text(node)
        case "p:grpSp": for shape in ordered(Array(node.elements)) { add(shape) }
        case "p:graphicFrame": graphic(node)
        case "p:pic":
            if node.deep("a:videoFile") != nil { return builder.leaveOut(.video) }
            if node.deep("a:audioFile") != nil { return builder.leaveOut(.audio) }
            let words = node.path("p:nvPicPr", "p:cNvPr")?["descr"] ?? ""
            let relationships = (try? package.relationships(of: part)) ?? [:]
            if let target = node.deep("a:blip")?["r:embed"].flatMap({ relationships[$0] }), !target.isOutside {
                builder.addFigure(target.target, words: words)
            } else {
                builder.leaveOut(.picture)
                if words.contains(" ") { builder.add(.caption, words.singleLine) }
            }
        case "mc:AlternateContent": if let chosen = Self.choice(node) { for child in chosen.elements { add(child) } }
        default: break
        }
    }

    private static func choice(_ node: Node) -> Node? {
        let choices = node.all("mc:Choice") + node.all("mc:Fallback")
        return choices.first { $0.deep("a:t") != nil || $0.deep("m:t") != nil } ?? choices.first
    }

    private func text(_ shape: Node) {
        numbers = [:]
        let isList = ["body", "obj", "subTitle"].contains(Self.placeholder(shape))
        let paragraphs = shape.deepAll("a:p")
        let spoken = paragraphs.filter { $0.deep("a:t") != nil || $0.deep("m:t") != nil }.count
        for paragraph in paragraphs {
            var inline = InlineText()
            DrawingText.add(paragraph, to: &inline)
            guard !inline.isBlank else { continue }
            let properties = paragraph.first("a:pPr")
            let level = Int(properties?["lvl"] ?? "") ?? 0
            if let marker = marker(properties, level: level, isList: isList && spoken > 1) {
                builder.addItem(inline, marker: marker, level: level)
            } else {
                builder.add(.text, inline)
            }
        }
    }

    private func marker(_ properties: Node?, level: Int, isList: Bool) -> String? {
        for deeper in numbers.keys where deeper > level { numbers[deeper] = nil }
        if properties?.first("a:buNone") != nil { return nil }
        if let auto = properties?.first("a:buAutoNum") {
            let number = (numbers[level] ?? (Int(auto["startAt"] ?? "") ?? 1) - 1) + 1
            numbers[level] = number
            let type = auto["type"] ?? "arabicPeriod"
            let style: ListMarker.Style =
                type.hasPrefix("alphaUc")
                ? .upperLetter
                : type.hasPrefix("alphaLc")
                    ? .lowerLetter : type.hasPrefix("romanUc") ? .upperRoman : type.hasPrefix("romanLc") ? .lowerRoman : .decimal
            return ListMarker.text(
                number, style: style, frame: type.hasSuffix("ParenBoth") ? .enclosed : type.hasSuffix("ParenR") ? .closed : .dotted)
        }
        if properties?.first("a:buChar") != nil { return "•" }
        return isList || level > 0 ? "•" : nil
    }

    private func graphic(_ node: Node) {
        if let table = node.deep("a:tbl") { return self.table(table) }
        let relationships = (try? package.relationships(of: part)) ?? [:]
        if let chart = node.deep("c:chart"), let target = chart["r:id"].flatMap({ relationships[$0]?.target }),
            let root = package.optionalXML(target)
        {
            return ChartReader.add(root, to: builder)
        }
        if let diagram = node.deep("dgm:relIds"), let target = diagram["r:dm"].flatMap({ relationships[$0]?.target }),
            let data = package.optionalXML(target)
        {
            return DrawingText.addDiagram(data, to: builder)
        }
        builder.leaveOut(node.deep("p:oleObj") != nil ? .embedded : .drawing)
    }

    private func table(_ node: Node) {
        var grid: [[TableCell]] = []
        for row in node.all("a:tr") {
            var line: [TableCell] = []
            for cell in row.all("a:tc") {
                var inline = InlineText()
                for paragraph in cell.deepAll("a:p") {
                    if !inline.isBlank { inline.add(" ") }
                    DrawingText.add(paragraph, to: &inline)
                }
                let isMergedDown = ["1", "true"].contains(cell["vMerge"])
                let above = isMergedDown && grid.last.map { $0.indices.contains(line.count) } == true ? grid.last?[line.count] : nil
                line.append(above ?? TableCell(inline))
            }
            grid.append(line)
        }
        builder.addTable(grid, headRows: ["1", "true"].contains(node.first("a:tblPr")?["firstRow"]) ? 1 : 0)
    }

    private func notes() {
        guard let target = try? package.related(to: part, type: "notesSlide").first, let root = package.optionalXML(target) else {
            return
        }
        for shape in root.deepAll("p:sp") where Self.placeholder(shape) == "body" {
            for paragraph in shape.deepAll("a:p") {
                var inline = InlineText()
                DrawingText.add(paragraph, to: &inline)
                builder.add(.note, inline)
            }
        }
    }
}
