import Manuscript

/// Finds the stretch of a page that a caption names, among what is drawn there.
struct PDFFigures {
    /// How far a caption may stand from its figure, in points.
    private static let farthest = 80.0
    /// Parts of one figure stand closer than this.
    private static let apart = 28.0

    private let page: PDFPage
    private let frame: PDFFrame.Page
    private let drawings: [PDFBox]
    /// What is taken by a caption already.
    private(set) var found: [PDFBox] = []

    /// nil where the page was turned to be read, so that its lines stand elsewhere than its drawings.
    init?(_ page: PDFPage, _ frame: PDFFrame.Page) {
        guard frame.size.count == 2, frame.shown.count == 4, abs(frame.size[0] - page.width) < 2,
            abs(frame.size[1] - page.height) < 2
        else { return nil }
        self.page = page
        self.frame = frame
        drawings = frame.drawings.compactMap(PDFBox.init).filter { $0.width * $0.height < page.width * page.height * 0.9 }
    }

    /// The place of the figure with this caption, as the viewer has places: in points from the top left corner of what is shown.
    mutating func place(ofCaption lines: [PDFLine]) -> [Double]? {
        guard let first = lines.first else { return nil }
        let caption = lines.dropFirst().reduce(first.box) { $0.union($1.box) }
        let region =
            grown(
                from: drawings.filter { $0.bottom <= caption.top + 8 && caption.top - $0.bottom < Self.farthest }, caption,
                isAbove: true)
            ?? grown(
                from: drawings.filter { $0.top >= caption.bottom - 8 && $0.top - caption.bottom < Self.farthest }, caption,
                isAbove: false)
        guard let region, region.width > 24, region.height > 24 else { return nil }
        found.append(region)
        return shown(region)
    }

    /// Photographs and the like that no caption names, if they are large enough to be looked at.
    func unnamed(without repeated: Set<String>) -> [[Double]] {
        let sheet = page.width * page.height
        var kept: [PDFBox] = []
        for values in frame.pictures where !repeated.contains(Self.key(values)) {
            guard let box = PDFBox(values), box.width > 40, box.height > 40, box.width * box.height > sheet * 0.03,
                box.width * box.height < sheet * 0.85, !(found + kept).contains(where: { $0.overlaps(box) })
            else { continue }
            kept.append(box)
        }
        return kept.compactMap(shown)
    }

    /// Places that come back on page after page hold a logo.
    static func repeated(in frames: some Sequence<PDFFrame.Page>) -> Set<String> {
        var counts: [String: Int] = [:]
        for frame in frames { for key in Set(frame.pictures.map(key)) { counts[key, default: 0] += 1 } }
        return Set(counts.filter { $0.value >= 3 }.keys)
    }

    private static func key(_ values: [Double]) -> String { values.map { "\(Int($0 / 4))" }.joined(separator: " ") }

    /// The nearest drawing over or under the caption with those that belong to it, and the words within.
    private func grown(from candidates: [PDFBox], _ caption: PDFBox, isAbove: Bool) -> PDFBox? {
        let facing = candidates.filter { box in
            box.left < caption.right && box.right > caption.left && !found.contains { $0.overlaps(box) }
                && !isText(between: box, caption)
        }
        func distance(_ box: PDFBox) -> Double { isAbove ? caption.top - box.bottom : box.top - caption.bottom }
        guard var region = facing.min(by: { distance($0) < distance($1) }) else { return nil }
        var rest = drawings.filter { box in
            !found.contains { $0.overlaps(box) } && (isAbove ? box.bottom <= caption.top + 8 : box.top >= caption.bottom - 8)
        }
        while let at = rest.firstIndex(where: { $0.isNear(region, Self.apart) && !isText(between: $0, region) }) {
            region = region.union(rest.remove(at: at))
        }
        // Labels of axes and the like.
        let near = region.widened(14)
        for line in page.lines where line.box.middle > near.top && line.box.middle < near.bottom {
            let overlapping = line.left < near.right && line.right > near.left
            if overlapping, line.right - line.left < region.width * 1.1,
                isAbove ? line.bottom <= caption.top + 2 : line.top >= caption.bottom - 2
            {
                region = region.union(line.box)
            }
        }
        return region
    }

    /// Whether a line of prose stands between two boxes, one above the other.
    private func isText(between one: PDFBox, _ other: PDFBox) -> Bool {
        let (top, bottom) = (min(one.bottom, other.bottom), max(one.top, other.top))
        guard bottom - top > 4 else { return false }
        let (left, right) = (max(one.left, other.left), min(one.right, other.right))
        return page.lines.contains { line in
            line.middle > top && line.middle < bottom && line.left < right && line.right > left && line.words.count >= 6
        }
    }

    private func shown(_ box: PDFBox) -> [Double]? {
        let (left, top) = (frame.shown[0], frame.shown[1])
        let values = [
            max(0, box.left - left), max(0, box.top - top), min(frame.shown[2], box.right) - left,
            min(frame.shown[3], box.bottom) - top,
        ]
        return values[2] > values[0] && values[3] > values[1] ? values.map { ($0 * 10).rounded() / 10 } : nil
    }
}

extension PDFBox {
    fileprivate init?(_ values: [Double]) {
        guard values.count == 4 else { return nil }
        self.init(left: values[0], top: values[1], right: values[2], bottom: values[3])
    }

    fileprivate func overlaps(_ other: PDFBox) -> Bool {
        left < other.right && right > other.left && top < other.bottom && bottom > other.top
    }

    fileprivate func widened(_ by: Double) -> PDFBox {
        PDFBox(left: left - by, top: top - by, right: right + by, bottom: bottom + by)
    }

    /// But for a point or two.
    func isWithin(_ other: PDFBox) -> Bool {
        left >= other.left - 2 && right <= other.right + 2 && top >= other.top - 2 && bottom <= other.bottom + 2
    }

    fileprivate func isNear(_ other: PDFBox, _ distance: Double) -> Bool { widened(distance).overlaps(other) }
}
