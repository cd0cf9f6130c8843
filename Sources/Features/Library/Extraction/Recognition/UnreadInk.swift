/// Finds what is drawn on a page and was not read: displayed formulas and drawings. Where the words are is known; the ink that is left
/// stands together in stretches.
struct UnreadInk {
    /// Of words of which it is less sure, it has not read the ink.
    private static let sure = 60
    /// Points of the picture along a square's side.
    private static let side = 4
    /// Squares between parts of one stretch, across and down.
    private static let (across, down) = (9, 4)
    /// Squares along which a line is a rule.
    private static let rule = 45
    private static let most = 40

    private let columns: Int
    private let rows: Int
    /// Whether a square has ink that no word covers.
    private var ink: [Bool]
    private let words: [RecognisedPage.Word]
    /// How high a line of text is, in squares.
    private let height: Double
    /// Points of the page for a square.
    private let scale: Double

    /// The stretches of a page, in points from its top left corner: left, top, right and bottom.
    ///
    /// - Parameters:
    ///   - image: the page in grey (PGM).
    ///   - resolution: dots of it an inch.
    static func regions(_ image: [UInt8], _ page: RecognisedPage, resolution: Int) -> [[Double]] {
        guard let drawn = PageImage(image, dust: 0),
            var map = UnreadInk(image, width: drawn.width, height: drawn.height, page, scale: 72 / Double(resolution))
        else { return [] }
        map.removeRules()
        return map.stretches()
    }

    private init?(_ image: [UInt8], width: Int, height: Int, _ page: RecognisedPage, scale: Double) {
        let start = image.count - width * height
        words = page.lines.flatMap(\.words)
        let heights = words.filter { $0.confidence >= Self.sure && $0.text.count > 2 }.map { $0.box[3] - $0.box[1] }.sorted()
        guard start > 0, heights.count >= 12 else { return nil }
        let columns = width / Self.side
        let rows = height / Self.side
        self.columns = columns
        self.rows = rows
        self.scale = scale * Double(Self.side)
        self.height = heights[heights.count / 2] / self.scale
        var dark = [UInt8](repeating: 0, count: columns * rows)
        image.withUnsafeBufferPointer { image in
            dark.withUnsafeMutableBufferPointer { dark in
                for y in 0..<(rows * Self.side) {
                    let (line, row) = (start + y * width, y / Self.side * columns)
                    for x in 0..<(columns * Self.side) where image[line + x] < 150 { dark[row + x / Self.side] += 1 }
                }
            }
        }
        ink = dark.map { $0 >= 2 }
        let margin = self.height * 0.35
        for word in words where word.confidence >= Self.sure && word.box[3] - word.box[1] < heights[heights.count / 2] * 2.2 {
            let box = word.box.map { $0 / self.scale }
            let (left, right) = (max(0, Int(box[0] - margin)), min(columns, Int(box[2] + margin) + 1))
            for y in max(0, Int(box[1] - margin))..<max(0, min(rows, Int(box[3] + margin) + 1)) where left < right {
                for x in left..<right { ink[y * columns + x] = false }
            }
        }
    }

    /// Takes out lines that part things, which say nothing themselves.
    private mutating func removeRules() {
        func clear(_ length: Int, _ count: Int, _ index: (_ line: Int, _ place: Int) -> Int) {
            for line in 0..<count {
                var start = 0
                for place in 0...length {
                    if place < length, ink[index(line, place)] { continue }
                    if place - start >= Self.rule { for each in start..<place { ink[index(line, each)] = false } }
                    start = place + 1
                }
            }
        }
        clear(columns, rows) { $0 * columns + $1 }
        clear(rows, columns) { $1 * columns + $0 }
    }

    private struct Stretch {
        var left: Int
        var top: Int
        var right: Int
        var bottom: Int
        var squares = 0
    }

    private func stretches() -> [[Double]] {
        var isOpen = ink
        var found: [Stretch] = []
        for start in isOpen.indices where isOpen[start] {
            var stretch = Stretch(left: start % columns, top: start / columns, right: start % columns, bottom: start / columns)
            var waiting = [start]
            isOpen[start] = false
            while let place = waiting.popLast() {
                let (x, y) = (place % columns, place / columns)
                stretch.squares += 1
                stretch.left = min(stretch.left, x)
                stretch.right = max(stretch.right, x)
                stretch.top = min(stretch.top, y)
                stretch.bottom = max(stretch.bottom, y)
                for nearY in max(0, y - Self.down)...min(rows - 1, y + Self.down) {
                    for near in (nearY * columns + max(0, x - Self.across))...(nearY * columns + min(columns - 1, x + Self.across))
                    where isOpen[near] {
                        isOpen[near] = false
                        waiting.append(near)
                    }
                }
            }
            found.append(stretch)
        }
        let kept = found.filter(isDisplayed)
        let area = kept.reduce(0) { $0 + ($1.right - $1.left) * ($1.bottom - $1.top) }
        // Where little was read at all, the page itself is what was not.
        guard kept.count <= Self.most, area * 10 < columns * rows * 6 else { return [] }
        return kept.map(box)
    }

    /// Whether it is large enough to be something, stands on the page and not at its edge, and is no part of a line of text.
    private func isDisplayed(_ stretch: Stretch) -> Bool {
        let (width, tall) = (Double(stretch.right - stretch.left + 1), Double(stretch.bottom - stretch.top + 1))
        guard width >= height * 2, tall >= height, stretch.squares >= 14, stretch.left > columns / 60,
            stretch.right < columns - columns / 60, stretch.top > rows / 60, stretch.bottom < rows - rows / 60
        else { return false }
        if tall >= height * 3 { return true }
        let beside = words.reduce(0.0) { sum, word in
            let box = word.box.map { $0 / scale }
            guard word.confidence >= Self.sure, word.text.count >= 2 else { return sum }
            let shared = min(box[3], Double(stretch.bottom + 1)) - max(box[1], Double(stretch.top))
            let apart = max(Double(stretch.left) - box[2], box[0] - Double(stretch.right))
            return shared > (box[3] - box[1]) / 2 && apart < height * 3 ? sum + box[2] - box[0] : sum
        }
        return beside < width / 2
    }

    /// With the single signs beside and below it that were made out: `0` of a fraction.
    private func box(_ stretch: Stretch) -> [Double] {
        var box = [stretch.left, stretch.top, stretch.right + 1, stretch.bottom + 1].map { Double($0) * scale }
        let reach = height * scale
        for word in words where word.text.count <= 3 || word.confidence < Self.sure {
            let isNear =
                word.box[0] < box[2] + reach * 1.5 && word.box[2] > box[0] - reach * 1.5 && word.box[1] < box[3] + reach
                && word.box[3] > box[1] - reach
            let isAlone = !words.contains { other in
                other.text.count > 3 && other.confidence >= Self.sure && other.box[1] < word.box[3] && other.box[3] > word.box[1]
                    && other.box[0] < word.box[2] + reach * 2 && other.box[2] > word.box[0] - reach * 2
            }
            guard isNear, isAlone else { continue }
            box = [min(box[0], word.box[0]), min(box[1], word.box[1]), max(box[2], word.box[2]), max(box[3], word.box[3])]
        }
        return box.map { ($0 * 10).rounded() / 10 }
    }
}
