import Manuscript

extension PDFLine {
    /// A line of words as the tool gives them; nil without any. Its text comes with `compose`.
    init?(_ words: [PDFWord], block: Int) {
        guard let first = words.first else { return nil }
        let box = words.dropFirst().reduce(first.box) { $0.union($1.box) }
        self.init(
            text: "", block: block, left: box.left, right: box.right, top: box.top, bottom: box.bottom, size: box.height,
            words: words)
        direction = Self.direction(of: words)
        if direction != .level { size = box.width }
    }

    /// Words of a turned line stand one above the other, and a long word is higher than wide.
    private static func direction(of words: [PDFWord]) -> Direction {
        guard let first = words.first, let last = words.last else { return .level }
        if words.count > 1 {
            let across = min(first.box.right, last.box.right) - max(first.box.left, last.box.left)
            let narrower = min(first.box.width, last.box.width)
            let apart = max(first.box.top, last.box.top) - min(first.box.bottom, last.box.bottom)
            guard across > narrower * 0.7, apart > -min(first.box.height, last.box.height) * 0.2,
                words.contains(where: { $0.box.height > $0.box.width })
            else { return .level }
            return first.box.top > last.box.top ? .upward : .downward
        }
        let isHigh = first.text.unicodeScalars.count >= 3 && first.box.height > first.box.width * 1.5
        return isHigh ? .upward : .level
    }

    /// Makes the text of the words: apart where there is a gap, with raised figures as such, and in the order in which it is read.
    ///
    /// - Parameter isRightToLeft: whether the page is written from right to left.
    mutating func compose(isRightToLeft: Bool) {
        let size = typicalHeight
        let baseline = typicalBottom(size)
        var visual = ""
        var before: PDFWord?
        let ordered =
            words.contains { $0.text.unicodeScalars.contains(where: VisualOrder.isRightToLeft) }
            ? words.sorted { $0.box.left < $1.box.left } : words
        for word in ordered {
            guard let previous = before else {
                visual = word.text
                before = word
                continue
            }
            let gap = word.box.left - previous.box.right
            // Letters that a program placed one by one, or a change of font within a word, leave no gap.
            let isApart = gap > size * 0.1 || gap < -size
            let isSmall = word.box.height < size * 0.86 && previous.box.height > word.box.height * 1.1
            let isRaised = isSmall && word.box.bottom < baseline - size * 0.12 && word.box.middle < baseline - size * 0.4
            if isRaised, gap < size * 0.2, let raised = Self.raised(word.text, after: visual) {
                visual += raised
            } else if isSmall, gap < size * 0.2, word.box.bottom > baseline, visual.last?.isLetter == true {
                visual += word.text
            } else {
                visual += isApart ? " " + word.text : word.text
            }
            before = word
        }
        text = VisualOrder.logical(Self.undoubled(visual), isRightToLeft: isRightToLeft)
    }

    /// What most of its letters stand in.
    private var typicalHeight: Double {
        var best = (height: bottom - top, letters: 0)
        for word in words {
            let letters = words.reduce(0) { abs($1.box.height - word.box.height) < 0.3 ? $0 + $1.text.utf8.count : $0 }
            if letters > best.letters || letters == best.letters && word.box.height > best.height {
                best = (word.box.height, letters)
            }
            if letters * 2 > text.utf8.count, words.count > 40 { break }
        }
        return best.height
    }

    private func typicalBottom(_ height: Double) -> Double {
        words.first { abs($0.box.height - height) < 0.3 }?.box.bottom ?? bottom
    }

    /// Raised text behind what it belongs to: `²³` behind `10`, `^kt` where there are no such letters; nil where it is no exponent.
    private static func raised(_ text: String, after base: String) -> String? {
        guard let last = base.last else { return nil }
        let letters = RaisedLetters.of(text)
        // Behind a full stop it is the mark of a footnote.
        guard last.isLetter || last.isNumber || ")]".contains(last) else {
            return letters
        }
        let word = base.reversed().prefix { $0.isLetter }.count
        // Behind a word it is the mark of a footnote, or the “th” of a date.
        if word >= 4 || text.count > 6 { return letters.map { " " + $0 } ?? text }
        if let letters { return letters }
        return last.isNumber && text.allSatisfy(\.isLetter) ? text : "^" + text
    }

    /// `TThhee` as `The`, where a program drew every letter twice to make it look bold.
    private static func undoubled(_ text: String) -> String {
        let words = text.split(separator: " ", omittingEmptySubsequences: false)
        guard words.contains(where: { $0.utf8.count >= 6 && isDoubled($0) }) else { return text }
        guard words.allSatisfy({ $0.isEmpty || isDoubled($0) }) else { return text }
        return words.map { word in
            String(word.enumerated().filter { $0.offset % 2 == 0 }.map(\.element))
        }.joined(separator: " ")
    }

    private static func isDoubled(_ word: Substring) -> Bool {
        let letters = Array(word)
        guard letters.count % 2 == 0 else { return false }
        return stride(from: 0, to: letters.count, by: 2).allSatisfy { letters[$0] == letters[$0 + 1] }
            // A row of dots or dashes is what it is.
            && letters.contains { $0.isLetter }
    }
}
