extension Passage {
    /// The headings above it without the first where that only repeats the document's title; nil if none is left.
    package var sectionBelowTitle: String? {
        guard let section else { return nil }
        if section == title { return nil }
        let first = title + " › "
        return section.hasPrefix(first) ? String(section.dropFirst(first.count)) : section
    }
}
