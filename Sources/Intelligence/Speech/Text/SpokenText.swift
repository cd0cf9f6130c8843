/// A text as it is to be read aloud: Markdown, numbers, formulas, tables and all that is no word turned into words.
///
/// Nothing of the text is lost without a word: what cannot be read is named, and what is left out on purpose are marks of layout and
/// the numbers of citations.
package struct SpokenText: Sendable {
    /// Letters of the longest piece. An engine's memory grows with it.
    package static let longestPiece = 120
    /// Letters of the first, so that something is heard soon: an engine takes as long as the piece is.
    static let firstPiece = 36

    package let pieces: [SpokenPiece]
    /// As ISO 639-1: the one that most of it is in.
    package let language: String

    /// - Parameters:
    ///   - text: plain, or Markdown.
    ///   - language: what it is in, as ISO 639-1; nil to find it out.
    ///   - isAwaited: somebody waits for its first sound, so the first piece is short; else other sound goes before.
    package init(_ text: String, language: String? = nil, isAwaited: Bool = true) {
        let source = SourceText(text)
        let blocks = TextBlocks(source).blocks
        let main =
            language.map { String($0.prefix { $0 != "-" && $0 != "_" }).lowercased() }
            ?? SpokenLanguage.main(of: blocks.map { Self.prose(of: $0, source) }.joined(separator: "\n"))
        var builder = PieceBuilder(source: source, main: main)
        for block in blocks { builder.add(block) }
        pieces = isAwaited ? builder.pieces.startingSoon : builder.pieces
        self.language = main
    }

    /// What tells the language of a text: names of a program or a formula's letters do not.
    private static func prose(of block: TextBlocks.Block, _ source: SourceText) -> String {
        switch block {
        case .prose(let lines, _): lines.map(source.text).joined(separator: "\n")
        case .table(let rows): rows.joined().map(source.text).joined(separator: "\n")
        case .listing, .formula: ""
        }
    }
}
