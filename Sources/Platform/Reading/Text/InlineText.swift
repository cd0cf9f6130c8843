/// The text of a paragraph while it is put together: white space, readings of ruby, formulas and footnotes.
struct InlineText {
    private(set) var text = String.UnicodeScalarView()
    /// Start, end, start, end … of formulas.
    private(set) var formulas: [Int] = []
    /// Content that stands below the paragraph: its footnotes.
    var notes: [Node] = []
    private var length = 0
    /// The reading of the ruby that has just ended: neighbours share one pair of brackets.
    private var reading = ""
    private var endsInSpace = true

    var isBlank: Bool { text.allSatisfy { $0.properties.isWhitespace || $0 == softBreak } && reading.isEmpty }
    var last: Character? { String(text.suffix(4)).last }

    /// A break of the source that is none of the author's, perhaps; `finished` decides.
    private let softBreak: Unicode.Scalar = "\u{E000}"

    /// Adds text as it is written in a source where a run of white space is one space.
    mutating func addCollapsing(_ piece: String) {
        closeReading()
        for scalar in piece.unicodeScalars {
            switch scalar {
            case " ", "\n", "\t", "\r", "\u{0C}":
                if !endsInSpace { put(" ") }
                endsInSpace = true
            default:
                put(scalar)
                endsInSpace = false
            }
        }
    }

    /// Adds text as it stands.
    mutating func add(_ piece: String) {
        guard !piece.isEmpty else { return }
        closeReading()
        for scalar in piece.unicodeScalars { put(scalar) }
        endsInSpace = text.last?.properties.isWhitespace ?? true
    }

    mutating func addBreak() {
        closeReading()
        while text.last == " " { unput() }
        put("\n")
        endsInSpace = true
    }

    mutating func addSoftBreak() {
        closeReading()
        while text.last == " " { unput() }
        put(softBreak)
        endsInSpace = true
    }

    /// Adds a formula; `tex` without dollars.
    mutating func addFormula(_ tex: String, isDisplayed: Bool) {
        let tex = tex.trimmingSpaces()
        guard !tex.isEmpty else { return }
        closeReading()
        let marks = isDisplayed ? "$$" : "$"
        let start = length
        for scalar in (marks + tex.replacing("\n\n", with: "\n") + marks).unicodeScalars { put(scalar) }
        formulas += [start, length]
        endsInSpace = false
    }

    /// Adds another's text and formulas behind this one's.
    mutating func append(_ other: InlineText) {
        closeReading()
        var other = other
        other.closeReading()
        formulas += other.formulas.map { $0 + length }
        for scalar in other.text { put(scalar) }
        notes += other.notes
        endsInSpace = other.text.isEmpty ? endsInSpace : other.endsInSpace
    }

    /// The text as lines of code: white space at the start stays.
    func finishedLines() -> String {
        var copy = self
        copy.closeReading()
        return String(copy.text)
    }

    /// Adds a word whose reading stands beside it; in brackets, after all neighbours.
    mutating func addRuby(_ base: String, reading: String) {
        let before = self.reading
        self.reading = ""
        add(base)
        self.reading = before + reading
    }

    private mutating func closeReading() {
        guard !reading.isEmpty else { return }
        let words = reading
        reading = ""
        let isWide = LineBreaks.isCJK(words.first)
        for scalar in (isWide ? "（\(words)）" : "(\(words))").unicodeScalars { put(scalar) }
    }

    private mutating func put(_ scalar: Unicode.Scalar) {
        text.append(scalar)
        length += 1
    }

    private mutating func unput() {
        text.removeLast()
        length -= 1
    }

    /// The text without white space at its ends, and where its formulas stand in it.
    mutating func finished() -> (text: String, formulas: [Int]) {
        closeReading()
        var scalars = text
        if scalars.contains(softBreak) {
            let lines = String(scalars).split(separator: Character(softBreak), omittingEmptySubsequences: false).map(String.init)
            let joined = LineBreaks.joined(lines)
            // Each break has become one sign, so that offsets hold, but between signs of East Asia.
            if joined.unicodeScalars.count == scalars.count {
                scalars = joined.unicodeScalars
            } else {
                scalars = formulas.isEmpty ? joined.unicodeScalars : replaced(softBreak, by: " ")
            }
        }
        var start = scalars.startIndex
        var dropped = 0
        while start < scalars.endIndex, scalars[start].properties.isWhitespace {
            start = scalars.index(after: start)
            dropped += 1
        }
        var end = scalars.endIndex
        while end > start, scalars[scalars.index(before: end)].properties.isWhitespace { end = scalars.index(before: end) }
        return (String(scalars[start..<end]), formulas.map { $0 - dropped })
    }

    private func replaced(_ scalar: Unicode.Scalar, by other: Unicode.Scalar) -> String.UnicodeScalarView {
        String.UnicodeScalarView(text.map { $0 == scalar ? other : $0 })
    }
}
