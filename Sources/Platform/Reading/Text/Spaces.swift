extension StringProtocol {
    /// Without white space at both ends.
    func trimmingSpaces() -> String {
        guard let first = firstIndex(where: { !$0.isWhitespace }), let last = lastIndex(where: { !$0.isWhitespace }) else {
            return ""
        }
        return String(self[first...last])
    }

    /// Every run of white space as one space.
    var singleLine: String { split(whereSeparator: \.isWhitespace).joined(separator: " ") }

    /// Without empty lines at both ends; indentation stays.
    func trimmingBlankLines() -> String {
        var lines = split(separator: "\n", omittingEmptySubsequences: false)[...]
        while let first = lines.first, first.allSatisfy(\.isWhitespace) { lines = lines.dropFirst() }
        while let last = lines.last, last.allSatisfy(\.isWhitespace) { lines = lines.dropLast() }
        return lines.joined(separator: "\n")
    }
}

extension String {
    /// Lines end with LF alone; NUL, the soft hyphen and marks of byte order, which no reader shows, are gone.
    var normalisedLineEnds: String {
        var out = String.UnicodeScalarView()
        var afterReturn = false
        for scalar in unicodeScalars {
            switch scalar {
            case "\r", "\u{2028}": out.append("\n")
            case "\n" where afterReturn: break
            case "\0", "\u{AD}", "\u{FEFF}": break
            default: out.append(scalar)
            }
            afterReturn = scalar == "\r"
        }
        return String(out)
    }
}
