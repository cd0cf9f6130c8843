/// Works and figures cited in brackets, as papers and textbooks do: `(Olson & Fazio, 2001)`, `(Figure 3.2)`. They are no part of what a sentence says.
enum WorksCited {
    static func left(outOf text: String) -> String {
        guard text.contains("(") else { return text }
        var rest = text[...]
        var kept = ""
        while let open = rest.firstIndex(of: "("), let close = rest[open...].firstIndex(of: ")") {
            let inner = rest[rest.index(after: open)..<close]
            if isCited(inner) {
                kept += rest[..<open].trimmingEnd()
            } else {
                kept += rest[...close]
            }
            rest = rest[rest.index(after: close)...]
        }
        return kept + rest
    }

    /// A name and a year: `Rattenborg, Lesku, & Lima, 2007; Brown, 2012`, `National Institutes of Health, n.d.`
    private static func isCited(_ inner: Substring) -> Bool {
        let words = inner.lowercased().split { !$0.isLetter }
        if words.isEmpty && !inner.contains(where: \.isNumber) { return true }
        if let first = words.first, pointers.contains(String(first)), words.count <= 4, first != "see" || words.count > 1 {
            return true
        }
        return isWork(inner)
    }

    private static let pointers: Set<String> = [
        "figure", "figures", "fig", "figs", "table", "tables", "see", "review", "chapter", "section", "equation",
    ]

    private static func isWork(_ inner: Substring) -> Bool {
        inner.split(separator: ";").allSatisfy { work in
            let words = work.split(whereSeparator: { $0 == " " || $0 == "," })
            guard words.count >= 2, let last = words.last,
                let first = words.first(where: { !["see", "e.g.", "cf."].contains($0) }),
                first.first?.isUppercase == true
            else { return false }
            let year = last.prefix(4)
            return last == "n.d." || year.count == 4 && year.allSatisfy(\.isNumber) && last.count <= 5
        }
    }
}

extension Substring {
    fileprivate func trimmingEnd() -> Substring {
        var rest = self
        while rest.last?.isWhitespace == true { rest = rest.dropLast() }
        return rest
    }
}
