/// The counters of a LaTeX document, and how each is written.
struct LaTeXCounters {
    private var values: [String: Int] = [:]
    /// What a counter counts within: it begins anew there, and is written after it.
    private var parents: [String: String] = [:]
    private var styles: [String: ListMarker.Style] = [:]
    private let hasChapters: Bool

    init(hasChapters: Bool) {
        self.hasChapters = hasChapters
        parents = ["subsection": "section", "subsubsection": "subsection"]
        styles["part"] = .upperRoman
        guard hasChapters else { return }
        for each in ["section", "equation", "figure", "table", "algorithm", "lstlisting"] { parents[each] = "chapter" }
    }

    mutating func set(_ counter: String, to value: Int) { values[counter] = value }

    mutating func add(_ value: Int, to counter: String) { values[counter, default: 0] += value }

    mutating func count(_ counter: String, within parent: String) {
        // A ring would never end.
        var above: String? = parent
        while let each = above {
            guard each != counter else { return }
            above = parents[each]
        }
        parents[counter] = parent
    }

    mutating func beginAppendix() {
        let top = hasChapters ? "chapter" : "section"
        values[top] = 0
        reset(below: top)
        styles[top] = .upperLetter
    }

    /// The next number of a counter, as it is written.
    mutating func step(_ counter: String) -> String {
        values[counter, default: 0] += 1
        reset(below: counter)
        return text(counter)
    }

    /// As it would be written after the next step.
    func next(_ counter: String) -> String {
        var copy = self
        return copy.step(counter)
    }

    private func text(_ counter: String) -> String {
        let own = ListMarker.digits(values[counter] ?? 0, style: styles[counter] ?? .decimal)
        guard let parent = parents[counter], values[parent] ?? 0 > 0 || parent != "chapter" else { return own }
        return "\(text(parent)).\(own)"
    }

    private mutating func reset(below counter: String) {
        for (child, parent) in parents where parent == counter && values[child] ?? 0 != 0 {
            values[child] = 0
            reset(below: child)
        }
    }
}
