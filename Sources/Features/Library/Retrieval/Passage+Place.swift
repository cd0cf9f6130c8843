import Passages

extension Passage {
    /// Names as its page, and as its section, those that hold most of the words that were asked for; of several that hold as many, the
    /// first. Without any of the words it stays as it is.
    mutating func place(by terms: Set<String>) {
        guard !terms.isEmpty, pageStarts.count > 1 || sectionStarts.count > 1 else { return }
        let scalars = Array(text.unicodeScalars)
        guard let onPage = Self.stretch(of: 0..<scalars.count, cutAt: pageStarts.map(\.offset), in: scalars, holding: terms),
            let inSection = Self.stretch(of: onPage, cutAt: sectionStarts.map(\.offset), in: scalars, holding: terms)
        else { return }
        page = page(at: onPage.lowerBound)
        section = section(at: inSection.lowerBound)
    }

    private static func stretch(
        of whole: Range<Int>, cutAt cuts: [Int], in scalars: [Unicode.Scalar], holding terms: Set<String>
    ) -> Range<Int>? {
        let borders = [whole.lowerBound] + cuts.filter { $0 > whole.lowerBound && $0 < whole.upperBound } + [whole.upperBound]
        var best: (range: Range<Int>?, count: Int) = (nil, 0)
        for (start, end) in zip(borders, borders.dropFirst()) {
            let part = String(String.UnicodeScalarView(scalars[start..<end]))
            let count = Set(KeywordAnalyzer.terms(of: part)).intersection(terms).count
            if count > best.count { best = (start..<end, count) }
        }
        return best.range
    }
}
