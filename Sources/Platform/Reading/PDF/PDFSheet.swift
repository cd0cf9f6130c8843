import Manuscript

/// A page as a sheet on which things are drawn: goes through its stream (ISO 32000-1, 8) and marks where.
struct PDFSheet {
    private static let deepest = 8
    /// Operators of one page: a map may have millions, and its place is known long before.
    private static let mostSteps = 2_000_000

    private let file: PDFFile
    private let shown: PDFRectangle
    private var map: PDFInkMap
    private var pictures: [PDFRectangle] = []
    private var steps = 0

    /// nil where the page has no size.
    init?(_ page: [String: PDFValue], in file: PDFFile) {
        self.file = file
        func box(_ name: String) -> PDFRectangle? {
            let corners = file.resolved(page[name]).array?.compactMap { file.resolved($0).number } ?? []
            return corners.count == 4 ? PDFRectangle(corners[0], corners[1], corners[2], corners[3]) : nil
        }
        let media = box("MediaBox") ?? PDFRectangle(0, 0, 612, 792)
        guard media.width > 1, media.height > 1, media.width < 20_000, media.height < 20_000 else { return nil }
        let turn = ((file.resolved(page["Rotate"]).integer ?? 0) % 360 + 360) % 360
        let base: PDFMatrix =
            switch turn {
            case 90: PDFMatrix(a: 0, b: 1, c: 1, d: 0, e: -media.bottom, f: -media.left)
            case 180: PDFMatrix(a: -1, b: 0, c: 0, d: 1, e: media.right, f: -media.bottom)
            case 270: PDFMatrix(a: 0, b: -1, c: -1, d: 0, e: media.top, f: media.right)
            default: PDFMatrix(a: 1, b: 0, c: 0, d: -1, e: -media.left, f: media.top)
            }
        let sheet = base.applied(to: media)
        shown = base.applied(to: box("CropBox").flatMap { media.intersection($0) } ?? media)
        map = PDFInkMap(sheet)
        let contents = file.resolved(page["Contents"])
        let streams = contents.array ?? [contents]
        // One operator may begin in one stream and end in the next.
        let data = streams.compactMap { file.content(of: file.resolved($0)) }.reduce(into: [UInt8]()) { $0 += $1 + [10] }
        draw(data, resources: file.resolved(page["Resources"]).dictionary ?? [:], base, clip: sheet, depth: 0)
    }

    func page(_ number: Int) -> PDFFrame.Page {
        PDFFrame.Page(
            number: number, size: [map.sheet.width, map.sheet.height], shown: shown.values,
            drawings: map.stretches().map(\.values), pictures: pictures.map(\.values))
    }

    private mutating func draw(
        _ data: [UInt8], resources: [String: PDFValue], _ matrix: PDFMatrix, clip: PDFRectangle, depth: Int
    ) {
        guard depth < Self.deepest else { return }
        let objects = file.resolved(resources["XObject"]).dictionary ?? [:]
        var lexer = PDFLexer(data[...], hasReferences: false)
        var (matrix, clip) = (matrix, clip)
        var saved: [(PDFMatrix, PDFRectangle)] = []
        var operands: [PDFValue] = []
        var (path, clips): (PDFRectangle?, Bool) = (nil, false)
        func numbers(_ count: Int) -> [Double]? {
            let values = operands.suffix(count).compactMap(\.number)
            return values.count == count ? values : nil
        }
        func reach(_ x: Double, _ y: Double) {
            let point = matrix.point(x, y)
            path = path?.reaching(point.x, point.y) ?? PDFRectangle(point.x, point.y, point.x, point.y)
        }
        while let value = lexer.next() {
            guard case .word(let word) = value else {
                operands.append(value)
                if operands.count > 64 { operands.removeFirst(32) }
                continue
            }
            steps += 1
            if steps > Self.mostSteps { return }
            switch word {
            case "q": if saved.count < 200 { saved.append((matrix, clip)) }
            case "Q": if let last = saved.popLast() { (matrix, clip) = last }
            case "cm": if let m = numbers(6) { matrix = PDFMatrix(m).followed(by: matrix) }
            case "m", "l": if let p = numbers(2) { reach(p[0], p[1]) }
            case "c":
                if let p = numbers(6) { for at in stride(from: 0, to: 6, by: 2) { reach(p[at], p[at + 1]) } }
            case "v", "y":
                if let p = numbers(4) { for at in stride(from: 0, to: 4, by: 2) { reach(p[at], p[at + 1]) } }
            case "re":
                if let p = numbers(4) {
                    reach(p[0], p[1])
                    reach(p[0] + p[2], p[1])
                    reach(p[0], p[1] + p[3])
                    reach(p[0] + p[2], p[1] + p[3])
                }
            case "W", "W*": clips = true
            case "S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "n":
                if let painted = path {
                    if word != "n", let seen = painted.intersection(clip) { map.add(seen) }
                    if clips { clip = clip.intersection(painted) ?? PDFRectangle(clip.left, clip.bottom, clip.left, clip.bottom) }
                }
                (path, clips) = (nil, false)
            case "BI": lexer.skip(past: "EI")
            case "Do":
                if let name = operands.last?.name, let stream = objects[name].map({ file.resolved($0) }) {
                    place(stream, matrix, clip: clip, resources: resources, depth: depth)
                }
            default: break
            }
            operands.removeAll(keepingCapacity: true)
        }
    }

    /// A picture, or a drawing of its own within the page's.
    private mutating func place(
        _ object: PDFValue, _ matrix: PDFMatrix, clip: PDFRectangle, resources: [String: PDFValue], depth: Int
    ) {
        guard let dictionary = object.dictionary else { return }
        switch file.resolved(dictionary["Subtype"]).name {
        case "Image":
            guard let seen = matrix.applied(to: PDFRectangle(0, 0, 1, 1)).intersection(clip) else { return }
            map.add(seen)
            if pictures.count < 500 { pictures.append(seen) }
        case "Form":
            let own = file.resolved(dictionary["Matrix"]).array?.compactMap { file.resolved($0).number } ?? []
            let inner = own.count == 6 ? PDFMatrix(own).followed(by: matrix) : matrix
            let corners = file.resolved(dictionary["BBox"]).array?.compactMap { file.resolved($0).number } ?? []
            guard corners.count == 4 else { return }
            guard let seen = inner.applied(to: PDFRectangle(corners[0], corners[1], corners[2], corners[3])).intersection(clip),
                let data = file.content(of: object)
            else { return }
            // What was put in as one is one; but some programs put in the whole page.
            if seen.area < map.sheet.area * 0.7, seen.width > 20, seen.height > 20 { return map.add(seen) }
            draw(
                data, resources: file.resolved(dictionary["Resources"]).dictionary ?? resources, inner, clip: seen, depth: depth + 1
            )
        default: break
        }
    }
}
