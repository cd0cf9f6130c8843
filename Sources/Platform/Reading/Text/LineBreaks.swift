/// Tells breaks that a margin made from those that an author meant.
///
/// A paragraph is wrapped where each line is so long that the next word would not have fitted; then the breaks are spaces. In notes, verse,
/// addresses and code they are what keeps one thing from the next, and stay.
enum LineBreaks {
    /// Shorter lines are nobody's margin.
    private static let leastWidth = 40

    /// The lines of one paragraph, joined where they were wrapped.
    static func joined(_ lines: [String]) -> String {
        guard lines.count > 1 else { return lines.first ?? "" }
        let lengths = lines.map(\.count)
        let width = lengths.max() ?? 0
        guard width >= leastWidth || isCJK(lines[0].last) else { return lines.joined(separator: "\n") }
        // Each break must be forced: with the next line's first word the line would be longer than the longest.
        let isWrapped = zip(lines.indices, lines.dropFirst()).allSatisfy { index, next in
            let word = next.prefix { !$0.isWhitespace }.count
            return isCJK(lines[index].last) && lengths[index] * 4 >= width * 3 || lengths[index] + 1 + word > width
                || lengths[index] * 10 >= width * 9
        }
        guard isWrapped, !lines.contains(where: startsNewThing) else { return lines.joined(separator: "\n") }
        var out = lines[0]
        for line in lines.dropFirst() {
            let next = line.trimmingSpaces()
            if !(isCJK(out.last) && isCJK(next.first)) { out += " " }
            out += next
        }
        return out
    }

    /// Bullets and what looks like code.
    private static func startsNewThing(_ line: String) -> Bool {
        let start = line.drop { $0.isWhitespace }
        guard let first = start.first else { return false }
        if "•*‣◦–—".contains(first), start.dropFirst().first == " " { return true }
        return line.hasSuffix("{") || line.hasSuffix(";") || line.hasSuffix("}")
    }

    static func isCJK(_ character: Character?) -> Bool {
        guard let value = character?.unicodeScalars.first?.value else { return false }
        return (0x3000...0x30FF).contains(value) || (0x3400...0x9FFF).contains(value) || (0xFF00...0xFFEF).contains(value)
    }
}
