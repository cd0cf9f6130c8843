import Passages

extension Passage {
    /// The text without the headings that it begins with, which `section` and the title name already: “Microtubules” is not said twice
    /// above “Microtubules are …”. A passage that is nothing but headings stays whole.
    var textBelowHeadings: String {
        // A breadcrumb holds the beginning of each heading.
        let known = Set(
            ([title, section, openingSection].compactMap { $0 } + sectionStarts.compactMap(\.section))
                .flatMap(Self.headings).map { String($0.prefix(120)) })
        var rest = text[...]
        while let end = rest.firstRange(of: "\n\n") {
            guard known.contains(String(String(rest[..<end.lowerBound]).singleLine.prefix(120))) else { break }
            rest = rest[end.upperBound...].drop(while: \.isWhitespace)
        }
        return rest.isEmpty ? text : String(rest)
    }
}
