/// Puts a page's lines right before they are read: turned pages upright, what stands aside apart, what was drawn twice once.
enum PDFArrangement {
    /// - Parameter runs: what `pdftohtml` says of the same page; it alone has writing across the page.
    static func arranged(_ page: PDFPage, runs: [PDFRun]) -> PDFPage {
        var page = page
        page.lines = once(page.lines)
        completeOpenings(runs, on: &page)
        upright(&page)
        var rightToLeft = 0
        for line in page.lines {
            for word in line.words {
                guard let scalar = word.text.unicodeScalars.first(where: { $0.properties.isAlphabetic }) else { continue }
                rightToLeft += VisualOrder.isRightToLeft(scalar) ? 1 : -1
            }
        }
        var (upright, asides) = ([PDFLine](), [String]())
        for var line in page.lines {
            if line.direction != .level {
                // Its words are put together as they are read, with the head turned.
                line.words = line.words.map { PDFWord(text: $0.text, box: line.direction.leveled($0.box)) }
                line.compose(isRightToLeft: rightToLeft > 0)
                asides.append(line.text)
            } else {
                line.compose(isRightToLeft: rightToLeft > 0)
                upright.append(line)
            }
        }
        page.lines = upright
        page.asides = asides.filter { !$0.isEmpty } + slanted(runs, on: page)
        LineNumbers.remove(from: &page)
        SectionNumbers.join(on: &page)
        return page
    }

    /// Turns a page most of whose text does not stand level.
    static func upright(_ page: inout PDFPage) {
        var letters: [PDFLine.Direction: Int] = [:]
        for line in page.lines { letters[line.direction, default: 0] += line.words.reduce(0) { $0 + $1.text.utf8.count } }
        let main = letters.max { ($0.value, $0.key == .level ? 1 : 0) < ($1.value, $1.key == .level ? 1 : 0) }?.key ?? .level
        guard main != .level else { return }
        // Which way a single word runs cannot be seen.
        for index in page.lines.indices where page.lines[index].words.count == 1 && page.lines[index].direction != .level {
            page.lines[index].direction = main
        }
        turn(&page, main)
    }

    /// Turns the page so that lines of this direction are level.
    private static func turn(_ page: inout PDFPage, _ direction: PDFLine.Direction) {
        let (width, height) = (page.width, page.height)
        func turned(_ box: PDFBox) -> PDFBox {
            let level = direction.leveled(box)
            let (across, down) = direction == .upward ? (height, 0) : (0, width)
            return PDFBox(
                left: level.left + across, top: level.top + down, right: level.right + across, bottom: level.bottom + down)
        }
        page.lines = page.lines.map { line in
            var line = line
            let box = turned(line.box)
            (line.left, line.top, line.right, line.bottom) = (box.left, box.top, box.right, box.bottom)
            line.words = line.words.map { PDFWord(text: $0.text, box: turned($0.box)) }
            line.direction = line.direction == direction ? .level : line.direction == .level ? .downward : line.direction
            return line
        }
        (page.width, page.height) = (height, width)
        sortEnds(&page)
    }

    /// Puts blocks that stand above or below all others first and last: the tool ordered them as the page lies.
    private static func sortEnds(_ page: inout PDFPage) {
        var order: [Int] = []
        for line in page.lines where !order.contains(line.block) { order.append(line.block) }
        let lines = Dictionary(grouping: page.lines, by: \.block)
        let boxes = lines.compactMapValues { lines in lines.dropFirst().reduce(lines.first?.box) { $0?.union($1.box) } }
        var (top, middle, bottom) = ([Int](), order, [Int]())
        func next(_ isFirst: (PDFBox, PDFBox) -> Bool) -> Int? {
            middle.firstIndex { block in
                guard let box = boxes[block] else { return false }
                return middle.allSatisfy { other in other == block || boxes[other].map { isFirst(box, $0) } ?? true }
            }
        }
        while let at = next({ $0.bottom <= $1.top + 1 }) { top.append(middle.remove(at: at)) }
        while let at = next({ $0.top >= $1.bottom - 1 }) { bottom.insert(middle.remove(at: at), at: 0) }
        page.lines = (top + middle + bottom).flatMap { lines[$0] ?? [] }
    }

    /// Without words that stand a second time where they stand already: drawn twice to look bold, or with a shadow.
    private static func once(_ lines: [PDFLine]) -> [PDFLine] {
        var seen: [String: [PDFBox]] = [:]
        return lines.compactMap { line in
            let words = line.words.filter { word in
                let box = word.box
                let reach = min(box.width, box.height) * 0.35
                if let others = seen[word.text],
                    others.contains(where: { abs($0.left - box.left) < reach && abs($0.top - box.top) < reach })
                {
                    return false
                }
                seen[word.text, default: []].append(box)
                return true
            }
            if words.count == line.words.count { return line }
            guard var rest = PDFLine(words, block: line.block) else { return nil }
            (rest.size, rest.isBold) = (line.size, line.isBold)
            return rest
        }
    }

    /// Gives lines back the word that `pdftotext` loses with the slanted writing before it.
    private static func completeOpenings(_ runs: [PDFRun], on page: inout PDFPage) {
        guard isMore(runs, than: page) else { return }
        for run in runs where !run.isTurned && !run.text.unicodeScalars.contains(where: VisualOrder.isRightToLeft) {
            let words = run.text.replacingLigatures.split(separator: " ")
            let index = page.lines.firstIndex { line in
                line.direction == .level && abs(line.middle - run.middle) < run.size * 0.5 && line.left > run.left + 1
                    && (1..<words.count).contains(line.words.count) && words.count - line.words.count <= 2
                    && line.words.map(\.text).elementsEqual(words.suffix(line.words.count).map(String.init))
            }
            guard let index, let first = page.lines[index].words.first else { continue }
            let line = page.lines[index]
            let isTaken = page.lines.lazy.flatMap(\.words).contains { word in
                word.box.left < line.left - 1 && word.box.right > run.left + 1 && word.box.top < run.middle
                    && word.box.bottom > run.middle
            }
            if isTaken { continue }
            let missing = words.dropLast(line.words.count)
            let letter = (line.left - run.left) / Double(missing.reduce(missing.count) { $0 + $1.count })
            var left = run.left
            let lost = missing.map { word in
                defer { left += letter * Double(word.count + 1) }
                let right = left + letter * Double(word.count)
                return PDFWord(
                    text: String(word), box: PDFBox(left: left, top: first.box.top, right: right, bottom: first.box.bottom))
            }
            page.lines[index].words = lost + line.words
            page.lines[index].left = run.left
            page.lines[index].text = (missing.map(String.init) + [line.text]).joined(separator: " ")
        }
    }

    /// Nearly always it is not: the same letters stand in both.
    private static func isMore(_ runs: [PDFRun], than page: PDFPage) -> Bool {
        let drawn = runs.reduce(0) { $0 + $1.text.utf8.reduce(0) { $0 + ($1 > 32 ? 1 : 0) } }
        return drawn > page.lines.reduce(0) { $0 + $1.words.reduce(0) { $0 + $1.text.utf8.count } }
    }

    /// Runs of which nothing stands among the lines: `pdftotext` was told to leave out what is neither level nor upright.
    private static func slanted(_ runs: [PDFRun], on page: PDFPage) -> [String] {
        guard isMore(runs, than: page) else { return [] }
        let words = page.lines.flatMap(\.words)
        var found: [String] = []
        var last: PDFRun?
        for run in runs where !run.isTurned && !run.text.unicodeScalars.contains(where: VisualOrder.isRightToLeft) {
            let plain = run.text.replacingLigatures
            let isKnown = words.contains { word in
                let box = word.box
                guard box.left < run.right + 2, box.right > run.left - 2, box.top < run.middle + run.size,
                    box.bottom > run.middle - run.size
                else { return false }
                // Letters that are named otherwise there, as Arabic ones are, are told by their size.
                return plain.contains(word.text) || word.text.contains(plain.trimmingSpaces())
                    || abs(box.middle - run.middle) < run.size * 0.3 && abs(box.height - run.size) < run.size * 0.4
            }
            if isKnown {
                last = nil
                continue
            }
            // One line across comes in several runs, each a step higher than the one before.
            if let before = last, abs(run.left - before.right) < max(3, run.size * 0.3), before.size == run.size, !found.isEmpty {
                found[found.count - 1] += plain
            } else {
                found.append(plain)
            }
            last = run
        }
        return found.map(\.singleLine).filter { $0.unicodeScalars.count >= 3 }
    }
}
