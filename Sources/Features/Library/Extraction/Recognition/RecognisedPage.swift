/// What text recognition made out on a page: its words with their places, in reading order.
package struct RecognisedPage: Sendable, Codable, Equatable {
    package struct Word: Sendable, Codable, Equatable {
        package var text: String
        /// Left, top, right and bottom in points from the page's top left corner.
        package var box: [Double]
        /// How sure it is, from 0 to 100.
        package var confidence: Int
    }

    package struct Line: Sendable, Codable, Equatable {
        /// Lines of one paragraph have the same.
        package var block: Int
        package var words: [Word]
    }

    /// In points.
    package var width: Double
    package var height: Double
    /// What it was read as, in the tool's codes: `eng`, `deu+fra`.
    package var language: String
    package var lines: [Line]
    /// Nothing is drawn there.
    package var isBlank = false
    /// Its text, where a service told that without the places of its words; `lines` are empty then.
    package var text: String?
    /// It was read here, since the service that should have did not answer.
    package var isFallback: Bool?
    /// Where something is drawn that was not read, in points: a displayed formula, a drawing. nil where nobody looked.
    package var unread: [[Double]]?

    /// Whether anything was made out.
    var hasWords: Bool { !lines.isEmpty || text?.isEmpty == false }

    /// How sure it is of the page, from 0 to 100, long words counting for more; nil without words.
    package var confidence: Int? {
        var (sum, letters) = (0, 0)
        for word in lines.lazy.flatMap(\.words) {
            let length = word.text.unicodeScalars.count
            sum += word.confidence * length
            letters += length
        }
        return letters == 0 ? nil : sum / letters
    }

    /// Letters and digits of which it is rather sure than not.
    var sureLetters: Int {
        lines.lazy.flatMap(\.words).reduce(0) { sum, word in
            word.confidence < 50
                ? sum
                : sum
                    + word.text.unicodeScalars.reduce(0) {
                        $0 + ($1.properties.isAlphabetic || $1.properties.numericType != nil ? 1 : 0)
                    }
        }
    }

    /// With all places as they are when the picture is turned the way up; see `PictureFile.orientation`.
    func turned(by orientation: Int) -> RecognisedPage {
        func move(_ box: [Double]) -> [Double] {
            switch orientation {
            case 3: [width - box[2], height - box[3], width - box[0], height - box[1]]
            case 6: [height - box[3], box[0], height - box[1], box[2]]
            case 8: [box[1], width - box[2], box[3], width - box[0]]
            default: box
            }
        }
        guard [3, 6, 8].contains(orientation) else { return self }
        var page = self
        if orientation != 3 { (page.width, page.height) = (height, width) }
        page.lines = lines.map { line in
            Line(block: line.block, words: line.words.map { Word(text: $0.text, box: move($0.box), confidence: $0.confidence) })
        }
        page.unread = unread?.map(move)
        return page
    }

    /// What is drawn there and was not read, or not for sure: the formulas among its lines too.
    var unsureRegions: [[Double]] {
        let formulas = FormulaLine.all(in: lines).sorted().compactMap { FormulaLine.box(of: lines[$0]) }
        func isWithin(_ box: [Double], _ other: [Double]) -> Bool {
            let middle = ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)
            return middle.0 > other[0] && middle.0 < other[2] && middle.1 > other[1] && middle.1 < other[3]
        }
        let drawn = (unread ?? []).filter { box in !formulas.contains { isWithin(box, $0) } }
        return drawn + formulas.filter { box in !drawn.contains { isWithin(box, $0) } }
    }

    /// Whether a line stands within a stretch that was not read.
    private func isUnread(_ line: Line) -> Bool {
        guard let unread, let box = FormulaLine.box(of: line) else { return false }
        let (x, y) = ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)
        return unread.contains { x > $0[0] - 4 && x < $0[2] + 4 && y > $0[1] - 4 && y < $0[3] + 4 }
    }

    /// As a page of a PDF, so that paragraphs, tables and headings are found in it as there.
    var laidOut: PDFPage {
        let formulas = FormulaLine.all(in: lines)
        var labels: Set<Int> = []
        let laid = lines.enumerated().compactMap { index, line -> PDFLine? in
            let words = line.words.map { word in
                PDFWord(text: word.text, box: PDFBox(left: word.box[0], top: word.box[1], right: word.box[2], bottom: word.box[3]))
            }
            let isFormula = formulas.contains(index)
            // Of what was not read as a whole, single signs say nothing, and words are labels.
            let isWithin = !isFormula && isUnread(line)
            if isWithin, !line.words.contains(where: { FormulaLine.isWord($0.text) }) { return nil }
            if isWithin { labels.insert(line.block) }
            // A paragraph of its own.
            var laid = PDFLine(words, block: isFormula ? -1 - index : line.block)
            // Words are in the order in which they are read already.
            let text = line.words.map(\.text).joined(separator: " ")
            laid?.text = isFormula ? "[formula, read uncertainly: \(text)]" : text
            return laid
        }
        let sizes = laid.filter { $0.words.count >= 4 }.map(\.size).sorted()
        let usual = sizes.isEmpty ? 0 : sizes[sizes.count / 2]
        var page = PDFPage(width: width, height: height, lines: laid)
        for index in laid.indices
        where usual > 0 && (laid[index].size < usual * 1.3 || laid[index].block < 0 || labels.contains(laid[index].block)) {
            // A line without long letters is lower than its neighbours in the same type.
            page.lines[index].size = usual
        }
        PDFArrangement.upright(&page)
        return page
    }
}
