/// What a PDF says beside its text, as `lm-read` tells it: of itself, of its pages' names, and where pictures stand on them.
package struct PDFFrame: Codable, Sendable, Equatable {
    package var title: String?
    package var authors: [String] = []
    package var date: String?
    /// BCP 47.
    package var language: String?
    package var doi: String?
    package var labels: [Label] = []
    /// Of the pages that were asked for.
    package var pages: [Page] = []

    package init() {}

    /// How pages are called from one on (ISO 32000-1, 12.4.2).
    package struct Label: Codable, Sendable, Equatable {
        /// The page that it begins with, from 1.
        package var page: Int
        package var prefix: String
        /// `D` figures, `r` and `R` Roman numerals, `a` and `A` letters; nil for the prefix alone.
        package var style: String?
        /// The number of the first page.
        package var start: Int

        package init(page: Int, prefix: String, style: String?, start: Int) {
            self.page = page
            self.prefix = prefix
            self.style = style
            self.start = start
        }
    }

    /// A page's drawings. Boxes are left, top, right, bottom, in points from the top left corner of the sheet as it is turned.
    package struct Page: Codable, Sendable, Equatable {
        /// From 1.
        package var number: Int
        /// Width and height of the sheet.
        package var size: [Double]
        /// What of the sheet is shown.
        package var shown: [Double]
        /// Stretches of the page with something drawn in them.
        package var drawings: [[Double]]
        /// Photographs and the like among these.
        package var pictures: [[Double]]

        package init(number: Int, size: [Double], shown: [Double], drawings: [[Double]], pictures: [[Double]]) {
            self.number = number
            self.size = size
            self.shown = shown
            self.drawings = drawings
            self.pictures = pictures
        }
    }
}
