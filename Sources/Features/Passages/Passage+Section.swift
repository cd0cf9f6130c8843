extension Passage {
    /// The headings above its beginning, without the first where that only repeats the document's title; nil if none is left.
    package var openingSectionBelowTitle: String? { belowTitle(openingSection) }

    /// The same of a place of `text`.
    /// - Parameter offset: in Unicode scalars.
    package func sectionBelowTitle(at offset: Int) -> String? { belowTitle(section(at: offset)) }

    /// The headings that a section is named by, outermost first.
    package static func headings(of section: String) -> [String] { section.split(separator: " › ").map(String.init) }

    private func belowTitle(_ section: String?) -> String? {
        guard let section else { return nil }
        if section == title { return nil }
        let first = title + " › "
        return section.hasPrefix(first) ? String(section.dropFirst(first.count)) : section
    }
}
