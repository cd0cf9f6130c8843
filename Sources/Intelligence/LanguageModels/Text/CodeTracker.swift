/// Follows Markdown as it comes and tells what of it is code: fenced blocks and spans between backticks.
package struct CodeTracker: Sendable {
    private struct Fence: Hashable { var sign: Character, count: Int }

    private var fence: Fence?
    /// The backticks that opened the span.
    private var span: Int?
    private var run = 0
    private var runSign: Character = "`"
    /// Nothing but white space and quotation signs so far.
    private var isLineStart = true
    private var runStartsLine = false
    private var isLineBlank = true
    private var opensOnThisLine = false

    package init() {}

    /// Whether the character that was last fed stands in code.
    package var isInCode: Bool { fence != nil || span != nil }

    package mutating func feed(_ character: Character) {
        if run > 0, character == runSign {
            run += 1
            return
        }
        if run > 0 { endRun(before: character) }
        if character.isNewline {
            // A span ends with its paragraph; a sign that nothing closes was none.
            if isLineBlank { span = nil }
            isLineStart = true
            isLineBlank = true
            opensOnThisLine = false
            return
        }
        if !character.isWhitespace { isLineBlank = false }
        if character == "`" || character == "~" && isLineStart {
            (run, runSign, runStartsLine) = (1, character, isLineStart)
        }
        if !character.isWhitespace, character != ">" { isLineStart = false }
    }

    private mutating func endRun(before next: Character) {
        defer { run = 0 }
        if let open = fence, opensOnThisLine, runSign == "`", open.sign == "`" {
            // “```x```” is a span: a fence has no further backtick on its line.
            (fence, opensOnThisLine) = (nil, false)
            span = run == open.count ? nil : open.count
        } else if let open = fence {
            if runStartsLine, runSign == open.sign, run >= open.count, next.isWhitespace { fence = nil }
        } else if runStartsLine, run >= 3, span == nil {
            fence = Fence(sign: runSign, count: run)
            opensOnThisLine = true
        } else if runSign == "`" {
            if span == nil { span = run } else if span == run { span = nil }
        }
    }
}
