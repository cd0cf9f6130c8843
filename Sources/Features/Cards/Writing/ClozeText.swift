/// A text with gaps in Anki's form: `{{c1::answer}}` or `{{c1::answer::hint}}`. Gaps of one number are asked together; a gap may stand
/// within another.
struct ClozeText {
    private indirect enum Piece {
        case text(Substring)
        case gap(number: Int, content: [Piece], hint: Substring?)
    }

    private let pieces: [Piece]

    init(_ text: String) {
        var rest = text[...]
        pieces = Self.pieces(of: &rest, depth: 0, within: false)
    }

    /// The numbers of its gaps, in order, each once.
    var numbers: [Int] { Set(Self.numbers(of: pieces)).sorted() }

    /// The text with this number's gaps left open, and all others filled.
    func question(_ number: Int, in markup: CardMarkup) -> String {
        Self.render(pieces) { gap, content, hint in
            gap == number ? Self.marked("[\(hint.map(String.init) ?? "…")]", in: markup) : content
        }
    }

    /// The whole text, with what filled this number's gaps marked.
    func answer(_ number: Int, in markup: CardMarkup) -> String {
        Self.render(pieces) { gap, content, _ in gap == number ? Self.marked(content, in: markup) : content }
    }

    private static func marked(_ text: String, in markup: CardMarkup) -> String {
        markup == .markdown ? "**\(text)**" : "<b class=\"cloze\">\(text)</b>"
    }

    private static func numbers(of pieces: [Piece]) -> [Int] {
        pieces.flatMap { piece -> [Int] in
            guard case .gap(let number, let content, _) = piece else { return [] }
            return [number] + numbers(of: content)
        }
    }

    private static func render(_ pieces: [Piece], _ gap: (Int, String, Substring?) -> String) -> String {
        pieces.map { piece in
            switch piece {
            case .text(let text): String(text)
            case .gap(let number, let content, let hint): gap(number, render(content, gap), hint)
            }
        }.joined()
    }

    /// Reads up to the end, or within a gap up to what ends it. A gap that nothing ends is text, and so is one deeper than eight.
    private static func pieces(of rest: inout Substring, depth: Int, within: Bool) -> [Piece] {
        var found: [Piece] = []
        var plain = rest.startIndex
        func flush(upTo end: Substring.Index, of text: Substring) {
            if plain < end { found.append(.text(text.base[plain..<end])) }
        }
        while !rest.isEmpty {
            if within, rest.hasPrefix("}}") || rest.hasPrefix("::") { break }
            if depth < 8, rest.hasPrefix("{{c"), let (number, gap, after) = gap(at: rest, depth: depth) {
                flush(upTo: rest.startIndex, of: rest)
                found.append(.gap(number: number, content: gap.content, hint: gap.hint))
                rest = after
                plain = rest.startIndex
            } else {
                rest = rest.dropFirst()
            }
        }
        flush(upTo: rest.startIndex, of: rest)
        return found
    }

    private static func gap(at start: Substring, depth: Int) -> (Int, (content: [Piece], hint: Substring?), Substring)? {
        var rest = start.dropFirst(3)
        let digits = rest.prefix { ("0"..."9").contains($0) }
        rest = rest.dropFirst(digits.count)
        guard let number = Int(digits), (1...500).contains(number), rest.hasPrefix("::") else { return nil }
        rest = rest.dropFirst(2)
        let content = pieces(of: &rest, depth: depth + 1, within: true)
        var hint: Substring?
        if rest.hasPrefix("::") {
            let body = rest.dropFirst(2)
            guard let end = body.firstRange(of: "}}") else { return nil }
            hint = body[..<end.lowerBound]
            rest = body[end.lowerBound...]
        }
        guard rest.hasPrefix("}}") else { return nil }
        return (number, (content, hint), rest.dropFirst(2))
    }
}
