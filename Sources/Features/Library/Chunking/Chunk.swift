package import Passages

/// A piece of a document's text that search finds and a citation points to.
package struct Chunk: Sendable, Equatable {
    /// Where one stretch of a chunk stands on a page. All counts are Unicode scalars.
    package struct Span: Sendable, Codable, Hashable {
        /// The page's number, from 1.
        package var page: Int
        /// Into the page's text.
        package var start: Int
        package var end: Int
        /// Where the stretch begins in the chunk's text.
        package var at: Int
    }

    /// From 0, in reading order.
    package var ordinal: Int
    package var text: String
    /// The headings above it, outermost first: `Cells › Membranes`.
    package var section: String?
    /// The sections that it holds, in reading order; the first begins at 0.
    package var sections: [SectionStart]
    /// At least one; in reading order.
    package var spans: [Span]
    package var tokenCount: Int
}
