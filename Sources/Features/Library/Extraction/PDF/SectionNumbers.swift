/// Puts the numbers of sections before their titles, which the tool takes for a column of their own where the space between is wide.
enum SectionNumbers {
    static func join(on page: inout PDFPage) {
        let sizes = page.lines.map(\.size).sorted()
        guard sizes.count > 1 else { return }
        let usual = sizes[sizes.count / 2]
        var lines: [PDFLine] = []
        for var line in page.lines {
            if let number = lines.last, isNumber(number.text), belongs(line, to: number, usual: usual) {
                lines.removeLast()
                line.text = "\(number.text) \(line.text)"
                line.words = number.words + line.words
                let box = line.box.union(number.box)
                (line.left, line.top, line.right, line.bottom) = (box.left, box.top, box.right, box.bottom)
            }
            lines.append(line)
        }
        page.lines = lines
    }

    /// `3`, `3.1`, `3.1.2.`, `A`, `A.1`, `IV`
    private static func isNumber(_ text: String) -> Bool {
        let core = text.last == "." ? text.dropLast() : text[...]
        let parts = core.split(separator: ".", omittingEmptySubsequences: false)
        guard let first = parts.first, core.count <= 9, parts.count <= 5 else { return false }
        let isLead =
            !first.isEmpty && first.count <= 3 && first.allSatisfy(\.isNumber)
            || first.count == 1 && first.allSatisfy(\.isUppercase)
            || parts.count == 1 && !first.isEmpty && first.allSatisfy { "IVX".contains($0) }
        return isLead && parts.dropFirst().allSatisfy { !$0.isEmpty && $0.count <= 3 && $0.allSatisfy(\.isNumber) }
    }

    /// On one line with it, in one type that is larger or heavier than the page's.
    private static func belongs(_ line: PDFLine, to number: PDFLine, usual: Double) -> Bool {
        let gap = line.left - number.right
        return abs(line.middle - number.middle) < line.size * 0.35 && abs(line.size - number.size) < line.size * 0.06
            && gap > 0 && gap < line.size * 4 && line.isBold == number.isBold && (line.isBold || line.size > usual * 1.1)
            && line.text.first?.isLetter == true
    }
}
