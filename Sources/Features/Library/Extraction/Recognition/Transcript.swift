/// The text of a page as a model writes it down: paragraphs apart by empty lines, headings behind `#`, rows of tables with bars.
enum Transcript {
    static func page(_ number: Int, _ text: String) -> ExtractedPage {
        var builder = PageBuilder()
        var lines: [String] = []
        func close() {
            add(lines, to: &builder)
            lines = []
        }
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.allSatisfy(\.isWhitespace) { close() } else { lines.append(String(line)) }
        }
        close()
        return builder.page(number)
    }

    private static func add(_ lines: [String], to builder: inout PageBuilder) {
        guard let first = lines.first else { return }
        let marks = first.prefix { $0 == "#" }.count
        if lines.count == 1, (1...6).contains(marks), first.dropFirst(marks).first == " " {
            return builder.add(first.dropFirst(marks).trimmingSpaces(), headingLevel: marks)
        }
        let rows = lines.map { row(String($0.trimmingSpaces())) }
        if lines.count > 1, rows.allSatisfy({ $0.count > 1 }) {
            // The line that parts the head from the rest says nothing.
            let kept = rows.filter { !$0.allSatisfy { $0.allSatisfy { "-: ".contains($0) } } }
            let table = kept.map { $0.joined(separator: " | ") }.joined(separator: "\n")
            let block = TextBlock(
                .table, start: 0, end: table.unicodeScalars.count, headRows: kept.count < rows.count ? 1 : nil)
            return builder.add(table, blocks: [block])
        }
        builder.add(lines.joined(separator: "\n"))
    }

    private static func row(_ line: String) -> [String] {
        var line = line[...]
        if line.hasPrefix("|") { line = line.dropFirst() }
        if line.hasSuffix("|") { line = line.dropLast() }
        return line.split(separator: "|", omittingEmptySubsequences: false).map { $0.trimmingSpaces() }
    }
}
