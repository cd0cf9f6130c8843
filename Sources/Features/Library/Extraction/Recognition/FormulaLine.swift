/// Tells a displayed formula among the lines that text recognition made out: it reads the letters, and loses what stands above, below and
/// under a root, so that `a² + b²` comes out as `a? + b?` with all confidence.
enum FormulaLine {
    private static let relations: Set<Character> = ["=", "≈", "<", ">", "≤", "≥", "∝", "≡", "→", "∫", "∑", "√", "±", "∞", "∂"]
    /// What recognition makes of raised figures, roots, fractions and large signs.
    private static let doubtful: Set<Character> = [
        "?", "~", "*", "|", "\\", "_", "^", "{", "}", "[", "]", "°", "“", "”", "\"", "«", "»", "§", "¢", "£", "€", "®", "©", "¥",
        "∫", "∑", "√",
        "!", "‘", "’", "@", "#",
    ]
    private static let functions: Set<String> = [
        "sin", "cos", "tan", "log", "exp", "lim", "max", "min", "det", "mod", "gcd", "arg",
    ]
    /// So many lines of signs that follow each other are a program's.
    private static let mostInRow = 3

    /// The places of such lines in a page's.
    static func all(in lines: [RecognisedPage.Line]) -> Set<Int> {
        let heights = lines.flatMap(\.words).filter { $0.text.count > 3 }.map { $0.box[3] - $0.box[1] }.sorted()
        // Where there is no prose nothing tells one from the other.
        guard heights.count >= 12 else { return [] }
        let usual = heights[heights.count / 2]
        var found: [Int] = []
        for index in lines.indices where isOne(lines[index], usual: usual) && isAlone(index, in: lines) { found.append(index) }
        var kept: Set<Int> = []
        var run: [Int] = []
        for index in found + [Int.max] {
            if let last = run.last, index > last + 1 {
                if run.count <= mostInRow { kept.formUnion(run) }
                run = []
            }
            run.append(index)
        }
        return kept.count * 3 <= lines.count ? kept : []
    }

    private static func isOne(_ line: RecognisedPage.Line, usual: Double) -> Bool {
        let text = line.words.map(\.text).joined(separator: " ")
        guard text.contains(where: relations.contains), text.filter({ !$0.isWhitespace }).count >= 3 else { return false }
        let words = line.words.filter { isWord($0.text) }.count
        guard words * 5 <= line.words.count else { return false }
        if text.contains(where: doubtful.contains) || hasIndex(text) { return true }
        let confidence = line.words.reduce(0) { $0 + $1.confidence } / max(1, line.words.count)
        return confidence < 80 || line.words.contains { $0.box[3] - $0.box[1] > usual * 1.6 }
    }

    /// Whether it is a word of prose.
    static func isWord(_ text: String) -> Bool {
        let letters = text.filter(\.isLetter).lowercased()
        return letters.count >= 3 && letters.count * 10 >= text.count * 8 && !functions.contains(letters)
    }

    /// A letter with a figure behind it: `x2` was x² or x₂.
    private static func hasIndex(_ text: String) -> Bool {
        zip(text, text.dropFirst()).contains { $0.isLetter && $1.isNumber }
    }

    /// Nothing else stands beside it, as in a table.
    private static func isAlone(_ index: Int, in lines: [RecognisedPage.Line]) -> Bool {
        guard let box = box(of: lines[index]) else { return false }
        return lines.indices.allSatisfy { other in
            guard other != index, let beside = self.box(of: lines[other]) else { return true }
            let middle = (beside[1] + beside[3]) / 2
            return middle < box[1] || middle > box[3]
        }
    }

    /// Left, top, right and bottom.
    static func box(of line: RecognisedPage.Line) -> [Double]? {
        guard let first = line.words.first?.box else { return nil }
        return line.words.dropFirst().reduce(first) { box, word in
            [min(box[0], word.box[0]), min(box[1], word.box[1]), max(box[2], word.box[2]), max(box[3], word.box[3])]
        }
    }
}
