/// A picture or drawing of a document, and where it stands.
package struct Figure: Sendable, Hashable {
    /// From 1, in reading order.
    package var number: Int
    package var page: Int
    /// Where its caption begins in the page's text, in Unicode scalars; where it stands, if it has none.
    package var offset: Int
    /// What it is called, or what is said in its place; empty where there is nothing.
    package var caption: String
    /// Left, top, right and bottom on its page, in points from the top left corner; nil where the file does not say.
    package var box: [Double]?
    /// The file's own name of its picture; nil where it can only be seen on its page.
    package var picture: String?
    /// Whether its picture can be asked for: the file holds it, or its stretch of the page is drawn.
    package var hasPicture: Bool { picture != nil || isDrawn && box?.count == 4 }
    /// Whether the document's pages can be drawn.
    var isDrawn = false

    /// All of a document.
    static func all(in pages: [ExtractedPage]) -> [Figure] {
        var figures: [Figure] = []
        for page in pages {
            let blocks = page.blocks.filter { $0.kind == .figure }
            if blocks.isEmpty { continue }
            let scalars = Array(page.text.unicodeScalars)
            // In the order in which the viewer counts them; a stable one.
            for (_, block) in blocks.enumerated().sorted(by: { ($0.element.start, $0.offset) < ($1.element.start, $1.offset) }) {
                let (start, end) = (min(max(0, block.start), scalars.count), min(max(0, block.end), scalars.count))
                let caption = start < end ? String(String.UnicodeScalarView(scalars[start..<end])).singleLine : ""
                figures.append(
                    Figure(
                        number: figures.count + 1, page: page.number, offset: block.start, caption: caption, box: block.box,
                        picture: block.picture))
            }
        }
        return figures
    }
}
