/// Finds the numbers that some manuscripts, laws and poems have in the margin at each line, or each fifth, and drops them: they would
/// stand in the middle of sentences.
enum LineNumbers {
    private struct Candidate {
        let line: Int
        let value: Int
        let box: PDFBox
        /// Whether it is all of its line.
        let isAlone: Bool
    }

    static func remove(from page: inout PDFPage) {
        let candidates = page.lines.enumerated().compactMap { index, line -> Candidate? in
            guard let word = line.words.first, word.text.utf8.count <= 4, let value = Int(word.text), value > 0 else { return nil }
            return Candidate(line: index, value: value, box: word.box, isAlone: line.words.count == 1)
        }
        guard candidates.count >= 5 else { return }
        for edge in [\PDFBox.left, \PDFBox.right] {
            let columns = Dictionary(grouping: candidates) { Int(($0.box[keyPath: edge] / 4).rounded()) }
            for column in columns.values where isNumbering(column, on: page) {
                drop(column, from: &page)
                return
            }
        }
    }

    /// Whether they count up evenly in the margin beside lines of prose, as no table and no list does.
    private static func isNumbering(_ column: [Candidate], on page: PDFPage) -> Bool {
        let sorted = column.sorted { $0.box.top < $1.box.top }
        guard sorted.count >= 5, let first = sorted.first else { return false }
        let steps = zip(sorted, sorted.dropFirst()).map { $1.value - $0.value }
        guard let step = steps.first, step == 1 || step == 5 || step == 10, steps.allSatisfy({ $0 == step }) else { return false }
        let numbers = Set(column.map(\.line))
        let right = sorted.map(\.box.right).max() ?? 0
        let left = sorted.map(\.box.left).min() ?? 0
        var (beside, letters) = (0, 0)
        for (index, line) in page.lines.enumerated() {
            let words = numbers.contains(index) ? Array(line.words.dropFirst()) : line.words
            guard let start = words.first?.box.left, let end = words.last?.box.right else { continue }
            // All other text stands on one side.
            guard start > right || end < left else { return false }
            beside += 1
            letters += words.reduce(0) { $0 + $1.text.unicodeScalars.reduce(0) { $0 + ($1.properties.isAlphabetic ? 1 : 0) } }
        }
        guard beside > 0, letters / beside >= 20, beside * 10 >= sorted.count * 9 else { return false }
        let size = page.lines.map(\.size).sorted()[page.lines.count / 2]
        return step > 1 || first.box.height < size * 0.88 || sorted.count >= 12
    }

    private static func drop(_ column: [Candidate], from page: inout PDFPage) {
        let alone = Set(column.filter(\.isAlone).map(\.line))
        for candidate in column where !candidate.isAlone {
            let line = page.lines[candidate.line]
            page.lines[candidate.line].words.removeFirst()
            page.lines[candidate.line].left = line.words[1].box.left
            page.lines[candidate.line].text = String(line.text.dropFirst(line.words[0].text.count)).trimmingSpaces()
        }
        page.lines = page.lines.enumerated().filter { !alone.contains($0.offset) }.map(\.element)
    }
}
