import Manuscript

/// A chart of an office file as the table that it draws: categories down, series across, as the file last knew them.
enum ChartReader {
    private static let mostPoints = 2_000

    static func add(_ root: Node, to builder: ManuscriptBuilder) {
        if let title = root.deep("c:chart")?.first("c:title") {
            let text = title.deepAll("a:p").map { $0.deepAll("a:t").map(\.text).joined() }.joined(separator: " ").singleLine
            builder.add(.caption, text)
        }
        let series = root.deepAll("c:ser")
        guard !series.isEmpty else { return builder.leaveOut(.drawing) }
        let names = series.map { values($0.first("c:tx"))[0] ?? "" }
        let categories = series.lazy.map { values($0.first("c:cat") ?? $0.first("c:xVal")) }.first { !$0.isEmpty } ?? [:]
        let columns = series.map { values($0.first("c:val") ?? $0.first("c:yVal")) }
        let last = min(([categories] + columns).flatMap(\.keys).max() ?? -1, mostPoints)
        guard last >= 0, columns.contains(where: { !$0.isEmpty }) else { return builder.leaveOut(.drawing) }
        var rows = [([""] + names).map { TableCell($0) }]
        for index in 0...last {
            rows.append([TableCell(categories[index] ?? "")] + columns.map { TableCell($0[index] ?? "") })
        }
        builder.addTable(rows, headRows: 1)
    }

    /// The kept values by their number.
    private static func values(_ node: Node?) -> [Int: String] {
        guard let node else { return [:] }
        var result: [Int: String] = [:]
        for point in node.deepAll("c:pt") {
            guard let index = point["idx"].flatMap({ Int($0) }), let text = point.first("c:v")?.text.trimmingSpaces() else {
                continue
            }
            result[index] = NumberText.shortened(text)
        }
        if result.isEmpty, let text = node.first("c:v")?.text { result[0] = text }
        return result
    }
}
