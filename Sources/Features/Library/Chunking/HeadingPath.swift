/// The headings that a place stands under, outermost first.
///
/// A heading's level comes from its size, which books do not keep to; where headings are numbered the numbers say it better: “8.2.” is
/// not below “7.” nor below “8.1.”.
struct HeadingPath {
    private(set) var headings: [Heading] = []

    mutating func open(_ heading: Heading) {
        let number = Self.number(of: heading.title)
        headings.removeAll { above in
            // “1.” alone may count steps within any section.
            guard let number, number.count > 1, let other = Self.number(of: above.title) else {
                return above.level >= heading.level
            }
            return other.count >= number.count || !number.starts(with: other)
        }
        headings.append(heading)
    }

    /// `Cells › Membranes`; nil where there is none.
    var breadcrumb: String? {
        headings.isEmpty ? nil : headings.suffix(4).map { String($0.title.prefix(120)) }.joined(separator: " › ")
    }

    /// The parts of “Chapter 8.”, “8.2”, “8.2.1.”; nil where the title has no number, or one that may count something: “3 ways to …”.
    static func number(of title: String) -> [Int]? {
        var words = title.split(separator: " ").prefix(3)[...]
        let isNamed =
            words.first.map { ["chapter", "part", "section", "appendix", "lecture", "unit"].contains($0.lowercased()) } ?? false
        if isNamed { words = words.dropFirst() }
        guard var word = words.first, words.count > 1 || isNamed else { return nil }
        let isClosed = word.hasSuffix(".") || word.hasSuffix(":") || word.hasSuffix(")")
        if isClosed { word = word.dropLast() }
        let parts = word.split(separator: ".", omittingEmptySubsequences: false).map { Int($0) }
        guard parts.count > 1 || isClosed || isNamed, !parts.contains(nil) else { return nil }
        return parts.compactMap { $0 }
    }
}
