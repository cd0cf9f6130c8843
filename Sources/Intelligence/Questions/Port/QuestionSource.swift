/// A text that questions are made from: passages of one document or of several.
package struct QuestionSource: Sendable, Hashable {
    /// In their order within each document.
    package var passages: [SourcePassage]

    package init(passages: [SourcePassage]) { self.passages = passages }
}

/// A stretch of a document.
package struct SourcePassage: Sendable, Hashable {
    /// Whatever tells the caller which passage it is.
    package var id: String
    /// Whatever tells the caller which document it is of.
    package var document: String
    package var title: String
    package var text: String
    /// Where each page begins in `text`, in Unicode scalars; ascending.
    package var pages: [PlaceMark<Int>]
    /// Where text begins that stands under other headings, in Unicode scalars; ascending. Outermost heading first.
    package var headings: [PlaceMark<[String]>]

    package init(
        id: String, document: String, title: String, text: String, pages: [PlaceMark<Int>] = [],
        headings: [PlaceMark<[String]>] = []
    ) {
        self.id = id
        self.document = document
        self.title = title
        self.text = text
        self.pages = pages
        self.headings = headings
    }

    /// - Parameter offset: in Unicode scalars.
    package func page(at offset: Int) -> Int? { pages.last { $0.offset <= offset }?.value }
    /// - Parameter offset: in Unicode scalars.
    package func headings(at offset: Int) -> [String] { headings.last { $0.offset <= offset }?.value ?? [] }
}

/// What holds from a place of a text on.
package struct PlaceMark<Value: Sendable & Hashable>: Sendable, Hashable {
    /// In Unicode scalars.
    package var offset: Int
    package var value: Value

    package init(offset: Int, value: Value) {
        self.offset = offset
        self.value = value
    }
}

/// Where a question comes from: the sentence that answers it.
package struct QuestionOrigin: Sendable, Hashable, Codable {
    /// `SourcePassage.id`.
    package var passage: String
    /// `SourcePassage.document`.
    package var document: String
    /// In Unicode scalars of the passage's text.
    package var range: Range<Int>
    /// From 1.
    package var page: Int?
    /// Outermost first.
    package var headings: [String]
    /// What stands there, on one line.
    package var sentence: String

    package init(passage: String, document: String, range: Range<Int>, page: Int?, headings: [String], sentence: String) {
        self.passage = passage
        self.document = document
        self.range = range
        self.page = page
        self.headings = headings
        self.sentence = sentence
    }
}
