/// Headings of plain texts, which are underlined: “Resting =====”, “Spells -----”.
struct UnderlinedHeadings {
    /// Outermost first.
    var path: [String] { open.map(\.name) }
    private var open: [(sign: Character, name: String)] = []
    private var base: [String] = []

    /// Takes up a paragraph.
    /// - Parameter path: the headings that are known of the place.
    /// - Returns: true for a heading, false for a mere line, nil for text.
    mutating func read(_ text: String, below path: [String]) -> Bool? {
        if path != base { (open, base) = ([], path) }
        guard let sign = text.last, "=-~*_^#".contains(sign) else { return nil }
        let line = text.reversed().prefix { $0 == sign }.count
        guard line >= 4 else { return nil }
        let name = text.dropLast(line).trimmed
        if name.isEmpty { return false }
        guard name.count <= 80, !name.contains("|"), name.contains(where: \.isLetter) else { return nil }
        if let same = open.firstIndex(where: { $0.sign == sign }) { open.removeSubrange(same...) }
        open.append((sign, name))
        return true
    }
}
