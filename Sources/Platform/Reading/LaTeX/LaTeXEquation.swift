/// An environment of displayed formulas, row by row.
struct LaTeXEquation {
    struct Row {
        /// Without labels and tags.
        var text: [UInt8] = []
        var labels: [String] = []
        /// The number that the writer gives it.
        var tag: String?
        var isNumbered = true
        var isBlank: Bool { !text.contains { $0 > 32 } }
    }

    let name: String
    /// `{2}` of `alignat`.
    private(set) var argument = ""
    private(set) var rows: [Row] = []

    /// One number for all.
    private static let single: Set<String> = ["equation", "multline", "dmath", "math", "displaymath"]
    private static let several: Set<String> = ["align", "gather", "eqnarray", "flalign", "alignat", "IEEEeqnarray"]

    /// - Parameter input: stands behind `\begin{name}`, and goes past its end. nil if it is no such environment, or never ends; the input
    ///   is then where it was.
    init?(_ name: String, reading input: inout LaTeXScanner) {
        let isStarred = name.hasSuffix("*")
        let kind = isStarred ? String(name.dropLast()) : name
        guard Self.single.contains(kind) || Self.several.contains(kind) else { return nil }
        // pandoc knows neither of these.
        self.name = kind == "IEEEeqnarray" ? "eqnarray" : kind == "dmath" ? "equation" : name
        let start = input.position
        if kind == "alignat" || kind == "IEEEeqnarray", let group = input.group() {
            if kind == "alignat" { argument = "{" + LaTeXScanner.text(input.bytes[group]) + "}" }
        }
        let hasNumber = !isStarred && kind != "math" && kind != "displaymath"
        var row = Row(isNumbered: hasNumber)
        var within: [String] = []
        while let piece = input.next() {
            switch piece {
            case .command("end", let range):
                guard let group = input.group() else { break }
                let ended = LaTeXScanner.text(input.bytes[group])
                if ended == name, within.isEmpty {
                    if !row.isBlank || rows.isEmpty { rows.append(row) }
                    if Self.single.contains(kind), rows.count > 1 { numberOnce(hasNumber) }
                    return
                }
                if within.popLast() != ended {
                    input.position = start
                    return nil
                }
                row.text += input.bytes[range.lowerBound..<input.position]
            case .command("begin", let range):
                if let group = input.group() { within.append(LaTeXScanner.text(input.bytes[group])) }
                row.text += input.bytes[range.lowerBound..<input.position]
            case .command("label", _):
                if let group = input.group() { row.labels.append(LaTeXScanner.text(input.bytes[group]).trimmingSpaces()) }
            case .command("tag", _):
                input.star()
                if let group = input.group() { row.tag = LaTeXScanner.text(input.bytes[group]) }
            case .command("nonumber", _), .command("notag", _), .command("IEEEnonumber", _): row.isNumbered = false
            case .other(let range) where within.isEmpty && input.bytes[range].elementsEqual([92, 92]):
                rows.append(row)
                row = Row(isNumbered: hasNumber)
            default: row.text += input.bytes[piece.range]
            }
        }
        input.position = start
        return nil
    }

    /// The last row has the number, and all the labels.
    private mutating func numberOnce(_ hasNumber: Bool) {
        let isNumbered = hasNumber && rows.allSatisfy(\.isNumbered)
        let (labels, tag) = (rows.flatMap(\.labels), rows.compactMap(\.tag).last)
        for index in rows.indices {
            let isLast = index == rows.count - 1
            rows[index].isNumbered = isLast && isNumbered
            rows[index].labels = isLast ? labels : []
            rows[index].tag = isLast ? tag : nil
        }
    }
}
