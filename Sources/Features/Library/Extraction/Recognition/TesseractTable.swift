/// Reads the table that `tesseract … tsv` prints: a row for each page, block, paragraph, line and word, with its box in pixels.
enum TesseractTable {
    /// Of what it is less sure, it most likely saw a speck.
    private static let leastConfidence = 12.0

    /// Of the page, in pixels; nil where the tool could not open it.
    static func size(_ text: String) -> (width: Double, height: Double)? {
        let row = text.split(separator: "\n").dropFirst().first { $0.hasPrefix("1\t") }
        guard let fields = row?.split(separator: "\t", omittingEmptySubsequences: false), fields.count > 9,
            let width = Double(fields[8]),
            let height = Double(fields[9]), width > 0, height > 0
        else { return nil }
        return (width, height)
    }

    /// - Parameter scale: points for each pixel.
    static func lines(_ text: String, scale: Double) -> [RecognisedPage.Line] {
        var lines: [RecognisedPage.Line] = []
        var last: (Substring, Substring, Substring)?
        var (blocks, paragraph) = (0, (Substring(), Substring()))
        for row in text.split(separator: "\n").dropFirst() {
            let fields = row.split(separator: "\t", maxSplits: 11, omittingEmptySubsequences: false)
            guard fields.count == 12, fields[0] == "5", let left = Double(fields[6]), let top = Double(fields[7]),
                let width = Double(fields[8]), let height = Double(fields[9]), let confidence = Double(fields[10])
            else { continue }
            let word = fields[11].trimmingSpaces().withoutNULs
            guard !word.isEmpty, confidence >= leastConfidence else { continue }
            if paragraph != (fields[2], fields[3]) {
                paragraph = (fields[2], fields[3])
                blocks += 1
            }
            let place = (fields[2], fields[3], fields[4])
            if last.map({ $0 != place }) ?? true { lines.append(RecognisedPage.Line(block: blocks, words: [])) }
            last = place
            let box = [left, top, left + width, top + height].map { ($0 * scale * 10).rounded() / 10 }
            lines[lines.count - 1].words.append(
                RecognisedPage.Word(text: word, box: box, confidence: max(0, min(100, Int(confidence.rounded())))))
        }
        return lines
    }
}
