extension String {
    /// Nothing that can be seen.
    package var isBlank: Bool { allSatisfy(\.isWhitespace) }

    /// Its words with a single space between.
    package var oneLine: String { split(whereSeparator: \.isWhitespace).joined(separator: " ") }

    /// Without what is blank at its ends.
    package var trimmed: String {
        var text = self[...]
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}
