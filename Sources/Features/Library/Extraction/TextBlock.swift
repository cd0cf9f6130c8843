/// A stretch of a page's text that is more than running prose, so that it can be shown and quoted as what it is.
///
/// The text itself stays readable without it: rows of a table are lines whose cells stand apart by ` | `, a formula is TeX between dollar
/// signs, code keeps its lines and its indentation.
package struct TextBlock: Sendable, Codable, Hashable {
    package enum Kind: String, Sendable, Codable, CaseIterable {
        /// Rows are lines, cells stand apart by ` | `; a bar within a cell is `\|`.
        case table
        case code
        /// TeX between `$` within a line, between `$$` on lines of its own.
        case formula
        /// A list's item, which begins with its marker: `B) `.
        case item
        /// What a figure or table is called.
        case caption
        /// A figure, with what it is called or what is said in its place; where there is neither, it begins and ends at one place.
        case figure
        /// A footnote, or what a speaker says beside a slide.
        case note
    }

    package var kind: Kind
    /// Where it begins and ends in the page's text, in Unicode scalars.
    package var start: Int
    package var end: Int
    /// Of a table: how many of its first rows name the columns.
    package var headRows: Int?
    /// Of code: the language that the file names.
    package var language: String?
    /// Of an item: how deep it stands, from 0.
    package var level: Int?
    /// Of an item: how many Unicode scalars of it are the marker and the space after it.
    package var marker: Int?
    /// Of a figure: where it stands on its page: left, top, right and bottom in points from the top left corner.
    package var box: [Double]?
    /// Of a figure: the file's own name of its picture.
    package var picture: String?

    package enum CodingKeys: String, CodingKey {
        case kind, start, end, language, level, marker, box, picture
        case headRows = "head_rows"
    }

    package init(
        _ kind: Kind, start: Int, end: Int, headRows: Int? = nil, language: String? = nil, level: Int? = nil, marker: Int? = nil,
        box: [Double]? = nil, picture: String? = nil
    ) {
        self.kind = kind
        self.start = start
        self.end = end
        self.headRows = headRows
        self.language = language
        self.level = level
        self.marker = marker
        self.box = box
        self.picture = picture
    }
}
