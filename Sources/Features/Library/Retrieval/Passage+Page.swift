extension Passage {
    /// Of the pages that it stands on, the one with most of the words that were asked for; the first of several that have as many.
    func page(holding terms: Set<String>) -> Int? {
        guard pageStarts.count > 1, !terms.isEmpty else { return page }
        let scalars = Array(text.unicodeScalars)
        var best: (page: Int?, count: Int) = (page, 0)
        for (index, start) in pageStarts.enumerated() {
            let end = index + 1 < pageStarts.count ? pageStarts[index + 1].offset : scalars.count
            guard start.offset < end, end <= scalars.count else { continue }
            var part = String.UnicodeScalarView()
            part.append(contentsOf: scalars[start.offset..<end])
            let count = Set(KeywordAnalyzer.terms(of: String(part))).intersection(terms).count
            if count > best.count { best = (start.page, count) }
        }
        return best.page
    }
}
