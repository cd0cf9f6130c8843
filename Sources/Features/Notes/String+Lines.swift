extension String {
    var isBlank: Bool { allSatisfy(\.isWhitespace) }
    /// Its words with one space between each two.
    var oneLine: String { split(whereSeparator: \.isWhitespace).joined(separator: " ") }
}
