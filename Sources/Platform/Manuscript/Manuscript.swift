/// What a file says, as `lm-read` tells it: paragraphs in reading order, and what was left out.
package struct Manuscript: Codable, Sendable, Equatable {
    package var title: String?
    package var authors: [String] = []
    /// BCP 47, as the file says it: `de`, `en-GB`.
    package var language: String?
    /// As the file says it; mostly ISO 8601.
    package var date: String?
    /// As the file says it, bare or as an address.
    package var doi: String?
    /// Where a web page says that it lives.
    package var address: String?
    /// How the bytes of a text stood for characters, in the words of HTTP.
    package var charset: String?
    /// How many pages, slides or sheets the file has of its own; nil where it has none.
    package var pageCount: Int?
    package var paragraphs: [Paragraph] = []
    package var unread: [Unread] = []

    package init() {}

    /// One paragraph, heading, item, table or piece of code.
    package struct Paragraph: Codable, Sendable, Equatable {
        package var kind: Kind
        package var text: String
        /// Of a heading, from 1; of an item, how deep it stands, from 0.
        package var level: Int?
        /// Of an item: how many Unicode scalars of `text` are its marker and the space after it.
        package var marker: Int?
        /// Of a table: how many of its first rows name the columns.
        package var headRows: Int?
        /// Of code.
        package var language: String?
        /// From 1; nil where the file has no pages.
        package var page: Int?
        /// Where formulas stand in `text`, in Unicode scalars: start, end, start, end …
        package var formulas: [Int]?
        /// Of a figure: the file's own name of its picture, which is one that browsers show.
        package var picture: String?

        package init(_ kind: Kind, _ text: String) {
            self.kind = kind
            self.text = text
        }
    }

    package enum Kind: String, Codable, Sendable {
        case text, heading, item, table, code, caption, note
        /// A picture; its text is what is said in its place, or nothing.
        case figure
    }

    /// Content that was seen and not read.
    package struct Unread: Codable, Sendable, Equatable {
        package var kind: UnreadKind
        package var count: Int
        /// From 1; nil where the file has no pages, or it is all over the file.
        package var page: Int?

        package init(_ kind: UnreadKind, count: Int = 1, page: Int? = nil) {
            self.kind = kind
            self.count = count
            self.page = page
        }
    }

    package enum UnreadKind: String, Codable, Sendable {
        /// A picture whose words, if any, are not read.
        case picture
        /// A drawing, chart or formula that is kept as a picture or in a form of its own.
        case drawing
        /// A file within the file.
        case embedded
        /// Text that is set not to be seen.
        case hidden
        /// What frames a web page: menus, banners, notices.
        case boilerplate
        case audio, video
        /// Parts that no reader of ours knows, or that are broken.
        case unknown
    }
}

/// Why `lm-read` could not read a file, as its exit status.
package enum ReadingFault: Int32, Error, CaseIterable, Sendable {
    case damaged = 65
    case encrypted = 66
    case tooLarge = 67
    /// It was asked for a form that it does not know, or cannot read its input: no fault of the file.
    case misused = 64
}
