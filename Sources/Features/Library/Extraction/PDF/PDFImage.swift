/// A picture on a page, as `pdfimages -list` has it.
struct PDFImage: Sendable, Equatable {
    /// From 1.
    var page: Int
    /// Square inches that it takes of the page.
    var area: Double
    /// The object in the file, which several pages may show.
    var object: Int

    /// Masks are no pictures of their own.
    static func list(_ text: String) -> [PDFImage] {
        text.split(separator: "\n").compactMap { line in
            let fields = line.split(separator: " ")
            guard fields.count >= 14, let page = Int(fields[0]), fields[2] == "image" || fields[2] == "stencil",
                let width = Double(fields[3]), let height = Double(fields[4])
            else { return nil }
            // An inline image has `[inline]` in place of its two object numbers.
            let isInline = fields[10].hasPrefix("[")
            let resolution = isInline ? 11 : 12
            guard let across = Double(fields[resolution]), let down = Double(fields[resolution + 1]), across > 0, down > 0 else {
                return nil
            }
            return PDFImage(page: page, area: width / across * height / down, object: isInline ? -1 : Int(fields[10]) ?? -1)
        }
    }
}

/// Which pages of a PDF must be read from their pictures, and what pictures stand beside text.
struct PDFPictures: Sendable {
    /// By the page's place from 0.
    private(set) var pages: [Int: PagePicture] = [:]
    /// Pages, from 1, on which pictures stand beside the text.
    private(set) var beside: Set<Int> = []
    /// How many there are, each counted once.
    private(set) var count = 0

    /// - Parameter laidOut: the pages with all their lines.
    init(_ images: [PDFImage], pages laidOut: [PDFPage]) {
        let byPage = Dictionary(grouping: images, by: \.page)
        var seen: [Int: Int] = [:]
        for image in images where image.object >= 0 { seen[image.object, default: 0] += 1 }
        var counted: Set<Int> = []
        for (index, page) in laidOut.enumerated() {
            let area = max(1, page.width * page.height / (72 * 72))
            let covered = (byPage[index + 1] ?? []).map(\.area).max() ?? 0
            let letters = page.characterCount
            let reason: PagePicture.Reason? =
                if letters == 0 { .noText } else if GarbledText.isOne(page.lines.map(\.text)) {
                    .garbled
                } else if letters < 80,
                    covered > area * 0.6
                { .covered } else { nil }
            if let reason {
                pages[index] = PagePicture(reason: reason, width: page.width, height: page.height)
                continue
            }
            // What comes back on page after page is a logo.
            for image in byPage[index + 1] ?? []
            where image.area > area * 0.03 && seen[image.object, default: 0] < 3
                && (image.object < 0 || counted.insert(image.object).inserted)
            {
                beside.insert(index + 1)
                count += 1
            }
        }
    }
}
